import { hasField } from '../../gateway/fields.ts';
import { LIMITS } from '../../gateway/limits.ts';
import type { AffinityCookie } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { RuleParts } from '../contract.ts';
import { gatewayDuration } from '../gateway-duration.ts';
import { approximated, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const find = defineFindings('standard/session-affinity', {
  'no-field': {
    level: 'warning',
    message: (a: { by: string }) =>
      `clients will no longer stay on one endpoint (by ${a.by}): session persistence is in the experimental channel of Gateway API only`,
    help: () =>
      `${alternatives('sessionAffinity')} --channel experimental writes the portable field; its shape changes with the next release.`,
  },
  'not-by-cookie': {
    level: 'warning',
    message: (a: { by: string }) =>
      `clients will no longer stay on one endpoint: the portable Gateway API does so by cookie, not by ${a.by}`,
    help: () => alternatives('sessionAffinity'),
  },
  differs: {
    level: 'note',
    message: (a: { cookie: string; lost: string }) => `written as session persistence with cookie ${a.cookie}; ${a.lost}`,
    help: () => 'The field is experimental and changes its shape with the next release; Istio and Traefik do not read it.',
  },
});

export const sessionAffinity: Lower<'sessionAffinity'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.by !== 'cookie' || intent.cookie === null) {
    return unmapped(find['not-by-cookie']({ by: intent.by === 'header' ? 'a header' : 'client address' }, place));
  }
  if (!hasField(context.release, 'HTTPRoute.rules.sessionPersistence')) return unmapped(find['no-field']({ by: 'cookie' }, place));
  const args = { cookie: intent.cookie.name, lost: differences(intent.cookie).join('; ') };
  return approximated({ sessionPersistence: persistence(intent.cookie) }, find.differs(args, place));
};

/** Permanent needs a lifetime; a lifetime that a duration cannot hold leaves a session cookie. */
function persistence(cookie: AffinityCookie): NonNullable<RuleParts['sessionPersistence']> {
  const lifetime = cookie.maxAgeSeconds === null || cookie.maxAgeSeconds <= 0 ? null : gatewayDuration(cookie.maxAgeSeconds * 1000);
  return {
    sessionName: cookie.name.slice(0, LIMITS.sessionName),
    type: 'Cookie',
    ...(lifetime === null
      ? { cookieConfig: { lifetimeType: 'Session' } }
      : { absoluteTimeout: lifetime, cookieConfig: { lifetimeType: 'Permanent' } }),
  };
}

function differences(cookie: AffinityCookie): readonly string[] {
  const lost = ['clients are assigned anew once, as the gateway does not read the old cookie'];
  const attributes = [
    cookie.path && 'path',
    cookie.domain && 'domain',
    cookie.sameSite && 'SameSite',
    cookie.partitioned && 'Partitioned',
  ].filter(Boolean);
  if (attributes.length > 0) lost.push(`its ${attributes.join(', ')} cannot be written`);
  if (cookie.changeOnFailure) lost.push('whether a failing endpoint is left is up to the implementation');
  return lost;
}
