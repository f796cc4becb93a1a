const MAX_LENGTH = 1024;

/**
 * A path as text, written as the value of an `Exact` or `PathPrefix` match: characters outside Gateway API's set are
 * percent-encoded (controllers compare decoded paths). null where the CRD refuses the value whatever the spelling.
 */
export function gatewayPathValue(text: string): string | null {
  if (!text.startsWith('/') || text.includes('//') || /\/\.\.?(?:\/|$)/.test(text)) return null;
  const value = encodePath(text);
  return value === null || value.length > MAX_LENGTH ? null : value;
}

/** Percent-encodes what may not stand in a Gateway API path; null for text that is not valid Unicode. */
export function encodePath(text: string): string | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  return text.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/gu, (char) => encodeURIComponent(char));
}
