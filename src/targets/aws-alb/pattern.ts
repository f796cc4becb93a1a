/**
 * A path pattern for the load balancer, whose documents do not say whether a pattern has to take the whole path: it is anchored at
 * both ends. They name no flags either, so `(?i)` is written out: `a` → `[aA]`.
 */
export function albPattern(pattern: string): string {
  const insensitive = pattern.startsWith('(?i)');
  const body = pattern.replace(/^\(\?i\)/, '').replace(/^\^/, '');
  const open = body.endsWith('$') && !body.endsWith('\\$') ? body.slice(0, -1) : body;
  return `^${insensitive ? anyCase(open) : open}$`;
}

/** Every letter in both cases; escapes and the inside of sets keep their meaning. */
function anyCase(pattern: string): string {
  let written = '';
  let inSet = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern.charAt(index);
    if (char === '\\') {
      written += char + pattern.charAt(index + 1);
      index += 1;
    } else if (inSet) {
      const range = /^([A-Za-z])-([A-Za-z])/.exec(pattern.slice(index));
      if (range !== null) {
        const [text, from = '', to = ''] = range;
        written += isOneCase(from, to) ? `${from.toLowerCase()}-${to.toLowerCase()}${from.toUpperCase()}-${to.toUpperCase()}` : text;
        index += text.length - 1;
      } else written += /[A-Za-z]/.test(char) ? bothCases(char) : char;
      if (char === ']') inSet = false;
    } else {
      if (char === '[') inSet = true;
      written += /[A-Za-z]/.test(char) ? `[${bothCases(char)}]` : char;
    }
  }
  return written;
}

function isOneCase(from: string, to: string): boolean {
  return (from === from.toLowerCase()) === (to === to.toLowerCase());
}

function bothCases(letter: string): string {
  return letter.toLowerCase() + letter.toUpperCase();
}
