import type { Finding } from '../ledger/finding.ts';
import type { RoutingTable } from '../route/table.ts';
import type { GatewayContext, GatewayLowering, Lowering, LoweringContext } from '../targets/contract.ts';
import type { PolicyPart } from '../targets/policy.ts';
import { chosenClass, type GatewayPlan } from './gateways.ts';
import type { GatewayName, PlanInput } from './input.ts';
import { writeListener } from './listeners.ts';
import type { PlannedObject } from './plan.ts';
import { intentStatement } from './rule-statements.ts';
import type { Placed } from './settle.ts';

/** What a load balancer as a whole asks for and needs. */
export interface LoadBalancerPlan {
  readonly context: GatewayContext;
  readonly policies: readonly PolicyPart[];
  readonly objects: readonly PlannedObject[];
  readonly placed: readonly Placed[];
  readonly findings: readonly Finding[];
  /** Of every Gateway. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Beside those that routes bind to. */
  readonly listeners: NonNullable<GatewayLowering['listeners']>;
  /** Of every route. */
  readonly routeAnnotations: Readonly<Record<string, string>>;
}

/** The target is asked once for each setting of the load balancer, and for what its Gateways need whatever was set. */
export function planLoadBalancer(table: RoutingTable, gateway: GatewayName, plan: GatewayPlan, input: PlanInput): LoadBalancerPlan {
  const { target, estate, options } = input;
  const { loadBalancer } = table;
  const [first] = loadBalancer.ingresses;
  const listeners = plan.gateways.flatMap((part) =>
    part.listeners.map((draft) => writeListener(draft, plan.nameOf(draft), gateway.namespace)),
  );
  const place = { at: first?.at ?? null, ingress: first ?? null };
  const context: GatewayContext = {
    table,
    estate,
    release: options.release,
    gateway,
    gatewayClass: chosenClass(table, input),
    listeners,
    place,
    options: options.targetOptions,
  };
  const answered = answers(table, input);
  const needed: GatewayLowering =
    plan.gateways.length === 0 || target.gateway === undefined ? { policies: [], objects: [], findings: [] } : target.gateway(context);
  return {
    context,
    policies: [
      ...answered.flatMap(({ lowering }) => (lowering.as === 'written' ? (lowering.parts.policies ?? []) : [])),
      ...needed.policies,
    ],
    objects: [
      ...answered.flatMap(({ lowering }) => (lowering.as === 'written' ? (lowering.parts.objects ?? []) : [])),
      ...needed.objects,
    ].map((object) => ({
      object,
      role: object.kind === 'GatewayClass' ? 'infrastructure' : 'gateways',
      origin: loadBalancer.ingresses,
      notes: [],
    })),
    placed: answered.map(({ intent, lowering }): Placed => {
      const statement = intentStatement(intent, lowering);
      const kind = statement.policy?.policy.kind;
      return kind === undefined || plan.gateways.length === 0
        ? { statement, object: null, base: '' }
        : { statement, object: { kind, namespace: gateway.namespace, name: gateway.name }, base: 'spec' };
    }),
    findings: needed.findings,
    annotations: needed.annotations ?? {},
    listeners: needed.listeners ?? [],
    routeAnnotations: needed.routeAnnotations ?? {},
  };
}

function answers(table: RoutingTable, input: PlanInput) {
  const { target, estate, options } = input;
  const gatewayClass = chosenClass(table, input);
  const { loadBalancer, hosts } = table;
  const [first] = hosts;
  const rule = first?.rules[0];
  if (first === undefined || rule === undefined) return [];
  const context: LoweringContext = { release: options.release, estate, rule, host: first.host, ports: first.ports, table, gatewayClass };
  return (loadBalancer.intents ?? []).map((intent): { intent: typeof intent; lowering: Lowering } => ({
    intent,
    lowering: target.lower(intent, context),
  }));
}
