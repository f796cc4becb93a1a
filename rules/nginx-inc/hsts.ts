import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { entryOf, goBool, goInt, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/hsts', {
  off: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect while nginx.org/hsts is not true`,
  },
  'no-tls': {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} has no effect: the header is sent over TLS only, and no host of this Ingress is served over TLS`,
  },
  'needs-hsts': {
    level: 'error',
    message: (a: { annotation: string }) => `the controller rejects this Ingress: ${a.annotation} needs nginx.org/hsts beside it`,
    help: () => 'Add nginx.org/hsts or remove the annotation, and convert again.',
    differs: ['unreachable'],
  },
  'behind-proxy': {
    level: 'note',
    message: (_: NoArgs) =>
      'the controller sends the header where X-Forwarded-Proto is https; it was written for every response, and browsers ignore it in those over clear-text HTTP',
    differs: ['headers'],
  },
  'other-headers': {
    level: 'note',
    message: (_: NoArgs) =>
      'headers of the location itself keep Strict-Transport-Security away from these paths, since nginx inherits add_header as a whole or not at all',
  },
});

export const hstsFindings = find;

/** Sent with every status, over TLS or, behind a proxy, by X-Forwarded-Proto; it always ends in preload. */
export const hsts = defineEffective({
  id: 'nginx-inc/hsts',
  title: 'Strict-Transport-Security',
  docs: manual('auth-and-ssltls'),
  scope: 'host',
  becomes: 'hsts',
  placed: 'server',
  reads: {
    on: at(`${ORG}hsts`, goBool),
    maxAge: at(`${ORG}hsts-max-age`, goInt),
    subdomains: at(`${ORG}hsts-include-subdomains`, goBool),
    behindProxy: at(`${ORG}hsts-behind-proxy`, goBool, 'approximated'),
  },
  findings: { ...find, default: valueFindings.default },
  check({ read }) {
    const details = [read.maxAge, read.subdomains, read.behindProxy].flatMap(entryOf);
    const [first] = details;
    return read.on.state === 'absent' && first !== undefined ? find['needs-hsts']({ annotation: first.name }, placeOf(first)) : null;
  },
  effect(read, { isTls }) {
    const { on, ...details } = read;
    const rest = Object.values(details).flatMap(entryOf);
    if (on.state !== 'valid' || !on.value)
      return {
        settled: [...asDefault(on), ...rest.flatMap((entry) => inert([entry], find.off({ annotation: entry.name }, placeOf(entry))))],
      };
    const proxied = valueOr(read.behindProxy, false);
    if (!isTls && !proxied) return {};
    const maxAge = part(read.maxAge, 2_592_000);
    const subdomains = part(read.subdomains, false);
    const behind = proxied
      ? endAs('approximated', entryOf(read.behindProxy), find['behind-proxy']({}, placeOf(on.entry)))
      : asDefault(read.behindProxy);
    return {
      settled: [...settledOf(maxAge, subdomains), ...behind],
      intents: [
        {
          kind: 'hsts',
          maxAgeSeconds: maxAge.value,
          includeSubDomains: subdomains.value,
          preload: true,
          entries: [on.entry, ...entriesOf(maxAge, subdomains)],
        },
      ],
    };
  },
});
