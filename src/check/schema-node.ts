import { isObject, type Json, type JsonObject, member } from '../model/json.ts';

/**
 * One level of a CRD's structural schema: what pruning, defaulting, list uniqueness and CEL need. Value validation
 * (pattern, enum, oneOf, …) stays in the raw schema, which goes to the JSON Schema validator.
 */
export interface SchemaNode {
  readonly type: string | null;
  readonly format: string | null;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  /** `x-kubernetes-preserve-unknown-fields`: nothing is pruned at this level. */
  readonly preserveUnknown: boolean;
  /** `x-kubernetes-embedded-resource`: a whole object, with apiVersion, kind and metadata. */
  readonly embedded: boolean;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  /** Schema of the values of a map; null when the object is no map. */
  readonly values: SchemaNode | null;
  readonly items: SchemaNode | null;
  /** undefined when the schema has none. */
  readonly fallback: Json | undefined;
  readonly isSet: boolean;
  /** `x-kubernetes-list-map-keys`; empty for other lists. */
  readonly mapKeys: readonly string[];
  readonly rules: readonly CelRule[];
}

export interface CelRule {
  readonly expression: string;
  readonly message: string | null;
  readonly messageExpression: string | null;
  /** With `optionalOldSelf` a transition rule also runs on creation. */
  readonly optionalOldSelf: boolean;
}

export function schemaNode(schema: Json | undefined): SchemaNode {
  const additional = member(schema, 'additionalProperties');
  const items = member(schema, 'items');
  const isMap = text(schema, 'x-kubernetes-list-type') === 'map';
  return {
    type: text(schema, 'type'),
    format: text(schema, 'format'),
    intOrString: flag(schema, 'x-kubernetes-int-or-string'),
    nullable: flag(schema, 'nullable'),
    preserveUnknown: flag(schema, 'x-kubernetes-preserve-unknown-fields') || additional === true,
    embedded: flag(schema, 'x-kubernetes-embedded-resource'),
    properties: new Map(Object.entries(object(schema, 'properties')).map(([name, value]) => [name, schemaNode(value)])),
    values: isObject(additional) ? schemaNode(additional) : null,
    items: isObject(items) ? schemaNode(items) : null,
    fallback: member(schema, 'default'),
    isSet: text(schema, 'x-kubernetes-list-type') === 'set',
    mapKeys: isMap ? list(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string') : [],
    rules: list(schema, 'x-kubernetes-validations').flatMap(celRule),
  };
}

function celRule(value: Json): CelRule[] {
  const expression = text(value, 'rule');
  if (expression === null) return [];
  return [
    {
      expression,
      message: text(value, 'message'),
      messageExpression: text(value, 'messageExpression'),
      optionalOldSelf: flag(value, 'optionalOldSelf'),
    },
  ];
}

function text(value: Json | undefined, key: string): string | null {
  const found = member(value, key);
  return typeof found === 'string' ? found : null;
}

function flag(value: Json | undefined, key: string): boolean {
  return member(value, key) === true;
}

function list(value: Json | undefined, key: string): readonly Json[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}

function object(value: Json | undefined, key: string): JsonObject {
  const found = member(value, key);
  return isObject(found) ? found : {};
}
