import type { HTTPRoute, OutputObject } from '../../gateway/types.ts';
import { defineFindings, type Finding } from '../../ledger/finding.ts';
import type { WrittenTable } from '../contract.ts';
import { isOutside, stepsFor } from './steps.ts';

const find = defineFindings('gke-gateway/switch', {
  outside: {
    level: 'warning',
    message: (a: { gateway: string }) =>
      `Gateway ${a.gateway} rests on what lives outside the cluster: these are the steps, in their order`,
    help: () => 'None of them touches what serves today.',
    steps: (a: { gateway: string; steps: string }) => a.steps.split('\n'),
  },
  steps: {
    level: 'note',
    message: (a: { gateway: string }) => `the steps to Gateway ${a.gateway}, in their order`,
    help: () => 'None of them touches what serves today.',
    steps: (a: { gateway: string; steps: string }) => a.steps.split('\n'),
  },
  'iap-window': {
    level: 'warning',
    message: (a: { services: string }) =>
      `a backend is open to everybody from when its route is programmed until its policy with Identity-Aware Proxy is Attached: ${a.services}`,
    help: () =>
      'Apply the policies before the routes, and let no client reach the new address, nor DNS name it, until the policies say Attached and a request without login is sent to the login.',
    security: true,
  },
  'query-version': {
    level: 'warning',
    message: (a: { routes: string }) =>
      `conditions on the query (${a.routes}) need GKE 1.35.2 or newer: an older one refuses the whole route`,
    help: () => 'kubectl version shows what the cluster runs.',
  },
});

/** What there is to say of a Gateway when everything of it is written. */
export function review(written: WrittenTable): readonly Finding[] {
  const { objects, gateway, place } = written;
  if (!objects.some(({ kind }) => kind === 'Gateway')) return [];
  const args = { gateway: `${gateway.namespace}/${gateway.name}`, steps: stepsFor(written).join('\n') };
  const services = withLogin(written);
  const routes = objects.filter(isRoute).filter(asksForQuery);
  return [
    isOutside(written) ? find.outside(args, place) : find.steps(args, place),
    ...(services.length === 0 ? [] : [find['iap-window']({ services: services.join(', ') }, place)]),
    ...(routes.length === 0 ? [] : [find['query-version']({ routes: routes.map(nameOf).join(', ') }, place)]),
  ];
}

/** Services behind Google's login. */
function withLogin({ table }: WrittenTable): readonly string[] {
  const rules = table.hosts.flatMap((host) => host.rules).filter(({ intents }) => intents.some(({ kind }) => kind === 'iap'));
  const names = rules.flatMap(({ action }) =>
    action.kind === 'forward' ? action.backends.map(({ namespace, service }) => `Service ${namespace}/${service}`) : [],
  );
  return [...new Set(names)];
}

function isRoute(object: OutputObject): object is HTTPRoute {
  return object.kind === 'HTTPRoute';
}

function asksForQuery({ spec }: HTTPRoute): boolean {
  return spec.rules.some(({ matches = [] }) => matches.some(({ queryParams = [] }) => queryParams.length > 0));
}

function nameOf({ metadata }: HTTPRoute): string {
  return `HTTPRoute ${metadata.namespace ?? 'default'}/${metadata.name}`;
}
