/** One document of a file: its text and where it begins. */
export interface Chunk {
  readonly start: number;
  readonly text: string;
}

/**
 * Cuts a file at its document markers, so that a document that does not parse costs the file nothing else. A line that
 * begins with `---` ends a document wherever it stands, in a block scalar and inside quotes too (YAML 1.2 §9.1.2);
 * kubectl cuts at longer rows of dashes as well. JSON values that follow one another are cut apart.
 */
export function splitDocuments(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  const cut = (end: number, next: number): void => {
    const chunk = text.slice(start, end);
    const isDocument = hasContent(chunk);
    // `%YAML 1.1` and comments before a marker belong to the document after it.
    if (!isDocument && /^%/m.test(chunk)) return;
    if (isDocument) for (const value of jsonValues({ start, text: chunk })) chunks.push(value);
    start = next;
  };
  for (const marker of text.matchAll(MARKER)) {
    const isRowOfDashes = marker[0].startsWith('----');
    cut(marker.index, isRowOfDashes ? marker.index + marker[0].length : marker.index);
  }
  cut(text.length, text.length);
  return chunks;
}

const MARKER = /^(?:\uFEFF?---(?=[ \t\r\n]|$)|-{4,}[ \t]*(?:#.*)?\r?$)/gm;

function hasContent(chunk: string): boolean {
  const body = /^\uFEFF?---/.test(chunk) ? chunk.slice(chunk.indexOf('---') + 3) : chunk;
  return CONTENT.test(body);
}

/** A line with something else than a comment or a directive. */
const CONTENT = /^[ \t]*(?![#%])[^\s\uFEFF]/m;

/**
 * `jq` and concatenation write JSON values one after another, which kubectl reads and YAML does not allow. Character by
 * character: a pattern would run out of stack on a string of many megabytes.
 */
function jsonValues(chunk: Chunk): readonly Chunk[] {
  const { text } = chunk;
  if (!/^\s*\{/.test(text)) return [chunk];
  const values: Chunk[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) values.push({ start: chunk.start + start, text: text.slice(start, at + 1) });
    } else if (depth === 0) {
      if (!BETWEEN.test(character)) return [chunk];
    } else if (character === '"') at = stringEnd(text, at);
  }
  return depth === 0 && values.length > 1 ? values : [chunk];
}

const BETWEEN = /[\s,:]/;

/** The closing quote; of a string that its line does not close, the opening one. */
function stringEnd(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 10) return opening;
    if (code === 92) at += 1;
  }
  return opening;
}
