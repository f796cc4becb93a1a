import type { Intent } from '../../../src/intent/intent.ts';
import { defineFindings } from '../../../src/ledger/finding.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { lengthAt, readField, textField } from '../object-fields.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, type BackendPart, type BackendUse, DOCS, describe, refused, together } from './rule.ts';

const find = defineFindings('gke/custom-headers', {
  'no-colon': {
    level: 'error',
    message: (a: { object: string; text: string }) =>
      `"${a.text}" in ${a.object} is no header: GKE refuses it, so that it changes nothing of an Ingress that uses it`,
    help: () => 'A header has the form Name:value. Correct it and convert again.',
  },
  'old-version': {
    level: 'note',
    message: (a: { object: string }) =>
      `${a.object} is written as cloud.google.com/v1beta1, which has no customResponseHeaders: the API server drops them`,
    help: () => 'If they are wanted, write the object as cloud.google.com/v1.',
  },
});

/** Sent to the backend. `{client_region}` and the like are filled in by the load balancer. */
export const customRequestHeaders: BackendConfigRule = {
  id: 'gke/custom-request-headers',
  title: 'Custom request headers',
  docs: DOCS,
  fields: ['spec.customRequestHeaders.headers[]'],
  findings: find,
  convert: (config, use) => headers('customRequestHeaders', 'request', config, use),
};

/** Sent to the client. */
export const customResponseHeaders: BackendConfigRule = {
  id: 'gke/custom-response-headers',
  title: 'Custom response headers',
  docs: DOCS,
  fields: ['spec.customResponseHeaders.headers[]'],
  findings: find,
  convert(config, use) {
    const made = headers('customResponseHeaders', 'response', config, use);
    if (config.apiVersion !== 'cloud.google.com/v1beta1') return made;
    const entries = [...(made.intents ?? []).flatMap((intent) => intent.entries), ...(made.settled ?? []).map(({ entry }) => entry)];
    const [first] = entries;
    if (first === undefined) return {};
    return { settled: inert(entries, find['old-version']({ object: describe(config) }, placeOf(first, use.ingress))) };
  },
};

/** https://cloud.google.com/load-balancing/docs/https/custom-headers#variables */
const VARIABLE = /\{[a-z][a-z0-9_]*\}/;

function headers(block: string, direction: 'request' | 'response', config: OtherObject, use: BackendUse): BackendPart {
  const path = ['spec', block, 'headers'];
  const parts = Array.from({ length: lengthAt(config, path) }, (_, index): BackendPart => {
    const read = readField(config, [...path, index], textField);
    if (read.state === 'absent') return {};
    if (read.state === 'invalid') return refused(read, config, use);
    const colon = read.value.indexOf(':');
    if (colon <= 0) {
      const finding = find['no-colon']({ object: describe(config), text: read.value }, placeOf(read.entry, use.ingress));
      return { settled: endAs('manual', [read.entry], finding), mistakes: [finding] };
    }
    const header = { name: read.value.slice(0, colon).trim(), value: read.value.slice(colon + 1).trim() };
    const entries = [read.entry];
    const intent: Intent = VARIABLE.test(header.value)
      ? { kind: 'gke', feature: 'headerVariables', direction, headers: [header], entries }
      : { kind: direction === 'request' ? 'requestHeaders' : 'responseHeaders', set: [header], add: [], remove: [], entries };
    return { intents: [intent] };
  });
  return together(parts);
}
