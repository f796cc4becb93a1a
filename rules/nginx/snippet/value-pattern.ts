/** nginx looks for the pattern anywhere in the value; engines that match the whole value need the rest said. */
export function anywhere(pattern: string): string {
  const start = pattern.startsWith('^');
  const end = /(?:^|[^\\])(?:\\\\)*\$$/.test(pattern);
  const isOne = !hasAlternatives(pattern);
  if (isOne) {
    const inner = pattern.slice(start ? 1 : 0, end ? -1 : undefined);
    return `${start ? '^' : '.*'}${inner}${end ? '$' : '.*'}`;
  }
  return `.*(?:${pattern}).*`;
}

/** A `|` that stands in no group and no class. */
function hasAlternatives(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  let depth = 0;
  for (const char of bare) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === '|' && depth === 0) return true;
  }
  return false;
}

/** Letters as classes of both cases, which every engine understands; null where the pattern has letters that it cannot tell. */
export function ignoringCase(pattern: string): string | null {
  if (/\(\?|\[|\\[^.\-/\\$^|()[\]{}?*+ ]/.test(pattern)) return null;
  return pattern.replace(/\\.|[A-Za-z]/g, (part) => (part.startsWith('\\') ? part : `[${part.toUpperCase()}${part.toLowerCase()}]`));
}
