import type { Estate } from '../../../src/model/estate.ts';
import { isObject, type Json, member } from '../../../src/model/json.ts';
import { type ClassParams, valueAt } from '../class-params.ts';

/**
 * Whether the namespaceSelector of class parameters takes a namespace. True also where it cannot be told: its labels are
 * known only from a Namespace in the input, except for its name.
 */
export function takesNamespace(params: ClassParams, namespace: string, { namespaces }: Pick<Estate, 'namespaces'>): boolean {
  const selector = valueAt(params, 'namespaceSelector');
  if (!isObject(selector)) return true;
  const known = namespaces.find(({ ref }) => ref.name === namespace);
  const labels: Readonly<Record<string, string>> = { ...known?.labels, 'kubernetes.io/metadata.name': namespace };
  const labelOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  const canTell = (key: string) => known !== undefined || key === 'kubernetes.io/metadata.name';
  const equal = Object.entries(isObject(selector['matchLabels']) ? selector['matchLabels'] : {});
  if (equal.some(([key, value]) => canTell(key) && labelOf(key) !== value)) return false;
  const expressions = member(selector, 'matchExpressions');
  const all: readonly Json[] = Array.isArray(expressions) ? expressions : [];
  return all.every((expression) => {
    const key = member(expression, 'key');
    if (typeof key !== 'string' || !canTell(key)) return true;
    const values = member(expression, 'values');
    const isIn = Array.isArray(values) && values.includes(labelOf(key) ?? '');
    switch (member(expression, 'operator')) {
      case 'In':
        return isIn;
      case 'NotIn':
        return !isIn;
      case 'Exists':
        return labelOf(key) !== undefined;
      case 'DoesNotExist':
        return labelOf(key) === undefined;
      default:
        return true;
    }
  });
}
