/**
 * The path as NGINX compares it (`$uri`): percent-decoded once, dot segments resolved, slashes merged, without query and fragment.
 * null where NGINX answers 400: a broken escape, a null byte, `..` above the root. Bytes that are not UTF-8 become one character each.
 */
export function normalisePath(raw: string): string | null {
  const path = raw.replace(/[?#].*$/s, '');
  if (!path.startsWith('/')) return null;
  const decoded = decode(path);
  if (decoded === null || decoded.includes('\0')) return null;
  const kept: string[] = [];
  // An encoded slash or dot works like a plain one: nginx feeds what it decoded to the same state machine.
  const segments = decoded.slice(1).split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return null;
  }
  const last = segments.at(-1);
  const endsInSlash = last === '' || last === '.' || last === '..';
  return kept.length === 0 ? '/' : `/${kept.join('/')}${endsInSlash ? '/' : ''}`;
}

function decode(path: string): string | null {
  if (!path.includes('%')) return path;
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return null;
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
    }
  });
}
