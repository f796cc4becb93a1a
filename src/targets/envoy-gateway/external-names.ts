import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import type { Dialect } from '../dialect.ts';
import { backend } from './kinds.ts';

const find = defineFindings('envoy-gateway/backends', {
  'external-name': {
    level: 'warning',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ExternalName, which Envoy Gateway does not route to: it is reached by a Backend with its name in the cluster's DNS, a kind that is switched off by default`,
    help: () =>
      'Until it is switched on, requests are answered with an error: helm upgrade eg oci://docker.io/envoyproxy/gateway-helm -n envoy-gateway-system --reuse-values --set config.envoyGateway.extensionApis.enableBackend=true. A cluster domain other than cluster.local has to be put into the endpoints.',
    differs: ['status', 'unreachable'],
  },
});

/** The DNS of the cluster leads from the name of the Service to the other. A BackendTLSPolicy for the Service would not hold for a Backend. */
export const externalName: NonNullable<Dialect['externalName']> = ({ namespace, service }, { rule: { intents } }, place) =>
  intents.some((intent) => intent.kind === 'backendTls' && intent.verify)
    ? null
    : find['external-name']({ service: `${namespace}/${service}` }, place);

export function externalNames({ rule: { action, ingress } }: LoweringContext): RuleParts {
  const isExternal = action.kind === 'forward' && action.backends.some(({ problem }) => problem === 'external-name');
  return isExternal
    ? { policies: [{ policy: backend, on: { to: 'backend', as: 'reference' }, spec: { namespace: ingress.namespace } }] }
    : {};
}
