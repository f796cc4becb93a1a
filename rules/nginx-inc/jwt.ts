import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, entryOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { COM, manual } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { objectName, quoted } from './codecs.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/jwt', {
  'without-key': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} protects nothing without nginx.com/jwt-key: these paths are open today`,
    help: () => 'They were converted as what they are, open. Add nginx.com/jwt-key and convert again if tokens were meant to be checked.',
    security: true,
  },
});

const token: Codec<string> = {
  name: 'variable',
  parse(value) {
    const rest = quoted.parse(value.slice(1));
    return value.startsWith('$') && rest.ok ? { ok: true, value } : { ok: false, reason: 'no variable such as $cookie_auth_token' };
  },
};

const url: Codec<string> = {
  name: 'URL',
  parse: (value) =>
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/\s;{}$`"\\#]+[^\s;{}$`"\\#]*$/.test(value)
      ? { ok: true, value }
      : { ok: false, reason: 'no URL with scheme and host' },
};

/** With Plus. For the host, or, on a minion, for its paths in place of that. An unusable key closes the paths. */
export const jwt = defineEffective({
  id: 'nginx-inc/jwt',
  title: 'Validation of JSON Web Tokens',
  docs: manual('auth-and-ssltls'),
  scope: 'location',
  becomes: 'jwt',
  placed: 'either',
  reads: {
    key: at(`${COM}jwt-key`, objectName),
    realm: at(`${COM}jwt-realm`, quoted),
    token: at(`${COM}jwt-token`, token),
    login: at(`${COM}jwt-login-url`, url),
  },
  findings: find,
  effect(read, { ingress }) {
    const { key, ...details } = read;
    const rest = Object.values(details).flatMap(entryOf);
    if (key.state !== 'valid') {
      const settled = rest.flatMap((entry) => inert([entry], find['without-key']({ annotation: entry.name }, placeOf(entry))));
      return { settled, findings: settled.slice(0, 1).flatMap(({ finding }) => (finding === null ? [] : [finding])) };
    }
    const named = Object.entries(details).flatMap(([name, each]) => (each.state === 'valid' ? [[name, each.value] as const] : []));
    return {
      intents: [
        {
          kind: 'jwt',
          issuer: `the keys in Secret ${ingress.ref.namespace}/${key.value}`,
          jwksUri: '',
          parameters: { secret: `${ingress.ref.namespace}/${key.value}`, ...Object.fromEntries(named) },
          entries: [key.entry, ...rest],
        },
      ],
    };
  },
});
