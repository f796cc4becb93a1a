import type { Estate } from '../../src/model/estate.ts';
import type { Service } from '../../src/model/objects.ts';
import { inFrontOf } from './in-front-of.ts';
import { meaningOf } from './providers.ts';

/** Addresses in a list with commas or blanks between that no route on the internet leads to, names of internal load balancers among them. */
export function privateAddresses(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.replace(/\/\d+$/, ''))
    .filter((part) => PRIVATE.some((pattern) => pattern.test(part)));
}

/** RFC 1918, RFC 6598, RFC 4193, link-local; and what AWS calls a classic or application load balancer without public addresses. */
const PRIVATE: readonly RegExp[] = [
  /^10(?:\.\d{1,3}){3}$/,
  /^192\.168(?:\.\d{1,3}){2}$/,
  /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}$/,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}$/,
  /^169\.254(?:\.\d{1,3}){2}$/,
  /^f[cd][0-9a-f]{2}:/i,
  /^fe[89ab][0-9a-f]:/i,
  /^internal-.*\.elb\.amazonaws\.com$/i,
];

/**
 * Whether a private address tells an internal load balancer from others. Where the controllers that the Gateways replace have
 * private addresses as well, as in clusters of one's own, it tells nothing.
 */
export function privateAddressesTell(estate: Estate): boolean {
  const controllers = estate.services.filter((service) => service.type === 'LoadBalancer' && inFrontOf(service, estate) !== null);
  return (
    controllers.length === 0 || !controllers.every((service) => addressesOf(service).some((text) => privateAddresses(text).length > 0))
  );
}

/** What its load balancer has or shall have. */
function addressesOf({ spec = [], annotations, balancers = [] }: Service): readonly string[] {
  const chosen = annotations.filter((entry) => meaningOf(entry)?.kind === 'address');
  return [...balancers, ...[...spec.filter(({ name }) => name === 'spec.loadBalancerIP'), ...chosen].map(({ value }) => value)];
}
