import type { AffinityCookie } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { hashedDifferently, isAttributeValue, isCookieName } from '../envoy/affinity-cookie.ts';
import { forwardedBackends } from '../envoy/forwarded-backends.ts';
import { type HashKey, hashKey } from '../envoy/hash-key.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('envoy-gateway', {
  'session-affinity/hashed': {
    level: 'note',
    message: (a: { cookie: string; lost: string }) => `clients stay on one endpoint by a hash of cookie ${a.cookie}; ${a.lost}`,
    help: () => 'Where sessions must not move at all, HTTPRoute sessionPersistence of the experimental channel names the endpoint itself.',
  },
  'session-affinity/not-written': {
    level: 'warning',
    message: (a: { why: string }) => `clients will no longer stay on one endpoint: ${a.why}`,
    help: () => 'Set loadBalancer.consistentHash of a BackendTrafficPolicy by hand: it hashes a cookie, a header or the address.',
  },
  'session-affinity/by-address': {
    level: 'note',
    message: (_: NoArgs) => 'clients stay on one endpoint by a hash of their address; some move when endpoints come or go',
    help: () => 'Behind a load balancer that hides addresses, set clientIPDetection in a ClientTrafficPolicy.',
  },
  'load-balancing/nearest': {
    level: 'note',
    message: (a: { algorithm: string }) =>
      `endpoints are chosen by the fewest open requests, the nearest that Envoy Gateway has to ${a.algorithm}`,
  },
  'load-balancing/kept-together': {
    level: 'note',
    message: (_: NoArgs) => 'endpoints are chosen by what keeps clients on one of them, for their first request as well',
  },
  'hashing/not-written': {
    level: 'warning',
    message: (a: { key: string }) =>
      `requests will no longer be kept on one endpoint by ${a.key}: Envoy Gateway hashes one header, cookie, query parameter or the address`,
    help: () => 'Set loadBalancer.consistentHash of a BackendTrafficPolicy by hand, for the part of the key that matters.',
  },
  'hashing/differs': {
    level: 'note',
    message: (a: { key: string; lost: string }) => `requests stay on one endpoint by a hash of ${a.key}${a.lost}`,
    help: () => 'Requests without it go to any endpoint.',
  },
});

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const place = placeOf(intent, context);
  const refuse = (why: string) => unmapped(find['session-affinity/not-written']({ why }, place));
  switch (intent.by) {
    case 'client-address':
      return approximated(hashing({ type: 'SourceIP' }), find['session-affinity/by-address']({}, place));
    case 'header':
      return refuse('the header that tells them apart is not known');
    case 'cookie': {
      if (intent.cookie === null || !isCookieName(intent.cookie.name)) return refuse('the name of the cookie cannot be written');
      const lost = hashedDifferently(intent.cookie, { mode: intent.mode, backends: forwardedBackends(context).length });
      const cookie = cookieOf(intent.cookie, context.rule.scheme === 'https' || context.rule.httpsRedirect !== null);
      const args = { cookie: intent.cookie.name, lost: lost.join('; ') };
      return approximated(hashing({ type: 'Cookie', cookie }), find['session-affinity/hashed'](args, place));
    }
    default:
      return intent.by satisfies never;
  }
};

/** Without a lifetime Envoy would not make the cookie; 0s is one that ends with the browser. */
function cookieOf(cookie: AffinityCookie, isTlsOnly: boolean): JsonObject {
  const { path, domain, sameSite } = cookie;
  const lifetime =
    cookie.maxAgeSeconds === null || cookie.maxAgeSeconds <= 0 ? '0s' : (gatewayDuration(cookie.maxAgeSeconds * 1000) ?? '0s');
  const attribute = (name: string, value: string | null) => (value === null || !isAttributeValue(value) ? {} : { [name]: value });
  return {
    name: cookie.name,
    ttl: lifetime,
    attributes: {
      ...attribute('Path', path ?? '/'),
      ...attribute('Domain', domain),
      ...attribute('SameSite', sameSite),
      ...attribute('HttpOnly', ''),
      ...(cookie.secure === true || (cookie.secure === null && isTlsOnly) ? attribute('Secure', '') : {}),
      ...(cookie.partitioned ? attribute('Partitioned', '') : {}),
    },
  };
}

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (context.rule.intents.some(({ kind }) => kind === 'sessionAffinity' || kind === 'hashing'))
    return approximated({}, find['load-balancing/kept-together']({}, place));
  switch (intent.algorithm) {
    case 'round-robin':
      return converted(traffic({ loadBalancer: { type: 'RoundRobin' } }));
    case 'random':
      return converted(traffic({ loadBalancer: { type: 'Random' } }));
    case 'least-request':
      return converted(traffic({ loadBalancer: { type: 'LeastRequest' } }));
    case 'ewma':
    case 'least-connection': {
      const algorithm = intent.algorithm === 'ewma' ? 'the shortest answer times (ewma)' : 'the fewest connections';
      return approximated(traffic({ loadBalancer: { type: 'LeastRequest' } }), find['load-balancing/nearest']({ algorithm }, place));
    }
    default:
      return intent.algorithm satisfies never;
  }
};

export const hashBalancing: Lower<'hashing'> = (intent, context) => {
  const place = placeOf(intent, context);
  const key = hashKey(intent.key);
  if (key === null) return unmapped(find['hashing/not-written']({ key: intent.key }, place));
  const lost = intent.subsetSize === null ? '' : `; they no longer spread over ${intent.subsetSize} endpoints each`;
  return approximated(hashing(consistentHash(key)), find['hashing/differs']({ key: intent.key, lost }, place));
};

function consistentHash(key: HashKey): JsonObject {
  switch (key.by) {
    case 'source-address':
      return { type: 'SourceIP' };
    case 'header':
      return { type: 'Header', header: { name: key.name } };
    case 'cookie':
      return { type: 'Cookie', cookie: { name: key.name } };
    case 'query':
      return { type: 'QueryParams', queryParams: [{ name: key.name }] };
    default:
      return key satisfies never;
  }
}

function hashing(hash: JsonObject) {
  return traffic({ loadBalancer: { type: 'ConsistentHash', consistentHash: hash } });
}

/** Requests go to the address of the Service, and whoever stands behind it chooses. */
export const serviceUpstream: Lower<'serviceUpstream'> = () => converted(traffic({ routingType: 'Service' }));
