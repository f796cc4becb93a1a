/**
 * Writes a path as people and kubectl write it: `spec.rules[0].filters[1]`, `metadata.annotations["example.com/key"]`.
 * Numbers are list positions, everything else is a field name or a key of a map.
 */
export function fieldPath(segments: readonly (string | number)[]): string {
  let path = '';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else if (PLAIN_NAME.test(segment)) path += path === '' ? segment : `.${segment}`;
    else path += `[${JSON.stringify(segment)}]`;
  }
  return path;
}

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;
