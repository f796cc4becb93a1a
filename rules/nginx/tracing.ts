import { goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, idle, part, settledOf } from './part.ts';
import { matching } from './value-codecs.ts';

const operationName = matching('operation name', /^[A-Za-z0-9_-]*$/, 'which has characters other than letters, digits and - _');

/** Over the setting of the controller's ConfigMap. The details are read only where it is switched on here. */
export const tracing = defineRule({
  id: 'nginx/tracing',
  title: 'OpenTelemetry',
  docs: manual('opentelemetry'),
  scope: 'location',
  becomes: 'tracing',
  reads: {
    on: at(`${PREFIX}enable-opentelemetry`, goBool),
    trust: at(`${PREFIX}opentelemetry-trust-incoming-span`, goBool),
    name: at(`${PREFIX}opentelemetry-operation-name`, operationName),
  },
  findings: valueFindings,
  convert({ read }) {
    const on = part(read.on, false, 'absent');
    const isOnHere = read.on.state === 'valid' && read.on.value;
    const refused = isOnHere ? refusal(read.name) : null;
    if (refused !== null) return { refused };
    const partner = 'enable-opentelemetry: "true"';
    const trust = isOnHere ? part(read.trust, true) : idle(read.trust, true, partner);
    const name = isOnHere ? part(read.name, null) : idle(read.name, null, partner);
    const settled = settledOf(on, trust, name);
    const entries = entriesOf(on, trust, name);
    const findings = warningsOf(settled);
    if (entries.length === 0) return { settled, findings };
    const parameters = {
      ...(trust.entries.length === 0 ? {} : { trustIncomingSpan: String(trust.value) }),
      ...(name.value === null ? {} : { operationName: name.value }),
    };
    return { settled, findings, intents: [{ kind: 'tracing', enabled: on.value, parameters, entries }] };
  },
});
