import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { comparePositions, type Position } from '../../model/position.ts';
import { UsageError } from '../io.ts';
import { issueTexts } from './issue-text.ts';
import { type Config, configSchema } from './schema.ts';

export interface ReadConfig {
  readonly config: Config;
  /** Where a setting stands. */
  readonly positionOf: (path: readonly (string | number)[]) => Position;
}

/**
 * A configuration from its text.
 * @throws UsageError with a line for each mistake: `FILE:LINE:COLUMN: what`
 */
export function readConfig(file: string, text: string): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const positionOf = (path: readonly (string | number)[], what: 'key' | 'value' = 'value') => at(offsetOf(document, path, what));
  const fail = (messages: readonly { readonly at: Position; readonly text: string }[]): never => {
    throw new UsageError(
      messages
        .toSorted((a, b) => comparePositions(a.at, b.at))
        .map(({ at: place, text: said }) => `${file}:${place.line}:${place.column}: ${said}`)
        .join('\ngateshift: '),
    );
  };
  if (document.errors.length > 0)
    fail(document.errors.map(({ pos, message }) => ({ at: at(pos[0]), text: message.split('\n', 1)[0] ?? '' })));
  const result = configSchema.safeParse(valueOf(document), { reportInput: true });
  if (!result.success) {
    return fail(
      result.error.issues
        .flatMap((issue) => issueTexts(issue))
        .map(({ path, what, text: said }) => ({ at: positionOf(path, what), text: said })),
    );
  }
  return { config: result.data, positionOf };
}

/** `gatewayApi: 1.5` is a number for YAML, and means what is written; so does a day without quotes. */
function valueOf(document: Document): unknown {
  const root: unknown = document.toJS() ?? {};
  const version = document.get('gatewayApi', true);
  const isNumber = isScalar(version) && typeof version.value === 'number' && typeof version.source === 'string';
  return isNumber && typeof root === 'object' && root !== null ? { ...root, gatewayApi: version.source } : root;
}

/** Of the deepest part of the path that exists. */
function offsetOf(document: Document, path: readonly (string | number)[], what: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last));
      const node = what === 'key' || length < path.length ? pair?.key : (pair?.value ?? pair?.key);
      if (isPlaced(node)) return node.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isPlaced(node)) return node.range[0];
  }
  return isPlaced(document.contents) ? document.contents.range[0] : 0;
}

function isPlaced(node: unknown): node is Node & { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
