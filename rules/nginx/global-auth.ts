import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, valueFindings, warningsOf, withoutPartner } from './annotation.ts';
import { beside, controllerSetting } from './beside.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/global-auth', {
  'own-auth': {
    level: 'note',
    message: (_: NoArgs) => 'enable-global-auth has no effect beside an auth-url of its own',
  },
  'opted-out': {
    level: 'warning',
    message: (a: { url: string }) => `this Ingress opts out of global-auth-url (${a.url}), which protects all others of the controller`,
    help: () => 'Nothing is to be done for this one. See to it that the others keep their protection.',
    security: true,
  },
});

/** `"false"` excepts these paths from a global-auth-url of the controller's ConfigMap. */
export const globalAuth = defineRule({
  id: 'nginx/global-auth',
  title: 'Exception from the authentication of the whole controller',
  docs: manual('global-external-authentication'),
  scope: 'location',
  becomes: 'inert',
  reads: { enabled: at(`${PREFIX}enable-global-auth`, goBool) },
  findings: { ...find, ...valueFindings },
  convert({ read: { enabled }, ingress, estate, options }) {
    if (enabled.state === 'absent') return {};
    const { entry } = enabled;
    if (beside(ingress, 'auth-url') !== null) return { settled: inert([entry], find['own-auth']({}, placeOf(entry))) };
    const url = controllerSetting(estate, options, 'global-auth-url');
    if (url === null)
      return { settled: withoutPartner(enabled, "a global-auth-url in the controller's ConfigMap, and none is in the input") };
    if (enabled.state === 'valid' && !enabled.value) return { settled: inert([entry], find['opted-out']({ url }, placeOf(entry))) };
    const settled = [...asDefault(enabled), ...replaced(enabled, 'true')];
    return { settled, findings: warningsOf(settled) };
  },
});
