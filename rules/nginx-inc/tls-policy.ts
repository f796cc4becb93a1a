import type { Intent } from '../../src/intent/intent.ts';
import { entryOf, goBool, text, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';

/** For the host; ciphers of TLS 1.2 and below only. The list is not checked by the controller. */
export const tlsPolicy = defineEffective({
  id: 'nginx-inc/tls-policy',
  title: 'TLS ciphers towards clients',
  docs: manual('auth-and-ssltls'),
  scope: 'host',
  becomes: 'tlsPolicy',
  placed: 'server',
  reads: { ciphers: at(`${ORG}ssl-ciphers`, text), prefer: at(`${ORG}ssl-prefer-server-ciphers`, goBool) },
  lenient: ['prefer'],
  findings: { default: valueFindings.default },
  effect({ ciphers, prefer }) {
    const isOn = valueOr(prefer, false);
    const entries = [...entryOf(ciphers), ...(isOn ? entryOf(prefer) : [])];
    const policy: readonly Intent[] = [
      { kind: 'tlsPolicy', minVersion: null, ciphers: valueOr(ciphers, null), preferServerCiphers: isOn ? true : null, entries },
    ];
    return { hostIntents: entries.length === 0 ? [] : policy, settled: isOn ? [] : asDefault(prefer) };
  },
});
