import type { Entry } from '../../src/model/entry.ts';
import { family } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX } from './annotation.ts';
import { type Decoder, type JsonValue, json, listOf, objectOf, text } from './json/decode.ts';
import { settingRule } from './setting.ts';

/** One condition; its values are alternatives, several conditions hold together. */
export type AlbCondition =
  | { readonly field: 'host-header'; readonly values: readonly string[]; readonly regexValues: readonly string[] }
  | { readonly field: 'path-pattern'; readonly values: readonly string[]; readonly regexValues: readonly string[] }
  | { readonly field: 'http-header'; readonly name: string; readonly values: readonly string[]; readonly regexValues: readonly string[] }
  | { readonly field: 'http-request-method'; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly values: readonly { readonly key: string | null; readonly value: string }[] }
  | { readonly field: 'source-ip'; readonly values: readonly string[] };

const texts = listOf(text);

const patterns = objectOf(
  ({ optional, fail }) => {
    const found = { values: optional('values', texts) ?? [], regexValues: optional('regexValues', texts) ?? [] };
    if (found.values.length + found.regexValues.length === 0) fail('a condition needs values');
    if (found.values.length > 0 && found.regexValues.length > 0) fail('values and regexValues do not go together');
    return found;
  },
  ['values', 'regexValues'],
);

const header = objectOf(
  ({ required, optional, fail }) => {
    const name = required('httpHeaderName', text, '');
    const [values, regexValues] = [optional('values', texts) ?? [], optional('regexValues', texts) ?? []];
    if (values.length + regexValues.length === 0) fail(`the condition on header ${name} needs values`);
    return { name, values, regexValues };
  },
  ['httpHeaderName', 'values', 'regexValues'],
);

const methods = objectOf(({ required }) => required('values', texts, []), ['values']);
const pair = objectOf(({ required, optional }) => ({ key: optional('key', text), value: required('value', text, '') }), ['key', 'value']);
const query = objectOf(({ required }) => required('values', listOf(pair), []), ['values']);

const CONFIGS = [
  'hostHeaderConfig',
  'pathPatternConfig',
  'httpHeaderConfig',
  'httpRequestMethodConfig',
  'queryStringConfig',
  'sourceIPConfig',
];
const NONE = { values: [], regexValues: [] };

const condition: Decoder<AlbCondition> = objectOf<AlbCondition>(
  ({ required, fail }) => {
    const field = required('field', text, 'source-ip');
    switch (field) {
      case 'host-header':
        return { field, ...required('hostHeaderConfig', patterns, NONE) };
      case 'path-pattern':
        return { field, ...required('pathPatternConfig', patterns, NONE) };
      case 'http-header':
        return { field, ...required('httpHeaderConfig', header, { name: '', ...NONE }) };
      case 'http-request-method':
        return { field, values: required('httpRequestMethodConfig', methods, []) };
      case 'query-string':
        return { field, values: required('queryStringConfig', query, []) };
      case 'source-ip':
        return { field, values: required('sourceIPConfig', methods, []) };
      default:
        fail(`"${field}" is no field that a rule can ask for`);
        return { field: 'source-ip', values: [] };
    }
  },
  ['field', ...CONFIGS],
);

const START = `${PREFIX}conditions.`;

/** More conditions for every path of the Ingress whose backend has that name, a Service or an action. */
export const conditions = settingRule({
  id: 'alb/conditions',
  title: 'Custom conditions',
  docs: manual('conditions'),
  scope: 'location',
  becomes: 'the match of a rule',
  reads: { byName: family(START, json('list of conditions', listOf(condition))) },
  findings: { malformed: jsonFindings.malformed, 'unknown-member': jsonFindings['unknown-member'] },
});

export function conditionsNamed(
  name: string,
  annotations: readonly Entry[],
): { readonly entry: Entry; readonly value: JsonValue<readonly AlbCondition[]> } | null {
  const entry = annotations.find((each) => each.name === `${START}${name}` && each.value !== '' && each.malformed !== true);
  const parsed = entry === undefined ? null : conditions.reads.byName.codec.parse(entry.value);
  return entry !== undefined && parsed?.ok === true ? { entry, value: parsed.value } : null;
}
