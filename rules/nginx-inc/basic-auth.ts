import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { objectName, quoted } from './codecs.ts';
import { placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/basic-auth', {
  'needs-secret': {
    level: 'error',
    message: (a: { annotation: string }) => `the controller rejects this Ingress: ${a.annotation} needs basic-auth-secret beside it`,
    help: () => 'Name the Secret or remove the annotation, and convert again.',
    security: true,
    differs: ['unreachable'],
  },
  'broken-secret': {
    level: 'warning',
    message: (a: { secret: string; why: string }) => `Secret ${a.secret} ${a.why}, so the controller answers every request with an error`,
    help: () => 'The routes were treated as protected. Correct the Secret before moving it: type nginx.org/htpasswd, key htpasswd.',
    security: true,
  },
});

/** For the host, or, on a minion, for its paths in place of that. A Secret that cannot be used closes the paths. */
export const basicAuth = defineEffective({
  id: 'nginx-inc/basic-auth',
  title: 'Basic authentication',
  docs: manual('auth-and-ssltls'),
  scope: 'location',
  becomes: 'basicAuth',
  placed: 'either',
  reads: { secret: at(`${ORG}basic-auth-secret`, objectName), realm: at(`${ORG}basic-auth-realm`, quoted) },
  findings: find,
  check: ({ read: { secret, realm } }) =>
    secret.state === 'absent' && realm.state !== 'absent'
      ? find['needs-secret']({ annotation: realm.entry.name }, placeOf(realm.entry))
      : null,
  effect({ secret, realm }, { ingress, estate }) {
    if (secret.state !== 'valid') return {};
    const name = { namespace: ingress.ref.namespace, name: secret.value };
    const known = estate.secretByName.get(`${name.namespace}/${name.name}`);
    const why =
      known === undefined
        ? null
        : known.type !== 'nginx.org/htpasswd'
          ? `is of type ${known.type || 'Opaque'} and not nginx.org/htpasswd`
          : known.keys.includes('htpasswd')
            ? null
            : 'has no key htpasswd';
    return {
      findings: why === null ? [] : [find['broken-secret']({ secret: `${name.namespace}/${name.name}`, why }, placeOf(secret.entry))],
      intents: [
        {
          kind: 'basicAuth',
          secret: name,
          form: 'htpasswd-file',
          scheme: 'basic',
          realm: valueOr(realm, ''),
          entries: [secret.entry, ...entryOf(realm)],
        },
      ],
    };
  },
});
