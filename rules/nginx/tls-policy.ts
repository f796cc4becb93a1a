import type { Intent } from '../../src/intent/intent.ts';
import { entryOf, goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, replaced, valueFindings, warningsOf } from './annotation.ts';
import { matching } from './value-codecs.ts';

const ciphers = matching(
  'OpenSSL ciphers',
  /^(?:[A-Za-z0-9!:+_-]|@STRENGTH|@SECLEVEL=[0-5])*$/,
  'no list of ciphers as OpenSSL writes them',
);

/** For the whole host; of its Ingresses the first with a value wins. Ciphers of TLS 1.2 and below only. */
export const tlsPolicy = defineRule({
  id: 'nginx/tls-policy',
  title: 'TLS ciphers towards clients',
  docs: manual('ssl-ciphers'),
  scope: 'host',
  becomes: 'tlsPolicy',
  reads: { ciphers: at(`${PREFIX}ssl-ciphers`, ciphers), prefer: at(`${PREFIX}ssl-prefer-server-ciphers`, goBool) },
  findings: valueFindings,
  convert({ read }) {
    const refused = refusal(read.ciphers);
    if (refused !== null) return { refused };
    const settled = replaced(read.prefer, 'absent');
    const prefer = read.prefer.state === 'valid' ? read.prefer : null;
    const list = read.ciphers.state === 'valid' ? read.ciphers.value : null;
    const entries = [...entryOf(read.ciphers), ...(prefer === null ? [] : [prefer.entry])];
    const intent: Intent = { kind: 'tlsPolicy', minVersion: null, ciphers: list, preferServerCiphers: prefer?.value ?? null, entries };
    return { settled, findings: warningsOf(settled), hostIntents: entries.length === 0 ? [] : [intent] };
  },
});
