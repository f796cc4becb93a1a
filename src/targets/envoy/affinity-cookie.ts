import type { AffinityCookie } from '../../intent/intent.ts';

/** A name that stands in a Cookie header as it is. */
export function isCookieName(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/.test(name);
}

/** An attribute's value that ends nothing else. */
export function isAttributeValue(value: string): boolean {
  return /^[!-:<-~]*$/.test(value);
}

/** How hashing by a cookie that Envoy makes differs from the controller's cookie, which names an endpoint. */
export function hashedDifferently(
  cookie: AffinityCookie,
  { mode, backends }: { readonly mode: 'balanced' | 'persistent'; readonly backends: number },
): readonly string[] {
  return [
    'each client is assigned anew once',
    mode === 'persistent'
      ? 'some move when endpoints come or go, which the controller avoided'
      : 'some move when endpoints come or go, as today',
    ...(backends > 1 ? ['the split by weight comes first and does not stick'] : []),
    ...(cookie.conditionalSameSiteNone ? ['SameSite=None is sent to every browser'] : []),
    ...(cookie.changeOnFailure ? ['a failing endpoint is left only when it is no longer ready'] : []),
  ];
}
