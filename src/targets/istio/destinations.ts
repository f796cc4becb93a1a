import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Backend } from '../../route/table.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { isAttributeValue, isCookieName } from '../envoy/affinity-cookie.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { destinationParts } from './kinds.ts';

const find = defineFindings('istio/destinations', {
  'whole-mesh': {
    level: 'note',
    message: (a: { what: string; lost: string }) =>
      `${a.what} is written as a DestinationRule of the Service, which holds for everybody in the mesh who calls it${a.lost}`,
    help: () => 'Where other callers must not have it, give the route a Service of its own with the same selector.',
  },
  'kept-together': {
    level: 'note',
    message: (a: { algorithm: string }) =>
      `endpoints are not chosen by ${a.algorithm}: what keeps clients on one of them decides instead, as on the controller`,
  },
});

export const connectTimeout: Lower<'connectTimeout'> = (intent, context) => {
  const time = gatewayDuration(Math.max(1, Math.round(intent.ms)));
  if (time === null)
    return lost('istio', intent, context, { why: 'it is more than what can be said', nearest: 'Set connectTimeout of a DestinationRule.' });
  return approximated(
    settings(context, { connectionPool: { tcp: { connectTimeout: time } } }),
    find['whole-mesh']({ what: `the time to connect (${intent.ms} ms)`, lost: '' }, placeOf(intent, context)),
  );
};

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const hash = hashOf(intent, context.rule.scheme === 'https' || context.rule.httpsRedirect !== null);
  if (hash === null)
    return lost('istio', intent, context, {
      why: intent.by === 'cookie' ? 'the name of the cookie is none' : 'no header is named that clients could be told by',
      nearest: 'consistentHash of a DestinationRule takes httpCookie or httpHeaderName.',
    });
  const what =
    intent.by === 'cookie'
      ? `keeping clients on one endpoint by cookie ${intent.cookie?.name ?? ''}`
      : 'keeping clients on one endpoint by address';
  const left = [
    '; clients are assigned anew once, and some of them whenever endpoints come or go',
    ...(intent.cookie?.conditionalSameSiteNone === true ? ['; SameSite=None is sent to every browser'] : []),
    ...(intent.by === 'client-address' ? ['; the address is the one that connects to the Gateway'] : []),
  ].join('');
  return approximated(
    settings(context, { loadBalancer: { consistentHash: hash } }),
    find['whole-mesh']({ what, lost: left }, placeOf(intent, context)),
  );
};

/** A ttl makes the Gateway set the cookie; 0s is a session cookie. Its attributes need Istio 1.28. */
function hashOf({ by, cookie }: IntentOf<'sessionAffinity'>, isTlsOnly: boolean): JsonObject | null {
  if (by === 'client-address') return { useSourceIp: true };
  if (by === 'header' || cookie === null || !isCookieName(cookie.name)) return null;
  const ttl = cookie.maxAgeSeconds === null || cookie.maxAgeSeconds <= 0 ? '0s' : (gatewayDuration(cookie.maxAgeSeconds * 1000) ?? '0s');
  const attribute = (name: string, value: string | null) =>
    value === null || value === '' || !isAttributeValue(value) ? [] : [{ name, value }];
  const attributes = [
    { name: 'HttpOnly' },
    ...(cookie.secure === true || (cookie.secure === null && isTlsOnly) ? [{ name: 'Secure' }] : []),
    ...attribute('SameSite', cookie.sameSite),
    ...attribute('Domain', cookie.domain),
    ...(cookie.partitioned ? [{ name: 'Partitioned' }] : []),
  ];
  return { httpCookie: { name: cookie.name, path: cookie.path === null || cookie.path === '' ? '/' : cookie.path, ttl, attributes } };
}

const SIMPLE = {
  'round-robin': 'ROUND_ROBIN',
  random: 'RANDOM',
  'least-request': 'LEAST_REQUEST',
  'least-connection': 'LEAST_REQUEST',
  ewma: 'LEAST_REQUEST',
} as const;

export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  if (context.rule.intents.some(({ kind }) => kind === 'sessionAffinity' || kind === 'hashing'))
    return approximated({}, find['kept-together']({ algorithm: intent.algorithm }, placeOf(intent, context)));
  const simple = SIMPLE[intent.algorithm];
  const same = intent.algorithm !== 'ewma' && intent.algorithm !== 'least-connection';
  const args = { what: `the choice of endpoints by ${intent.algorithm}`, lost: same ? '' : `; ${simple} is the nearest that Istio has` };
  return approximated(settings(context, { loadBalancer: { simple } }), find['whole-mesh'](args, placeOf(intent, context)));
};

/** What of a request Istio can hash on. */
export const hashing: Lower<'hashing'> = (intent, context) => {
  const hash = hashByVariable(intent.key.replace(/^\$\{(.*)\}$/, '$$$1'));
  if (hash === null)
    return lost('istio', intent, context, {
      why: 'Istio hashes on one header, cookie, query parameter or the address',
      nearest: 'Choose one that has the same effect, in consistentHash of a DestinationRule.',
    });
  const left = intent.subsetSize === null ? '' : `; each key has one endpoint instead of ${intent.subsetSize}`;
  return approximated(
    settings(context, { loadBalancer: { consistentHash: hash } }),
    find['whole-mesh']({ what: `keeping requests on one endpoint by ${intent.key}`, lost: left }, placeOf(intent, context)),
  );
};

function hashByVariable(variable: string): JsonObject | null {
  const [, kind, name = ''] = /^\$(http|cookie|arg)_([a-zA-Z0-9_]+)$/.exec(variable) ?? [];
  switch (kind) {
    case 'http':
      return { httpHeaderName: name.replaceAll('_', '-') };
    case 'arg':
      return { httpQueryParameterName: name };
    case 'cookie':
      return { httpCookie: { name, ttl: '0s' } };
    default:
      return /^\$(?:binary_)?remote_addr$/.test(variable) ? { useSourceIp: true } : null;
  }
}

/** HTTP/2 whatever the port of the Service is called. */
export function overHttp2(context: LoweringContext): RuleParts {
  return settings(context, { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } } });
}

export function settings(context: LoweringContext, spec: JsonObject): RuleParts {
  return { policies: destinationParts(backendsOf(context), spec) };
}

export function backendsOf({ rule: { action } }: LoweringContext): readonly Backend[] {
  return action.kind === 'forward' ? action.backends : [];
}
