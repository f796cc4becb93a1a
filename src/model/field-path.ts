/**
 * Adds one segment to a path as people and kubectl write it: `spec.rules` + 0 → `spec.rules[0]`. Numbers are list
 * positions, everything else is a field name or the key of a map.
 */
export function appendSegment(path: string, segment: string | number): string {
  if (typeof segment === 'number') return `${path}[${segment}]`;
  if (PLAIN_NAME.test(segment)) return path === '' ? segment : `${path}.${segment}`;
  return `${path}[${JSON.stringify(segment)}]`;
}

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;
