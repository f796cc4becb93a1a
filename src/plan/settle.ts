import type { Settlement, WrittenField } from '../ledger/outcome.ts';
import type { Entry, ObjectRef } from '../model/entry.ts';
import type { Statement } from './draft.ts';

/** A statement and the object and rule it was written to; null when it was not. */
export interface Placed {
  readonly statement: Statement;
  readonly object: ObjectRef | null;
  /** Field path of the rule inside the object, e.g. `spec.rules[2]`. */
  readonly base: string;
}

/** Weak statements give way to any other about the same entry: a host is not lost because one of its paths is. */
export function settle(placed: readonly Placed[], alreadySettled: ReadonlySet<Entry>): readonly Settlement[] {
  const strong = new Set<Entry>(alreadySettled);
  for (const { statement } of placed) if (statement.weak !== true) for (const entry of statement.entries) strong.add(entry);
  const settled: Settlement[] = [];
  for (const { statement, object, base } of placed) {
    const { outcome, finding, weak } = statement;
    const wrote = written(statement, object, base);
    for (const entry of statement.entries) if (weak !== true || !strong.has(entry)) settled.push({ entry, outcome, finding, wrote });
  }
  return settled;
}

function written(statement: Statement, object: ObjectRef | null, base: string): readonly WrittenField[] {
  if (object === null || statement.field === null) return [];
  return [{ ...object, field: `${base}${statement.field}` }];
}
