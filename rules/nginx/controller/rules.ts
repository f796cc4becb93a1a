import { goBool } from '../../../src/rule/codec.ts';
import { rowsAsRules } from '../../../src/rule/row-rules.ts';
import { type AnyRule, at, defineRule } from '../../../src/rule/rule.ts';
import { asDefault, replaced, valueFindings, warningsOf } from '../annotation.ts';
import { admission } from './admission.ts';
import { CONFIG_PREFIX, configDocs, configKey } from './config-key.ts';
import { blockedAddresses } from './config-lists.ts';
import { configRows } from './config-rows.ts';
import { configSnippets } from './config-snippets.ts';
import { hsts } from './hsts.ts';
import { httpsRedirects } from './https-redirects.ts';
import { otherPrefix } from './other-prefix.ts';

/** The annotation says whether there is one, the ConfigMap whether there is none. */
const noAccessLog = defineRule({
  id: 'nginx/config/disable-access-log',
  title: 'No access log',
  docs: configDocs('disable-access-log'),
  scope: 'ingress',
  becomes: 'accessLog',
  reads: { off: at(configKey('disable-access-log'), goBool) },
  findings: valueFindings,
  convert({ read: { off } }) {
    if (off.state === 'valid' && off.value) return { intents: [{ kind: 'accessLog', enabled: false, entries: [off.entry] }] };
    const settled = [...asDefault(off), ...replaced(off, 'false')];
    return { settled, findings: warningsOf(settled) };
  },
});

/** The keys of the controller's ConfigMap that no annotation overrides. */
export const controllerRules: readonly AnyRule[] = [
  admission,
  blockedAddresses,
  configSnippets,
  hsts,
  httpsRedirects,
  noAccessLog,
  otherPrefix,
  ...rowsAsRules({ vendor: 'nginx/config', controller: 'ingress-nginx', prefix: CONFIG_PREFIX, docs: configDocs }, configRows),
];
