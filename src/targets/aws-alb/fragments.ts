import type { AwsKeyValue } from '../../intent/aws.ts';
import type { JsonObject } from '../../model/json.ts';
import type { RuleParts } from '../contract.ts';
import type { PolicyPart } from '../policy.ts';
import { listenerRuleConfiguration, loadBalancerConfiguration, targetGroupConfiguration } from './kinds.ts';

/** A fragment of the LoadBalancerConfiguration. */
export function loadBalancer(spec: JsonObject): PolicyPart {
  return { policy: loadBalancerConfiguration, on: { to: 'gateway', as: 'parameters' }, spec };
}

export function listener(port: number, spec: JsonObject, protocol: 'HTTP' | 'HTTPS' = 'HTTPS'): PolicyPart {
  return loadBalancer({ listeners: { [`${protocol}:${port}`]: spec } });
}

export function targetGroup(
  { namespace, service }: { readonly namespace: string; readonly service: string },
  spec: JsonObject,
): PolicyPart {
  return { policy: targetGroupConfiguration, on: { to: 'service', namespace, service }, spec };
}

/** A fragment of the rule's ListenerRuleConfiguration. */
export function rule(spec: JsonObject): PolicyPart {
  return { policy: listenerRuleConfiguration, on: { to: 'filter', name: 'rule', order: 0 }, spec };
}

/** An answer of the load balancer itself. */
export function fixedResponse(statusCode: number, contentType = 'text/plain', messageBody: string | null = null): PolicyPart {
  const fixedResponseConfig = { statusCode, contentType, ...(messageBody === null ? {} : { messageBody }) };
  return rule({ actions: [{ type: 'fixed-response', fixedResponseConfig }] });
}

export function parts(...policies: readonly PolicyPart[]): RuleParts {
  return { policies };
}

export function mapOf(pairs: readonly AwsKeyValue[]): JsonObject {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
