import type { AffinityCookie, IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { servicePart } from './kinds.ts';

const find = defineFindings('traefik/endpoints', {
  affinity: {
    level: 'note',
    message: (a: { cookie: string; lost: string }) => `written as a sticky cookie ${a.cookie}; ${a.lost}`,
    help: () => 'Clients that must not lose their session move once: do it when few are signed in.',
    differs: ['headers'],
  },
  'by-address': {
    level: 'note',
    message: (_: NoArgs) =>
      'written as strategy hrw, which chooses the endpoint by the address that connects to Traefik: clients are assigned anew once',
    help: () =>
      'Behind a load balancer that hides clients all of them would share one endpoint: keep their address (externalTrafficPolicy: Local, the PROXY protocol).',
  },
  strategy: {
    level: 'note',
    message: (a: { algorithm: string; strategy: string }) => `${a.algorithm} is written as ${a.strategy}, the nearest that Traefik has`,
  },
});

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  if (intent.by === 'client-address')
    return approximated({ policies: [servicePart({ strategy: 'hrw' })] }, find['by-address']({}, placeOf(intent, context)));
  if (intent.by === 'header' || intent.cookie === null)
    return lost('traefik', intent, context, {
      why: 'Traefik keeps clients on an endpoint by a cookie or their address only',
      nearest: 'Use a cookie, or let the endpoints share their sessions.',
    });
  const { cookie } = intent;
  const args = { cookie: cookie.name, lost: differences(intent, cookie, context).join('; ') };
  return approximated(
    { policies: [servicePart({ sticky: { cookie: cookieSpec(cookie) } })] },
    find.affinity(args, placeOf(intent, context)),
  );
};

function cookieSpec(cookie: AffinityCookie) {
  const sameSite = cookie.sameSite?.toLowerCase();
  return {
    name: cookie.name,
    httpOnly: true,
    ...(cookie.secure === true ? { secure: true } : {}),
    ...(cookie.maxAgeSeconds === null ? {} : { maxAge: cookie.maxAgeSeconds }),
    ...(cookie.path === null || cookie.path === '' ? {} : { path: cookie.path }),
    ...(cookie.domain === null || cookie.domain === '' ? {} : { domain: cookie.domain }),
    ...(sameSite === 'none' || sameSite === 'lax' || sameSite === 'strict' ? { sameSite } : {}),
  };
}

function differences(intent: IntentOf<'sessionAffinity'>, cookie: AffinityCookie, { rule }: LoweringContext): readonly string[] {
  const backends = rule.action.kind === 'forward' ? rule.action.backends.length : 0;
  return [
    'clients are assigned anew once, as the cookie names endpoints in another way',
    ...(cookie.path === null ? ['it holds for the whole host instead of the path of the Ingress'] : []),
    ...(cookie.secure === null ? ['it is sent over HTTP too, without Secure'] : []),
    ...(cookie.changeOnFailure ? ['a failing endpoint is kept until it is no longer ready'] : []),
    ...(cookie.conditionalSameSiteNone ? ['SameSite=None is sent to old browsers too'] : []),
    ...(intent.mode === 'balanced' ? ['clients stay when endpoints are added, instead of being spread anew'] : []),
    ...(backends > 1 ? ['each of the Services sets it anew, so that clients may change between them'] : []),
  ];
}

const STRATEGIES = {
  'round-robin': null,
  ewma: 'leasttime',
  'least-request': 'p2c',
  'least-connection': 'p2c',
  random: 'p2c',
} as const;

/** Round robin is what Traefik does by itself. */
export const loadBalancing: Lower<'loadBalancing'> = (intent, context) => {
  const strategy = STRATEGIES[intent.algorithm];
  if (strategy === null) return converted({});
  return approximated(
    { policies: [servicePart({ strategy })] },
    find.strategy({ algorithm: intent.algorithm, strategy }, placeOf(intent, context)),
  );
};

export const hashing: Lower<'hashing'> = (intent, context) =>
  /^\$(?:binary_)?remote_addr$|^\$\{(?:binary_)?remote_addr\}$/.test(intent.key)
    ? approximated({ policies: [servicePart({ strategy: 'hrw' })] }, find['by-address']({}, placeOf(intent, context)))
    : lost('traefik', intent, context, {
        why: 'Traefik chooses endpoints by the address of the client or a cookie, by nothing else',
        nearest:
          'A sticky cookie of a TraefikService keeps clients on an endpoint; where it is a matter of caches, let the endpoints share theirs.',
      });

export const serviceUpstream: Lower<'serviceUpstream'> = () => converted({ policies: [servicePart({ nativeLB: true })] });
