import { defineFindings } from '../../src/ledger/finding.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, replaced, valueFindings, warningsOf } from './annotation.ts';
import { configMapNamed, controllerSetting, dataOf } from './beside.ts';
import { failsClosed, fullName, referenceFindings } from './references.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { basicText } from './value-codecs.ts';

const find = defineFindings('nginx/custom-headers', {
  'map-not-in-input': {
    level: 'warning',
    message: (a: { map: string }) => `response headers stand in ConfigMap ${a.map}, which is not in the input, so they were not written`,
    help: (a) => `Add ConfigMap ${a.map} to the input and convert again: each key becomes a header of a ResponseHeaderModifier filter.`,
    security: true,
    differs: ['headers'],
  },
  empty: { level: 'note', message: (a: { map: string }) => `ConfigMap ${a.map} is empty and adds no header` },
});

const NAME = /^[A-Za-z0-9_-]+$/;

/** Set on every response, also on errors, in place of what the backend says. Each name has to be allowed by the controller. */
export const customHeaders = defineRule({
  id: 'nginx/custom-headers',
  title: 'Response headers from a ConfigMap',
  docs: manual('custom-headers'),
  scope: 'location',
  becomes: 'responseHeaders',
  reads: { map: at(`${PREFIX}custom-headers`, basicText) },
  findings: { ...find, ...referenceFindings, ...valueFindings },
  convert({ read, estate, options }) {
    if (read.map.state !== 'valid') {
      const settled = replaced(read.map, 'absent');
      return { settled, findings: warningsOf(settled) };
    }
    const { entry } = read.map;
    const closed = (why: string) => {
      const { intent, finding } = failsClosed(503, entry, why, [entry]);
      return { intents: [intent], findings: [finding] };
    };
    const name = fullName(read.map.value);
    if (name === null) return closed('is not of the form NAMESPACE/NAME');
    const map = `${name.namespace}/${name.name}`;
    const found = configMapNamed(estate, name.namespace, name.name);
    if (found === null) return { settled: endAs('manual', [entry], find['map-not-in-input']({ map }, placeOf(entry))) };
    const headers = dataOf(found);
    const bad = headers.find((header) => !NAME.test(header.name) || header.value === '' || /[\r\n]/.test(header.value));
    if (bad !== undefined) return closed(`names a ConfigMap whose header "${bad.name}" is not valid`);
    // None is allowed by default, but who names a ConfigMap has a controller that allows its names, as far as one can see.
    const allowed = controllerSetting(estate, options, 'global-allowed-response-headers')
      ?.split(',')
      .map((each) => each.trim());
    const forbidden = headers.find((header) => allowed !== undefined && !allowed.includes(header.name));
    if (forbidden !== undefined) return closed(`sets ${forbidden.name}, which global-allowed-response-headers does not list`);
    if (headers.length === 0) return { settled: inert([entry], find.empty({ map }, placeOf(entry))) };
    const set = headers.map((header) => ({ name: header.name, value: header.value }));
    return { intents: [{ kind: 'responseHeaders', set, add: [], remove: [], entries: [entry] }] };
  },
});
