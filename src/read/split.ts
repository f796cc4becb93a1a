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
    // `%YAML 1.1` and comments before a marker belong to the document after it.
    if (!hasContent(chunk) && /^%/m.test(chunk)) return;
    chunks.push(...jsonValues({ start, text: chunk }));
    start = next;
  };
  for (const marker of text.matchAll(MARKER)) {
    const isRowOfDashes = marker[0].startsWith('----');
    cut(marker.index, isRowOfDashes ? marker.index + marker[0].length : marker.index);
  }
  cut(text.length, text.length);
  return chunks.filter((chunk) => hasContent(chunk.text));
}

const MARKER = /^(?:\uFEFF?---(?=[ \t\r\n]|$)|-{4,}[ \t]*(?:#.*)?\r?$)/gm;

function hasContent(chunk: string): boolean {
  const body = /^\uFEFF?---/.test(chunk) ? chunk.slice(chunk.indexOf('---') + 3) : chunk;
  return CONTENT.test(body);
}

/** A line with something else than a comment or a directive. */
const CONTENT = /^[ \t]*(?![#%])[^\s\uFEFF]/m;

/** `jq` and concatenation write JSON values one after another, which kubectl reads and YAML does not allow. */
function jsonValues(chunk: Chunk): readonly Chunk[] {
  if (!/^\s*\{/.test(chunk.text)) return [chunk];
  const values: Chunk[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of chunk.text.matchAll(JSON_TOKEN)) {
    if (token === '{' || token === '[') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth === 0) values.push({ start: chunk.start + start, text: chunk.text.slice(start, index + 1) });
    } else if (depth === 0) {
      return [chunk];
    }
  }
  return depth === 0 && values.length > 1 ? values : [chunk];
}

const JSON_TOKEN = /"(?:[^"\\\n]|\\.)*"|[{}[\]]|[^\s{}[\]",:]+/g;
