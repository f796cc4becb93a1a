import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, goInt, oneOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { secretName } from './access.ts';
import { manual, PREFIX } from './annotation.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/backend-tls', {
  'without-secret': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} has no effect without proxy-ssl-secret: the controller does not verify this backend today`,
    security: true,
  },
});

/** Everything of the group is inert without the Secret. */
export const backendTls = defineRule({
  id: 'nginx/backend-tls',
  title: 'TLS towards the backend',
  docs: manual('backend-certificate-authentication'),
  scope: 'location',
  becomes: 'backendTls',
  reads: {
    secret: at(`${PREFIX}proxy-ssl-secret`, text),
    verify: at(`${PREFIX}proxy-ssl-verify`, oneOf('on', 'off')),
    depth: at(`${PREFIX}proxy-ssl-verify-depth`, goInt),
    ciphers: at(`${PREFIX}proxy-ssl-ciphers`, text),
    protocols: at(`${PREFIX}proxy-ssl-protocols`, text),
    name: at(`${PREFIX}proxy-ssl-name`, text),
    serverName: at(`${PREFIX}proxy-ssl-server-name`, oneOf('on', 'off')),
  },
  findings: find,
  convert({ read, ingress }) {
    const entries = Object.values(read).flatMap(entryOf);
    const secret = read.secret.state === 'valid' ? secretName(read.secret.value, ingress.ref.namespace) : null;
    if (read.secret.state !== 'valid')
      return { settled: entries.flatMap((entry) => inert([entry], find['without-secret']({ name: entry.name }, placeOf(entry)))) };
    if (secret === null) {
      return {
        intents: [
          {
            kind: 'rawAccessControl',
            language: 'ingress-nginx',
            restricts: 'every request is answered with 503 today: proxy-ssl-secret names no Secret',
            entries,
          },
        ],
      };
    }
    return {
      intents: [
        {
          kind: 'backendTls',
          verify: valueOr(read.verify, 'off') === 'on',
          secret,
          serverName: valueOr(read.name, null),
          sni: valueOr(read.serverName, 'off') === 'on',
          protocols: valueOr(read.protocols, null),
          ciphers: valueOr(read.ciphers, null),
          entries,
        },
      ],
    };
  },
});
