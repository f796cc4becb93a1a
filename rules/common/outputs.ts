import type { ObjectMetadata } from '../../src/intent/metadata.ts';
import { defineFindings, type Finding, type Place } from '../../src/ledger/finding.ts';
import type { Outcome } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ToolOutput } from '../../src/rule/pack.ts';

const find = defineFindings('tool/annotation', {
  'invalid-name': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} is no valid annotation name, so the API server refuses the object that carries it`,
    help: () => 'A name has at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash.',
  },
});

export function placeOf(entry: Entry): Place {
  return { at: entry.at, ingress: entry.ingress };
}

/** Written on no object. */
export function nowhere(outcome: Outcome, finding: Finding): ToolOutput {
  return { metadata: [], outcome, finding };
}

/** Copied to the object where the tool looks for it, with the same value and, if not said otherwise, the same name. */
export function copyTo(
  on: ObjectMetadata['on'],
  entry: Entry,
  ingress: Ingress,
  result: CopyResult = { outcome: 'converted', finding: null },
): ToolOutput {
  const name = result.name ?? entry.name;
  if (!isAnnotationName(name)) return nowhere('inert', find['invalid-name']({ name }, placeOf(entry)));
  const { outcome, finding } = result;
  return { metadata: [{ ingress: ingress.ref, on, name, value: entry.value, entry, outcome, finding }], outcome, finding };
}

export interface CopyResult {
  readonly outcome: Outcome;
  readonly finding: Finding | null;
  readonly name?: string;
}

/** What the API server accepts: an optional DNS prefix of at most 253 characters, a name of at most 63. */
export function isAnnotationName(name: string): boolean {
  const [, prefix, own = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(name) ?? [];
  return (prefix === undefined || (prefix.length <= 253 && PREFIX.test(prefix))) && own.length <= 63 && NAME.test(own);
}

const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The value of another annotation of the same Ingress; null when it is absent, empty or no text. */
export function annotationOf(ingress: Ingress, name: string): string | null {
  const entry = ingress.annotations.find((candidate) => candidate.name === name && candidate.malformed !== true);
  return entry === undefined || entry.value === '' ? null : entry.value;
}
