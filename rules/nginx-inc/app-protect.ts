import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, entryOf, goBool, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { qualifiedName } from './codecs.ts';
import { inert, placeOf } from './settlement.ts';

const WAF = 'appprotect.f5.com/app-protect';

const find = defineFindings('nginx-inc/app-protect', {
  off: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect while app-protect-enable is not true`,
  },
});

const list: Codec<readonly string[]> = { name: 'list', parse: (value) => ({ ok: true, value: value.split(',') }) };

const logs: Codec<readonly string[]> = {
  name: 'names of log configurations',
  parse(value) {
    const names = value.split(',');
    return names.every((name) => qualifiedName.parse(name).ok)
      ? { ok: true, value: names }
      : { ok: false, reason: 'no list of NAMESPACE/NAME' };
  },
};

/** F5 WAF and DoS protection, for the whole host. With Plus and its modules only: without them the Ingress is rejected. */
export const appProtect = defineEffective({
  id: 'nginx-inc/app-protect',
  title: 'F5 WAF and DoS protection for NGINX',
  docs: manual('app-protect'),
  scope: 'host',
  becomes: 'waf',
  placed: 'server',
  reads: {
    enable: at(`${WAF}-enable`, goBool),
    policy: at(`${WAF}-policy`, qualifiedName),
    logEnable: at(`${WAF}-security-log-enable`, goBool),
    log: at(`${WAF}-security-log`, logs),
    destination: at(`${WAF}-security-log-destination`, list),
    dos: at('appprotectdos.f5.com/app-protect-dos-resource', qualifiedName),
  },
  findings: { ...find, default: valueFindings.default },
  effect({ dos, enable, ...details }) {
    const rest = Object.values(details).flatMap(entryOf);
    const isOn = valueOr(enable, false);
    const intents: Intent[] = [];
    if (isOn) {
      const rules = valueOr(details.policy, 'the default policy');
      intents.push({ kind: 'waf', engine: 'F5 WAF for NGINX', mode: 'blocking', rules, entries: [...entryOf(enable), ...rest] });
    }
    if (dos.state === 'valid')
      intents.push({ kind: 'waf', engine: 'F5 DoS for NGINX', mode: 'blocking', rules: dos.value, entries: [dos.entry] });
    const unused = isOn ? [] : rest.flatMap((entry) => inert([entry], find.off({ annotation: entry.name }, placeOf(entry))));
    return { intents, settled: [...(isOn ? [] : asDefault(enable)), ...unused] };
  },
});
