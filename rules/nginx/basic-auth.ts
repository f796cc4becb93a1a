import type { SecretName } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, warningsOf } from './annotation.ts';
import { failsClosed, localName, otherNamespace, referenceFindings } from './references.ts';
import { inert, placeOf } from './settlement.ts';
import { basicText, matching } from './value-codecs.ts';

const find = defineFindings('nginx/basic-auth', {
  'without-type': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} protects nothing without auth-type: these paths are open today`,
    help: () =>
      'They were converted as what they are, open. Add auth-type: basic and convert again if a password was meant to be asked for.',
    security: true,
  },
});

/** Both expressions are unanchored in the controller: anything with the word in it passes the check. */
const type = matching('basic|digest', /basic|digest/, 'neither basic nor digest');
const secretType = matching('auth-file|auth-map', /auth-file|auth-map/, 'neither auth-file nor auth-map');
const realm = matching(
  'realm',
  /^[-._~A-Za-z0-9/: ]*$/,
  'which has characters other than letters, digits, blanks and - . _ ~ / :',
  'count',
);

export const basicAuth = defineRule({
  id: 'nginx/basic-auth',
  title: 'Basic and digest authentication',
  docs: manual('authentication'),
  scope: 'location',
  becomes: 'basicAuth',
  reads: {
    type: at(`${PREFIX}auth-type`, type),
    secret: at(`${PREFIX}auth-secret`, basicText),
    secretType: at(`${PREFIX}auth-secret-type`, secretType),
    realm: at(`${PREFIX}auth-realm`, realm),
  },
  findings: { ...find, ...referenceFindings },
  convert({ read, ingress, estate }) {
    const entries = [read.type, read.secret, read.secretType, read.realm].flatMap(entryOf);
    // The parser returns before it looks at the others.
    if (read.type.state === 'absent') {
      const settled = entries.flatMap((entry) => inert([entry], find['without-type']({ annotation: entry.name }, placeOf(entry))));
      return { settled, findings: warningsOf(settled).slice(0, 1) };
    }
    const refused = refusal(read.type, read.secretType);
    if (refused !== null) return { refused };
    const written = valueOr(read.secretType, 'auth-file');
    const secret = read.secret.state === 'valid' ? localName(read.secret.value, ingress.ref.namespace) : null;
    const broken = closedBecause();
    if (broken !== null) return { intents: [broken.intent], findings: [broken.finding] };
    const refusedRealm = refusal(read.realm);
    if (refusedRealm !== null) return { refused: refusedRealm };
    const elsewhere =
      secret === null || read.secret.state !== 'valid'
        ? []
        : otherNamespace(read.secret.entry, secret, ingress.ref.namespace, 'answers 503');
    return {
      findings: elsewhere,
      intents: [
        {
          kind: 'basicAuth',
          // Only the exact word is rendered as basic authentication.
          scheme: valueOr(read.type, '') === 'basic' ? 'basic' : 'digest',
          secret,
          form: written === 'auth-map' ? 'user-per-key' : 'htpasswd-file',
          realm: valueOr(read.realm, ''),
          entries,
        },
      ],
    };

    function closedBecause() {
      if (read.secret.state === 'absent')
        return entries[0] === undefined ? null : failsClosed(503, entries[0], 'stands without auth-secret', entries);
      if (read.secret.state === 'invalid')
        return failsClosed(503, read.secret.entry, `is "${read.secret.entry.value}", ${read.secret.reason}`, entries);
      if (secret === null) return failsClosed(503, read.secret.entry, 'names no Secret', entries);
      if (read.secretType.state === 'valid' && written !== 'auth-file' && written !== 'auth-map')
        return failsClosed(503, read.secretType.entry, 'is neither auth-file nor auth-map', entries);
      return written === 'auth-file' && lacksKey(secret)
        ? failsClosed(503, read.secret.entry, 'names a Secret without the key auth', entries)
        : null;
    }

    /** Known only where the Secret is in the input. */
    function lacksKey({ namespace, name }: SecretName): boolean {
      const found = estate.secretByName.get(`${namespace}/${name}`);
      return found !== undefined && !found.keys.includes('auth');
    }
  },
});
