/**
 * A place in the input. `file` is the path as the user gave it, with `/`, or `<stdin>`; of an object read from a cluster
 * `cluster: kind/namespace/name`. Line and column count from 1, there in what `kubectl get -o json` prints.
 */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Of an object read from a cluster: the field, `spec.rules[0].host`; '' for the object itself. */
  readonly field?: string;
}

/** `web.yaml:12:3`, `web.yaml:12`, or `cluster: ingress/shop/web: spec.rules[0].host`, which nobody has in lines. */
export function placeText({ file, line, column, field }: Position, precision: 'column' | 'line' = 'column'): string {
  if (field !== undefined) return field === '' ? file : `${file}: ${field}`;
  return precision === 'line' ? `${file}:${line}` : `${file}:${line}:${column}`;
}

export function comparePositions(a: Position, b: Position): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Code-unit order: the same on every machine, unlike locale order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
