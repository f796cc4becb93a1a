import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/location-header', {
  pair: {
    level: 'error',
    message: (a: { annotation: string; why: string }) => `the controller rejects this Ingress: ${a.annotation} ${a.why}`,
    help: () => 'Set both annotations, or proxy-redirect-from alone to off or default, and convert again.',
    differs: ['unreachable'],
  },
  rewritten: {
    level: 'warning',
    message: (a: { from: string; to: string }) =>
      `redirects of the backend to ${a.from} are rewritten to ${a.to}, which no portable filter can do`,
    help: () => 'Let the backend build its redirects from the forwarded host and scheme, or use an extension of the implementation.',
    differs: ['redirect', 'headers'],
  },
  off: {
    level: 'note',
    message: (_: NoArgs) => 'proxy-redirect-from off leaves redirects of the backend alone, as a gateway does',
  },
});

const part: Codec<string> = {
  name: 'text without blanks',
  parse: (value) => (/^[^;{}`\s#]+$/.test(value) ? { ok: true, value } : { ok: false, reason: 'which has blanks, quotes or braces in it' }),
};

/** `proxy_redirect`: the Location of the backend's own redirects. */
export const locationHeader = defineEffective({
  id: 'nginx-inc/location-header',
  title: 'Redirects of the backend',
  docs: manual('request-uriheader-manipulation'),
  scope: 'location',
  becomes: 'unmapped',
  placed: 'either',
  reads: { from: at(`${ORG}proxy-redirect-from`, part), to: at(`${ORG}proxy-redirect-to`, part) },
  findings: { ...find, default: valueFindings.default },
  check({ read: { from, to } }) {
    const isWord = from.state === 'valid' && ['off', 'default'].includes(from.value);
    if (to.state === 'valid' && from.state === 'absent')
      return find.pair({ annotation: to.entry.name, why: 'stands without proxy-redirect-from' }, placeOf(to.entry));
    if (to.state === 'valid' && isWord)
      return find.pair({ annotation: to.entry.name, why: 'stands beside proxy-redirect-from off or default' }, placeOf(to.entry));
    if (from.state === 'valid' && !isWord && to.state === 'absent')
      return find.pair({ annotation: from.entry.name, why: 'stands without proxy-redirect-to' }, placeOf(from.entry));
    return null;
  },
  effect({ from, to }) {
    if (from.state !== 'valid') return {};
    if (to.state !== 'valid')
      return { settled: from.value === 'off' ? inert([from.entry], find.off({}, placeOf(from.entry))) : asDefault(from) };
    return { settled: endAs('unmapped', [from.entry, to.entry], find.rewritten({ from: from.value, to: to.value }, placeOf(from.entry))) };
  },
});
