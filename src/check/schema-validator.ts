import { isIPv4, isIPv6 } from 'node:net';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import { re2 } from './re2.ts';
import type { FoundViolation, UnevaluatedRule } from './violation.ts';

export interface SchemaValidator {
  readonly validate: (object: Json) => FoundViolation[];
  /** Patterns that are no RE2 expression. */
  readonly unevaluated: readonly UnevaluatedRule[];
}

/** Compiles the value validation of an OpenAPI v3 schema: types, enums, patterns, limits, oneOf and its kin. */
export function schemaValidator(schema: JsonObject): SchemaValidator {
  const unevaluated: UnevaluatedRule[] = [];
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    logger: false,
    formats: FORMATS,
    code: { regExp: regularExpressions(unevaluated) },
  });
  const check: ValidateFunction = ajv.compile(asJsonSchema(schema));
  return { validate: (object) => (check(object) ? [] : (check.errors ?? []).filter(isRoot).map(asViolation)), unevaluated };
}

/**
 * Kubernetes matches patterns with Go's engine. JavaScript's would also do exponential work on some of the Gateway
 * API's own (the header values of its experimental channel).
 */
function regularExpressions(unevaluated: UnevaluatedRule[]) {
  const compile = (pattern: string) => {
    // The validator tells patterns apart by their text.
    const asText = (): string => pattern;
    try {
      const compiled = re2(pattern);
      return { test: (text: string) => compiled.test(text), toString: asText };
    } catch (error) {
      unevaluated.push({ expression: pattern, reason: error instanceof Error ? error.message : String(error) });
      return { test: () => true, toString: asText };
    }
  };
  return Object.assign(compile, { code: 'RE2' });
}

const integerBetween = (low: number, high: number) =>
  ({ type: 'number', validate: (value: number) => value >= low && value <= high }) as const;

/** The formats that the API server knows; any other is no constraint there either. */
const FORMATS = {
  int32: integerBetween(-(2 ** 31), 2 ** 31 - 1),
  int64: integerBetween(-(2 ** 63), 2 ** 63 - 1),
  ipv4: isIPv4,
  ipv6: isIPv6,
  'date-time': /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})$/,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

/**
 * OpenAPI's `nullable` and `x-kubernetes-int-or-string` in the words of JSON Schema. `additionalProperties: false`,
 * which schema catalogues add on their own, goes: unknown fields are pruned, not rejected, and looked for elsewhere.
 */
function asJsonSchema(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  const properties = member(rest, 'properties');
  const items = member(rest, 'items');
  const additional = member(rest, 'additionalProperties');
  const type = member(rest, 'type') ?? (member(rest, 'x-kubernetes-int-or-string') === true ? ['integer', 'string'] : undefined);
  const values = member(rest, 'enum');
  return {
    ...rest,
    ...(type === undefined ? {} : { type: nullable === true ? [type, 'null'].flat() : type }),
    ...(nullable === true && Array.isArray(values) ? { enum: [...values, null] } : {}),
    ...(isObject(properties) ? { properties: eachSchema(properties) } : {}),
    ...(isObject(items) ? { items: asJsonSchema(items) } : {}),
    ...(additional === undefined ? {} : { additionalProperties: isObject(additional) ? asJsonSchema(additional) : true }),
  };
}

function eachSchema(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, isObject(value) ? asJsonSchema(value) : true]));
}

/** Of a failed oneOf or anyOf only the failure itself is told, not why each branch did not apply. */
function isRoot(error: ErrorObject): boolean {
  return !/\/(?:oneOf|anyOf)\/\d+\//.test(error.schemaPath);
}

function asViolation(error: ErrorObject): FoundViolation {
  return { path: pointerSegments(error.instancePath), rule: 'schema', message: message(error) };
}

function message(error: ErrorObject): string {
  const text = error.message ?? error.keyword;
  const allowed: unknown = error.params['allowedValues'];
  return Array.isArray(allowed) ? `${text}: ${allowed.join(', ')}` : text;
}

/** `/spec/rules/0` of RFC 6901. A map key of digits alone would be taken for a position; none is legal in these maps. */
function pointerSegments(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
