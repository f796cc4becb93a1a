import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { upstreamPart } from './kinds.ts';

const find = defineFindings('nginx-gateway-fabric/upstreams', {
  method: {
    level: 'note',
    message: (a: { algorithm: string; method: string }) => `${a.algorithm} is written as ${a.method}, the nearest of the open-source NGINX`,
  },
  'by-address': {
    level: 'note',
    message: (_: NoArgs) => 'written as ip_hash: clients are assigned anew once, and those of one IPv4 /24 network share an endpoint',
    help: () =>
      'Behind a load balancer that hides clients, set rewriteClientIP in the NginxProxy of the Gateway, else all of them share one endpoint.',
  },
  'instead-of-cookie': {
    level: 'warning',
    message: (a: { cookie: string }) =>
      `clients stay on one endpoint by their address instead of the cookie ${a.cookie}, which the open-source NGINX does not set: those of one IPv4 /24 network share an endpoint, and who changes the network changes the endpoint`,
    help: () =>
      'Behind a load balancer that hides clients all of them share one endpoint: set rewriteClientIP in the NginxProxy of the Gateway first, or take the UpstreamSettingsPolicy out. With NGINX Plus, sessionPersistence of the experimental channel sets a cookie; hashMethodKey: $cookie_name hashes on one of the application.',
    differs: ['headers'],
  },
  hashing: {
    level: 'note',
    message: (a: { key: string; lost: string }) => `requests are kept on one endpoint by ${a.key}; ${a.lost}`,
  },
});

const METHODS = {
  'round-robin': { method: 'round_robin', same: true },
  'least-connection': { method: 'least_conn', same: true },
  random: { method: 'random', same: true },
  'least-request': { method: 'least_conn', same: false },
  ewma: { method: 'random two least_conn', same: false },
} as const;

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const { method, same } = METHODS[intent.algorithm];
  const parts = settings(context, { loadBalancingMethod: method });
  return same ? converted(parts) : approximated(parts, find.method({ algorithm: intent.algorithm, method }, placeOf(intent, context)));
};

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.by) {
    case 'client-address':
      return approximated(settings(context, { loadBalancingMethod: 'ip_hash' }), find['by-address']({}, place));
    case 'cookie':
      return approximated(
        settings(context, { loadBalancingMethod: 'ip_hash' }),
        find['instead-of-cookie']({ cookie: intent.cookie?.name ?? '' }, place),
      );
    case 'header':
      return lost('nginx-gateway-fabric', intent, context, {
        why: 'no header is named that clients could be told by',
        nearest: 'An UpstreamSettingsPolicy hashes on a header of lower-case letters: hash consistent, hashMethodKey: $http_name.',
      });
    default:
      return intent.by satisfies never;
  }
};

/** One variable of lower-case letters is what the policy takes. */
export const hashing: Lower<'hashing'> = (intent, context) => {
  const key = intent.key.replace(/^\$\{([a-z_]+)\}$/, '$$$1');
  if (!/^\$[a-z_]+$/.test(key))
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'an UpstreamSettingsPolicy hashes on one variable of lower-case letters',
      nearest: 'Choose one that has the same effect, such as $request_uri, and set it as hashMethodKey.',
    });
  const left = [
    'they are assigned anew once',
    ...(intent.subsetSize === null ? [] : [`each key has one endpoint instead of ${intent.subsetSize}`]),
  ];
  const parts = settings(context, { loadBalancingMethod: 'hash consistent', hashMethodKey: key });
  return approximated(parts, find.hashing({ key, lost: left.join('; ') }, placeOf(intent, context)));
};

/** They hold for a Service, whichever route sends to it. */
function settings({ rule }: LoweringContext, spec: JsonObject): RuleParts {
  const backends = rule.action.kind === 'forward' ? rule.action.backends : [];
  const byName = new Map(backends.map((backend) => [`${backend.namespace}/${backend.service}`, backend]));
  return { policies: [...byName.values()].map((backend) => upstreamPart(backend, spec)) };
}
