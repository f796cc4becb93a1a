import { namespacedMetadata } from '../gateway/constraints/metadata.ts';
import { problems } from '../gateway/constraints/problems.ts';
import { fieldPath } from '../gateway/field-path.ts';
import type { ObjectRef } from '../model/entry.ts';
import type { Json } from '../model/json.ts';
import { compareText } from '../model/position.ts';
import { brokenRules, type CelRules, celRules } from './cel-walk.ts';
import { type CrdSet, type CrdVersion, findCrd } from './crd-set.ts';
import { repeatedElements } from './list-uniqueness.ts';
import { withDefaults } from './schema-defaults.ts';
import { type SchemaNode, schemaNode } from './schema-node.ts';
import { type SchemaValidator, schemaValidator } from './schema-validator.ts';
import { unknownFields } from './unknown-fields.ts';
import type { FoundViolation, UnevaluatedRule, Violation } from './violation.ts';

/** An object to check: one of the output, or anything of that form. */
export interface CheckableObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export type CheckResult =
  | {
      readonly kind: 'checked';
      /** By path. */
      readonly violations: readonly Violation[];
      /** Rules of this CRD that only the API server can evaluate. */
      readonly unevaluated: readonly UnevaluatedRule[];
    }
  /** The set has no CRD for the kind. */
  | { readonly kind: 'no-crd'; readonly object: ObjectRef; readonly apiVersion: string }
  /** Namespace, Service, …: the API server has them without any CRD. */
  | { readonly kind: 'built-in' };

/**
 * Holds one object against the CRDs, as the API server would on creation: fields it would prune, schema, list-map
 * keys and sets, then CEL on the defaulted object. Compiles what a kind needs when its first object comes.
 */
export function checkObject(crds: CrdSet, object: CheckableObject): CheckResult {
  const [group, version] = splitApiVersion(object.apiVersion);
  const crd = findCrd(crds, group, object.kind);
  const ref: ObjectRef = { kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  if (crd === null) return isBuiltIn(group) ? { kind: 'built-in' } : { kind: 'no-crd', object: ref, apiVersion: object.apiVersion };
  const found = crd.versions.find((candidate) => candidate.name === version);
  if (found === undefined || !found.served) {
    const served = crd.versions.filter((candidate) => candidate.served).map((candidate) => candidate.name);
    const message = `version ${version} is not served; served: ${served.join(', ') || 'none'}`;
    return { kind: 'checked', violations: [{ object: ref, path: 'apiVersion', rule: 'not-served', message }], unevaluated: [] };
  }
  const compiled = compile(found);
  const violations = [...metadataProblems(object), ...check(compiled, plainJson(object))].map(({ path, rule, message }) => ({
    object: ref,
    path: fieldPath(path),
    rule,
    message,
  }));
  return { kind: 'checked', violations: violations.sort(byPath), unevaluated: compiled.unevaluated };
}

interface CompiledVersion {
  readonly node: SchemaNode;
  readonly schema: SchemaValidator;
  readonly rules: CelRules;
  readonly unevaluated: readonly UnevaluatedRule[];
}

const compiledVersions = new WeakMap<CrdVersion, CompiledVersion>();

function compile(version: CrdVersion): CompiledVersion {
  const known = compiledVersions.get(version);
  if (known !== undefined) return known;
  const node = schemaNode(version.schema);
  const schema = schemaValidator(version.schema);
  const rules = celRules(node);
  const compiled = { node, schema, rules, unevaluated: [...schema.unevaluated, ...rules.unevaluated] };
  compiledVersions.set(version, compiled);
  return compiled;
}

function check({ node, schema, rules }: CompiledVersion, object: Json): FoundViolation[] {
  const complete = withDefaults(node, object);
  const invalid = schema.validate(complete);
  return [...unknownFields(node, object), ...invalid, ...repeatedElements(node, complete), ...brokenRules(rules, node, complete, invalid)];
}

/** The server's own rules about names, labels and annotations, which no CRD repeats. */
function metadataProblems({ metadata }: CheckableObject): FoundViolation[] {
  const parsed = namespacedMetadata.safeParse(metadata);
  if (parsed.success) return [];
  return problems(parsed.error).map(({ path, kind, message }) => ({
    path: ['metadata', ...path],
    rule: kind === 'unknown-field' ? 'unknown-field' : 'schema',
    message,
  }));
}

/** What stands in the written manifest: members without a value are not written. */
function plainJson(object: CheckableObject): Json {
  const json: Json = JSON.parse(JSON.stringify(object));
  return json;
}

function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/** Groups without a dot (`apps`) and those of Kubernetes itself are built in; Gateway API is a CRD though it ends in k8s.io. */
function isBuiltIn(group: string): boolean {
  return !group.includes('.') || BUILT_IN_GROUPS.has(group);
}

const BUILT_IN_GROUPS = new Set(['networking.k8s.io', 'rbac.authorization.k8s.io', 'admissionregistration.k8s.io', 'apiextensions.k8s.io']);

function byPath(a: Violation, b: Violation): number {
  return compareText(a.path, b.path) || compareText(a.rule, b.rule) || compareText(a.message, b.message);
}
