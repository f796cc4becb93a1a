import { apiVersionOf } from '../../gateway/fields.ts';
import type { ExtensionObject, Gateway, GatewayClass, OutputObject, TCPRoute } from '../../gateway/types.ts';
import type { Intent, IntentOf } from '../../intent/intent.ts';
import { isProtection } from '../../intent/protection.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { GatewayContext } from '../contract.ts';
import { approximated, byHand, type Lower, placeOf, unfinished } from '../lowering.ts';
import { rangesOf } from './aws-load-balancer.ts';
import { mapOf } from './fragments.ts';
import { healthCheckConfig } from './health-check-config.ts';
import { loadBalancerConfiguration, targetGroupConfiguration } from './kinds.ts';

const find = defineFindings('aws-alb/frontend-nlb', {
  beside: {
    level: 'warning',
    message: (a: { ports: string }) =>
      `a second Gateway was written for the network load balancer in front (ports ${a.ports}): it gets addresses and a name of its own`,
    help: () =>
      'Clients that know the old one by its addresses have to learn the new ones: aws elbv2 describe-load-balancers --names NAME shows them.',
  },
  addresses: {
    level: 'error',
    message: (a: { allocations: string }) =>
      `the network load balancer in front has fixed addresses (${a.allocations}), which cannot belong to two at once: they were left out of its new Gateway`,
    help: () =>
      'Once the Ingress is gone, add eipAllocation to each of the loadBalancerSubnets in the LoadBalancerConfiguration of the second Gateway; or allocate others now (aws ec2 allocate-address) and tell clients.',
    differs: ['unreachable'],
  },
  release: {
    level: 'error',
    message: (a: { ports: string }) =>
      `the network load balancer in front (ports ${a.ports}) was not written: this release and channel have no TCPRoute`,
    help: () => 'Use --gateway-api 1.6.',
    differs: ['unreachable'],
  },
});

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const CLASS = 'aws-nlb';

/** The objects come with the Gateway, whose name they need. */
export const frontendNlb: Lower<'awsFrontendNlb'> = (intent, context) => {
  const place = placeOf(intent, context);
  const ports = intent.ports.map(({ nlbPort }) => nlbPort).join(', ');
  if (apiVersionOf(context.release, 'TCPRoute') === null) return byHand(find.release({ ports }, place));
  return intent.eipAllocations.length > 0
    ? unfinished({}, find.addresses({ allocations: intent.eipAllocations.join(', ') }, place))
    : approximated({}, find.beside({ ports }, place));
};

/** A Gateway of the NLB class whose listeners hand connections on to those of the first. */
export function frontendObjects(
  { table, gateway, release }: GatewayContext,
  annotations: Readonly<Record<string, string>>,
): readonly OutputObject[] {
  const intent = (table.loadBalancer.intents ?? []).find((each) => each.kind === 'awsFrontendNlb');
  const apiVersion = apiVersionOf(release, 'TCPRoute');
  if (intent?.kind !== 'awsFrontendNlb' || apiVersion === null || intent.ports.length === 0) return [];
  const { namespace } = gateway;
  const name = `${gateway.name}-nlb`;
  const gatewayClass: GatewayClass = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: CLASS },
    spec: { controllerName: 'gateway.k8s.aws/nlb' },
  };
  const front: Gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      gatewayClassName: CLASS,
      infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: loadBalancerConfiguration.kind, name } },
      listeners: intent.ports.map(({ nlbPort }) => ({
        name: `tcp-${nlbPort}`,
        port: nlbPort,
        protocol: 'TCP',
        allowedRoutes: { namespaces: { from: 'Same' } },
      })),
    },
  };
  const routes = intent.ports.map(
    ({ nlbPort, albPort }): TCPRoute => ({
      apiVersion,
      kind: 'TCPRoute',
      metadata: { name: `${name}-${nlbPort}`, namespace },
      spec: {
        parentRefs: [{ name, sectionName: `tcp-${nlbPort}` }],
        rules: [{ backendRefs: [{ group: GATEWAY_GROUP, kind: 'Gateway', name: gateway.name, port: albPort }] }],
      },
    }),
  );
  return [
    gatewayClass,
    front,
    ...routes,
    extension(loadBalancerConfiguration, { namespace, name }, balancerOf(intent, table.loadBalancer.intents ?? [])),
    probeOf(intent, gateway),
  ];
}

/** What it does not say for itself is as on the load balancer behind it. */
function balancerOf(intent: IntentOf<'awsFrontendNlb'>, behind: readonly Intent[]): JsonObject {
  const { scheme, subnets, attributes } = intent;
  const own = behind.flatMap((each) => (each.kind === 'awsSecurityGroups' ? each.groups : []));
  const securityGroups = intent.securityGroups.length > 0 ? intent.securityGroups : own;
  const tags = intent.tags ?? behind.flatMap((each) => (each.kind === 'awsTags' ? each.tags : []));
  const ranges = behind.find((each) => each.kind === 'awsInboundRanges' && isProtection(each));
  const spec = {
    scheme: scheme ?? 'internal',
    ...(subnets.length === 0 ? {} : { loadBalancerSubnets: subnets.map((identifier) => ({ identifier })) }),
    ...(securityGroups.length === 0 ? {} : { securityGroups }),
    ...(securityGroups.length > 0 || ranges?.kind !== 'awsInboundRanges' ? {} : rangesOf(ranges)),
    ...(tags.length === 0 ? {} : { tags: mapOf(tags) }),
    attributes: mapOf(attributes),
  };
  return loadBalancerConfiguration.write(spec, [], '');
}

function probeOf({ healthCheck }: IntentOf<'awsFrontendNlb'>, { namespace, name }: GatewayContext['gateway']): ExtensionObject {
  return extension(
    targetGroupConfiguration,
    { namespace, name: `${name}-gateway` },
    {
      targetReference: { group: GATEWAY_GROUP, kind: 'Gateway', name },
      defaultConfiguration: { healthCheckConfig: healthCheckConfig(healthCheck) },
    },
  );
}

function extension(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  metadata: ExtensionObject['metadata'],
  spec: JsonObject,
): ExtensionObject {
  return { apiVersion, kind, metadata, spec };
}
