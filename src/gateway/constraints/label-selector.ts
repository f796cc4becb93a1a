import * as z from 'zod';
import { labelValue, qualifiedName } from './names.ts';

const requirement = z
  .strictObject({
    key: qualifiedName,
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
    values: z.array(labelValue).optional(),
  })
  .refine(({ operator, values }) => (operator === 'In' || operator === 'NotIn') === (values !== undefined && values.length > 0), {
    message: 'In and NotIn need values, Exists and DoesNotExist take none',
    path: ['values'],
  });

/**
 * The CRDs leave selectors open; the controllers parse them with the rules of Kubernetes. An empty selector selects
 * every namespace, so it must at least say what it selects by.
 */
const labelSelector = z
  .strictObject({ matchLabels: z.record(qualifiedName, labelValue).optional(), matchExpressions: z.array(requirement).optional() })
  .refine(({ matchLabels, matchExpressions }) => Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length > 0, {
    message: 'an empty selector selects every namespace',
  });

/** Which namespaces may attach: `Selector` and a selector come together. */
export function namespaces<const T extends readonly [string, ...string[]]>(from: T) {
  return z.union([z.strictObject({ from: z.enum(from) }), z.strictObject({ from: z.literal('Selector'), selector: labelSelector })]);
}
