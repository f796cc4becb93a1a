/** A rewrite target as ingress-nginx and nginx read it. Numbers are capture groups. */
export type RewriteTarget =
  | { readonly kind: 'path'; readonly template: readonly (string | number)[] }
  /** nginx answers 302 when the replacement begins with a scheme. The query is kept. */
  | { readonly kind: 'redirect'; readonly origin: RedirectOrigin; readonly template: readonly (string | number)[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unusable-origin' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'empty' };

/** null = as in the request. */
export interface RedirectOrigin {
  readonly scheme: 'http' | 'https' | null;
  readonly host: string | null;
  readonly port: number | null;
}

/** ingress-nginx drops a target with any other character. */
const ALLOWED = /^[A-Za-z0-9\-._~:/$]*$/;

export function parseRewriteTarget(target: string): RewriteTarget {
  if (target === '') return { kind: 'empty' };
  if (!ALLOWED.test(target)) return { kind: 'invalid' };
  const [scheme, name] = /^(?:(https?)|\$scheme):\/\//.exec(target) ?? [];
  if (scheme === undefined) return template(target);
  const origin = readOrigin(target.slice(scheme.length));
  if (origin === null) return { kind: 'unusable-origin' };
  const path = template(origin.rest);
  if (path.kind !== 'path') return path;
  const { host, port } = origin;
  return { kind: 'redirect', origin: { scheme: name === 'http' || name === 'https' ? name : null, host, port }, template: path.template };
}

/** Host and port, up to the path or to a group that supplies its slash. */
function readOrigin(text: string): (Omit<RedirectOrigin, 'scheme'> & { readonly rest: string }) | null {
  const [whole, host, port] = /^([A-Za-z0-9\-._]+|\$host)(?::(\d{1,5}))?(?=$|\/|\$[1-9])/.exec(text) ?? [];
  if (whole === undefined || host === undefined) return null;
  const number = port === undefined ? null : Number(port);
  if (number !== null && (number < 1 || number > 65_535)) return null;
  return { host: host === '$host' ? null : host.toLowerCase(), port: number, rest: text.slice(whole.length) };
}

/** nginx reads one digit after `$`: `$12` is group 1 and a 2. */
function template(text: string): Extract<RewriteTarget, { kind: 'path' | 'variable' }> {
  const parts: (string | number)[] = [];
  for (const [piece] of text.matchAll(/\$[1-9]|\$[A-Za-z0-9_]*|[^$]+/g)) {
    if (!piece.startsWith('$')) parts.push(piece);
    else if (/^\$[1-9]$/.test(piece)) parts.push(Number(piece.slice(1)));
    else return { kind: 'variable', name: piece.slice(1) };
  }
  return { kind: 'path', template: parts };
}
