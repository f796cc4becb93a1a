import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, goInt, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, replaced, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, idle, part, settledOf } from './part.ts';
import { failsClosed, fullName, otherNamespace, referenceFindings } from './references.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { basicText, matching, onOff, serverName } from './value-codecs.ts';

const find = defineFindings('nginx/backend-tls', {
  'without-secret': {
    level: 'warning',
    message: (a: { annotation: string; verifies: string }) => `${a.annotation} has no effect without proxy-ssl-secret${a.verifies}`,
    help: () =>
      'Where the backend speaks TLS, a gateway verifies it always: have its authority at hand. If it was meant to be verified today, it never was.',
    security: true,
  },
  'nothing-to-verify': {
    level: 'warning',
    message: (a: { secret: string }) =>
      `Secret ${a.secret} has no ca.crt, so the controller does not verify the backend in spite of proxy-ssl-verify`,
    help: () => 'Put the authority of the backend into the Secret; a gateway needs it too.',
    security: true,
  },
  depth: {
    level: 'note',
    message: (a: { depth: number }) => `no implementation bounds the certificate chain of backends (${a.depth} today)`,
    help: () => 'Longer chains of the same authority are accepted.',
  },
});

const ciphers = matching('ciphers', /^[A-Za-z0-9+:_\-!]*$/, 'which has characters other than letters, digits and + : _ - !');
const protocols = matching('protocols', /^(TLSv1\.2|TLSv1\.3)*$/, 'not a list of TLSv1.2 and TLSv1.3');

/** Nothing of the group has any effect without the Secret. */
export const backendTls = defineRule({
  id: 'nginx/backend-tls',
  title: 'TLS towards the backend',
  docs: manual('backend-certificate-authentication'),
  scope: 'location',
  becomes: 'backendTls',
  reads: {
    secret: at(`${PREFIX}proxy-ssl-secret`, basicText),
    verify: at(`${PREFIX}proxy-ssl-verify`, onOff),
    depth: at(`${PREFIX}proxy-ssl-verify-depth`, goInt),
    ciphers: at(`${PREFIX}proxy-ssl-ciphers`, ciphers),
    protocols: at(`${PREFIX}proxy-ssl-protocols`, protocols),
    name: at(`${PREFIX}proxy-ssl-name`, serverName),
    serverName: at(`${PREFIX}proxy-ssl-server-name`, onOff),
  },
  findings: { ...find, ...referenceFindings, ...valueFindings },
  convert({ read, ingress, estate }) {
    const all = Object.values(read).flatMap(entryOf);
    if (read.secret.state === 'absent') {
      const verifies = valueOr(read.verify, 'off') === 'on' ? ': the backend is not verified today' : '';
      const settled = all.flatMap((entry) => inert([entry], find['without-secret']({ annotation: entry.name, verifies }, placeOf(entry))));
      return { settled, findings: verifies === '' ? [] : warningsOf(settled).slice(0, 1) };
    }
    if (read.secret.state === 'invalid') return { refused: refusal(read.secret) };
    const { entry } = read.secret;
    const secret = fullName(read.secret.value);
    if (secret === null) {
      const closed = failsClosed(503, entry, 'is not of the form NAMESPACE/NAME', all);
      return { intents: [closed.intent], findings: [closed.finding] };
    }
    const name = `${secret.namespace}/${secret.name}`;
    const known = estate.secretByName.get(name);
    const hasAuthority = known?.keys.includes('ca.crt') ?? true;
    const asked = part(read.verify, 'off');
    const verifies = asked.value === 'on' && hasAuthority;
    const unverified =
      asked.value === 'on' && !hasAuthority ? inert(asked.entries, find['nothing-to-verify']({ secret: name }, placeOf(entry))) : [];
    const depth = verifies ? part(read.depth, 1) : idle(read.depth, 1, 'proxy-ssl-verify: "on"');
    const cipherList = part(read.ciphers, 'DEFAULT');
    const versions = part(read.protocols, 'TLSv1.2');
    const sni = part(read.serverName, 'off');
    const settled = [
      ...settledOf(asked, depth, cipherList, versions, sni),
      ...unverified,
      ...endAs('unmapped', depth.entries, find.depth({ depth: depth.value || 1 }, placeOf(entry))),
      ...replaced(read.name, 'absent'),
    ];
    return {
      settled,
      findings: [...warningsOf(settled), ...otherNamespace(entry, secret, ingress.ref.namespace, 'answers 503')],
      intents: [
        {
          kind: 'backendTls',
          verify: verifies,
          secret,
          serverName: valueOr(read.name, null),
          sni: sni.value === 'on',
          protocols: versions.entries.length === 0 ? null : versions.value.split(/\s+/).sort().join(' '),
          ciphers: cipherList.entries.length === 0 ? null : cipherList.value,
          entries: [
            entry,
            ...(verifies ? asked.entries : []),
            ...entriesOf(cipherList, versions, sni),
            ...(read.name.state === 'valid' ? [read.name.entry] : []),
          ],
        },
      ],
    };
  },
});
