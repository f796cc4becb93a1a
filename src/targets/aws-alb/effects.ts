import type { ExtensionObject, Gateway, ListenerSet, OutputObject } from '../../gateway/types.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { extensionFilters, type ReadEffects, type RuleEffects, type RulePlace } from '../effects.ts';
import { GROUP, listenerRuleConfiguration, loadBalancerConfiguration } from './kinds.ts';

/** The LoadBalancerConfiguration of the Gateway, and the ListenerRuleConfiguration that a rule names. */
export const effects: ReadEffects = (objects) => {
  const specs = new Map(
    objects.flatMap((object): [string, JsonObject][] =>
      object.kind === loadBalancerConfiguration.kind || object.kind === listenerRuleConfiguration.kind
        ? [[`${object.kind} ${object.metadata.namespace ?? 'default'}/${object.metadata.name}`, specOf(object)]]
        : [],
    ),
  );
  return (place) => {
    const { route } = place;
    const filters = extensionFilters(place);
    const own = filters.filter(({ group, kind }) => group === GROUP && kind === listenerRuleConfiguration.kind);
    const unknown = filters.filter((filter) => !own.includes(filter)).map(({ kind, name }) => `${kind} ${name}`);
    const rules = own.map(({ kind, name }) => specs.get(`${kind} ${route.metadata.namespace ?? 'default'}/${name}`));
    const balancer = specs.get(parametersOf(place.owner)) ?? {};
    const [rule] = rules;
    const guards = ofLoadBalancer(balancer, place);
    if (rules.length === 0) return { protections: guards, rewrite: null, status: null, unknown };
    // One that is missing, or a second one, makes the controller answer with an error.
    if (rule === undefined || rules.length > 1) return { protections: guards, rewrite: null, status: 500, unknown };
    return { ...ofRule(rule, place), protections: [...guards, ...identityOf(rule, place)], unknown };
  };
};

function specOf(object: ExtensionObject | OutputObject): JsonObject {
  const { spec } = object as { spec?: Json };
  return isObject(spec) ? spec : {};
}

function parametersOf(owner: Gateway | ListenerSet): string {
  const ref = owner.kind === 'Gateway' ? owner.spec.infrastructure?.parametersRef : undefined;
  return ref?.group === GROUP ? `${ref.kind} ${owner.metadata.namespace ?? 'default'}/${ref.name}` : '';
}

function ofLoadBalancer(spec: JsonObject, { listener }: RulePlace): readonly string[] {
  const [groups, ranges] = [member(spec, 'securityGroups'), member(spec, 'sourceRanges')];
  const hasGroups = Array.isArray(groups) && groups.length > 0;
  const all = member(spec, 'listenerConfigurations');
  const own = Array.isArray(all)
    ? all.find((each: Json) => member(each, 'protocolPort') === `${listener.protocol}:${listener.port}`)
    : undefined;
  const mode = member(member(own, 'mutualAuthentication'), 'mode');
  return [
    ...(typeof member(member(spec, 'wafV2'), 'webACL') === 'string' ? ['awsWebAcl', 'waf'] : []),
    ...(hasGroups ? ['awsSecurityGroups'] : []),
    // Absent ranges let everybody in, and own security groups put them out of force.
    ...(!hasGroups && Array.isArray(ranges) && !ranges.includes('0.0.0.0/0') ? ['awsInboundRanges', 'allowList'] : []),
    ...(mode === 'verify' || mode === 'passthrough' ? ['awsMutualAuthentication'] : []),
    ...(mode === 'verify' ? ['clientCertificate'] : []),
  ];
}

/** The controller puts these on HTTPS listeners only. */
function identityOf(rule: JsonObject, { listener }: RulePlace): readonly string[] {
  if (listener.protocol !== 'HTTPS') return [];
  const types = actionsOf(rule).map((action) => member(action, 'type'));
  return [
    ...(types.includes('authenticate-oidc') || types.includes('authenticate-cognito') ? ['awsAuthenticate', 'oidc'] : []),
    ...(types.includes('jwt-validation') ? ['awsJwt', 'jwt'] : []),
  ];
}

function ofRule(rule: JsonObject, { route, ruleIndex }: RulePlace): Omit<RuleEffects, 'protections' | 'unknown'> {
  const fixed = actionsOf(rule).find((action) => member(action, 'type') === 'fixed-response');
  const status = member(member(fixed, 'fixedResponseConfig'), 'statusCode');
  const redirect = actionsOf(rule).find((action) => member(action, 'type') === 'redirect');
  const query = member(member(redirect, 'redirectConfig'), 'query');
  const conditions = member(rule, 'conditions');
  const hasBackends = (route.spec.rules[ruleIndex]?.backendRefs ?? []).length > 0;
  return {
    rewrite: null,
    // With backends beside it the rule is refused, and answers with an error as well.
    status: typeof status !== 'number' ? null : hasBackends ? 500 : status,
    addresses: Array.isArray(conditions) && conditions.some(isNarrow),
    ...(typeof query === 'string' ? { redirectQuery: query } : {}),
  };
}

/** A list with everybody on it is none. */
function isNarrow(condition: Json): boolean {
  const values = member(member(condition, 'sourceIPConfig'), 'values');
  return member(condition, 'field') === 'source-ip' && Array.isArray(values) && !values.includes('0.0.0.0/0');
}

function actionsOf(rule: JsonObject): readonly Json[] {
  const actions = member(rule, 'actions');
  return Array.isArray(actions) ? actions : [];
}
