import type { AffinityCookie } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext } from '../contract.ts';
import { hashedDifferently, isAttributeValue, isCookieName } from '../envoy/affinity-cookie.ts';
import { forwardedBackends } from '../envoy/forwarded-backends.ts';
import { hashKey } from '../envoy/hash-key.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { backends } from './kinds.ts';

const find = defineFindings('kgateway', {
  'session-affinity/hashed': {
    level: 'note',
    message: (a: { cookie: string; lost: string }) => `clients stay on one endpoint by a hash of cookie ${a.cookie}; ${a.lost}`,
    help: () => 'Where sessions must not move at all, HTTPRoute sessionPersistence of the experimental channel names the endpoint itself.',
  },
  'session-affinity/not-written': {
    level: 'warning',
    message: (a: { why: string }) => `clients will no longer stay on one endpoint: ${a.why}`,
    help: () => 'Set loadBalancer.ringHash of a BackendConfigPolicy by hand: it hashes a cookie, a header or the address.',
  },
  'session-affinity/by-address': {
    level: 'note',
    message: (_: NoArgs) => 'clients stay on one endpoint by a hash of their address; some move when endpoints come or go',
    help: () => 'Behind a load balancer that hides addresses, set xffNumTrustedHops in a ListenerPolicy.',
  },
  'load-balancing/nearest': {
    level: 'note',
    message: (a: { algorithm: string }) =>
      `endpoints are chosen by the fewest open requests, the nearest that kgateway has to ${a.algorithm}`,
  },
  'load-balancing/kept-together': {
    level: 'note',
    message: (_: NoArgs) => 'endpoints are chosen by what keeps clients on one of them, for their first request as well',
  },
  'hashing/not-written': {
    level: 'warning',
    message: (a: { key: string }) =>
      `requests will no longer be kept on one endpoint by ${a.key}: kgateway hashes one header, cookie or the address`,
    help: () => 'Set loadBalancer.ringHash of a BackendConfigPolicy by hand, for the part of the key that matters.',
  },
  'hashing/differs': {
    level: 'note',
    message: (a: { key: string; lost: string }) => `requests stay on one endpoint by a hash of ${a.key}${a.lost}`,
    help: () => 'Requests without it go to any endpoint.',
  },
  'service-upstream/not-written': {
    level: 'note',
    message: (_: NoArgs) => "requests go to the endpoints of the Service, not to the Service's own address: kgateway has no such choice",
    help: () => "It matters where a service mesh or NetworkPolicies expect the Service's address.",
  },
});

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const place = placeOf(intent, context);
  const refuse = (why: string) => unmapped(find['session-affinity/not-written']({ why }, place));
  switch (intent.by) {
    case 'client-address':
      return approximated(hashing({ sourceIP: {} }, context), find['session-affinity/by-address']({}, place));
    case 'header':
      return refuse('the header that tells them apart is not known');
    case 'cookie': {
      if (intent.cookie === null || !isCookieName(intent.cookie.name)) return refuse('the name of the cookie cannot be written');
      const lost = [
        ...hashedDifferently(intent.cookie, { mode: intent.mode, backends: forwardedBackends(context).length }),
        ...(intent.cookie.domain === null ? [] : [`the cookie is not sent to ${intent.cookie.domain} as a whole`]),
        ...(intent.cookie.partitioned ? ['the cookie is not partitioned'] : []),
      ];
      const isTlsOnly = context.rule.scheme === 'https' || context.rule.httpsRedirect !== null;
      const args = { cookie: intent.cookie.name, lost: lost.join('; ') };
      return approximated(hashing({ cookie: cookieOf(intent.cookie, isTlsOnly) }, context), find['session-affinity/hashed'](args, place));
    }
    default:
      return intent.by satisfies never;
  }
};

/** Without a lifetime Envoy would not make the cookie; 0s is one that ends with the browser. */
function cookieOf(cookie: AffinityCookie, isTlsOnly: boolean): JsonObject {
  const lifetime =
    cookie.maxAgeSeconds === null || cookie.maxAgeSeconds <= 0 ? '0s' : (gatewayDuration(cookie.maxAgeSeconds * 1000) ?? '0s');
  const { sameSite } = cookie;
  return {
    name: cookie.name,
    path: cookie.path !== null && isAttributeValue(cookie.path) ? cookie.path : '/',
    ttl: lifetime,
    httpOnly: true,
    ...(cookie.secure === true || (cookie.secure === null && isTlsOnly) ? { secure: true } : {}),
    ...(sameSite === 'Strict' || sameSite === 'Lax' || sameSite === 'None' ? { sameSite } : {}),
  };
}

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (context.rule.intents.some(({ kind }) => kind === 'sessionAffinity' || kind === 'hashing'))
    return approximated({}, find['load-balancing/kept-together']({}, place));
  const by = (way: string) => backends({ loadBalancer: { [way]: {} } }, context);
  switch (intent.algorithm) {
    case 'round-robin':
      return converted(by('roundRobin'));
    case 'random':
      return converted(by('random'));
    case 'least-request':
      return converted(by('leastRequest'));
    case 'ewma':
    case 'least-connection': {
      const algorithm = intent.algorithm === 'ewma' ? 'the shortest answer times (ewma)' : 'the fewest connections';
      return approximated(by('leastRequest'), find['load-balancing/nearest']({ algorithm }, place));
    }
    default:
      return intent.algorithm satisfies never;
  }
};

export const hashBalancing: Lower<'hashing'> = (intent, context) => {
  const place = placeOf(intent, context);
  const policy = hashPolicy(intent.key);
  if (policy === null) return unmapped(find['hashing/not-written']({ key: intent.key }, place));
  const lost = intent.subsetSize === null ? '' : `; they no longer spread over ${intent.subsetSize} endpoints each`;
  return approximated(hashing(policy, context), find['hashing/differs']({ key: intent.key, lost }, place));
};

function hashPolicy(text: string): JsonObject | null {
  const key = hashKey(text);
  switch (key?.by) {
    case 'source-address':
      return { sourceIP: {} };
    case 'header':
      return { header: { name: key.name } };
    case 'cookie':
      return { cookie: { name: key.name } };
    case 'query':
    case undefined:
      return null;
  }
}

function hashing(policy: JsonObject, context: LoweringContext) {
  return backends({ loadBalancer: { ringHash: { hashPolicies: [policy] } } }, context);
}

export const serviceUpstream: Lower<'serviceUpstream'> = (intent, context) =>
  unmapped(find['service-upstream/not-written']({}, placeOf(intent, context)));
