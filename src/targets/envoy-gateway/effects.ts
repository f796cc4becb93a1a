import type { ExtensionObject, OutputObject } from '../../gateway/types.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { rewrittenPath } from '../../route/path/index.ts';
import { extensionFilters, type ReadEffects, type RuleEffects, type RulePlace } from '../effects.ts';
import { GROUP, httpRouteFilter, securityPolicy } from './kinds.ts';

/** SecurityPolicies that hold for the route, and the HTTPRouteFilters its rule names. */
export const effects: ReadEffects = (objects) => {
  const policies = objects.filter((object): object is ExtensionObject => object.kind === securityPolicy.kind);
  const filters = new Map(
    objects.flatMap((object): [string, JsonObject][] =>
      object.kind === httpRouteFilter.kind ? [[`${object.metadata.namespace ?? 'default'}/${object.metadata.name}`, specOf(object)]] : [],
    ),
  );
  return (place) => {
    const named = extensionFilters(place).map(({ group, kind, name }) => ({
      name: `${kind} ${name}`,
      spec:
        group === GROUP && kind === httpRouteFilter.kind
          ? filters.get(`${place.route.metadata.namespace ?? 'default'}/${name}`)
          : undefined,
    }));
    const specs = named.map(({ spec }) => spec).filter((spec) => spec !== undefined);
    return {
      protections: policies.filter((policy) => holdsFor(policy, place)).flatMap((policy) => protectionsOf(specOf(policy))),
      rewrite: specs.map(rewriteOf).find((rewrite) => rewrite !== null) ?? null,
      status: specs.map(statusOf).find((status) => status !== null) ?? null,
      unknown: named.filter(({ spec }) => spec === undefined).map(({ name }) => name),
    };
  };
};

function specOf(object: OutputObject): JsonObject {
  const { spec } = object as { spec?: Json };
  return isObject(spec) ? spec : {};
}

/** The policy of a route replaces that of its Gateway. */
function holdsFor(policy: ExtensionObject, { route }: RulePlace): boolean {
  const refs = member(specOf(policy), 'targetRefs');
  const here = (policy.metadata.namespace ?? 'default') === (route.metadata.namespace ?? 'default');
  return (
    here &&
    Array.isArray(refs) &&
    refs.some(
      (ref: Json) =>
        member(ref, 'kind') === 'HTTPRoute' && member(ref, 'name') === route.metadata.name && member(ref, 'sectionName') === undefined,
    )
  );
}

function protectionsOf(spec: JsonObject): readonly string[] {
  const authorization = member(spec, 'authorization');
  const rules = member(authorization, 'rules');
  const actions = Array.isArray(rules) ? rules.map((rule: Json) => member(rule, 'action')) : [];
  return [
    ...(member(authorization, 'defaultAction') === 'Deny' && !admitsAll(rules) ? ['allowList'] : []),
    ...(actions.includes('Deny') ? ['denyList'] : []),
    ...(['basicAuth', 'jwt', 'oidc'] as const).filter((kind) => member(spec, kind) !== undefined),
    ...(member(spec, 'extAuth') === undefined ? [] : ['externalAuth']),
  ];
}

/** A rule that lets every address pass makes a list of none. */
function admitsAll(rules: Json | undefined): boolean {
  const ranges = (rule: Json) => member(member(rule, 'principal'), 'clientCIDRs');
  const isOpen = (each: Json | undefined) =>
    !Array.isArray(each) || each.some((range: Json) => typeof range === 'string' && range.endsWith('/0'));
  return Array.isArray(rules) && rules.some((rule: Json) => member(rule, 'action') === 'Allow' && isOpen(ranges(rule)));
}

function rewriteOf(spec: JsonObject): RuleEffects['rewrite'] {
  const replace = member(member(member(spec, 'urlRewrite'), 'path'), 'replaceRegexMatch');
  const [pattern, substitution] = [member(replace, 'pattern'), member(replace, 'substitution')];
  if (typeof pattern !== 'string' || typeof substitution !== 'string') return null;
  const replacement = substitution.replace(/\\(.)/g, (_, char: string) => (/[1-9]/.test(char) ? `$${char}` : char));
  const insensitive = pattern.startsWith('^(?i)');
  const source = pattern.replace(/^\^(\(\?i\))?/, '');
  return (path) => rewrittenPath(source, replacement, { caseInsensitive: insensitive }, path) ?? path;
}

function statusOf(spec: JsonObject): number | null {
  const status = member(member(spec, 'directResponse'), 'statusCode');
  return typeof status === 'number' ? status : null;
}
