import { packs } from '../../rules/index.ts';
import { definedFindings } from '../ledger/finding.ts';
import { nearest } from '../rule/nearest.ts';
import type { Target } from '../targets/contract.ts';
import { type AnnotationReference, annotationReference } from './annotations.ts';
import { type FindingText, findingText } from './finding-text.ts';

/** What is known of a key or a code. */
export type Explanation =
  /** `written` is the key as asked for; several where vendors, or rules of tools, share it. */
  | { readonly kind: 'annotation'; readonly written: string; readonly found: readonly ExplainedAnnotation[] }
  | { readonly kind: 'finding'; readonly finding: FindingText }
  /** A part of codes, from the front or the back of them, `nginx/canary` or `no-field`: all findings of it. */
  | { readonly kind: 'findings'; readonly scope: string; readonly findings: readonly FindingText[] }
  | { readonly kind: 'unknown'; readonly nearest: string | null };

export interface ExplainedAnnotation {
  readonly annotation: AnnotationReference;
  /** What its rule can report. */
  readonly findings: readonly FindingText[];
}

/** An annotation by its full name, or by the part behind the slash; a finding by its code, all that begin with it, or all that end with it. */
export function explain(key: string, targets: readonly Target[]): Explanation {
  const findings = reportable();
  const finding = findings.find(({ code }) => code === key);
  if (finding !== undefined) return { kind: 'finding', finding: findingText(finding) };
  const references = annotationReference(targets);
  const found = annotationsFor(key, references);
  if (found.length > 0)
    return { kind: 'annotation', written: key, found: found.map((annotation) => ({ annotation, findings: findingsOf(annotation) })) };
  const within = findings.filter(({ code }) => code.startsWith(`${key}/`));
  if (within.length > 0) return { kind: 'findings', scope: key, findings: within.map(findingText) };
  const ending = findings.filter(({ code }) => code.endsWith(`/${key}`));
  const [only, ...others] = ending;
  if (only !== undefined && others.length === 0) return { kind: 'finding', finding: findingText(only) };
  if (ending.length > 0) return { kind: 'findings', scope: key, findings: ending.map(findingText) };
  const names = references.map(({ name }) => name);
  const known = [...names, ...names.map(shortName), ...findings.map(({ code }) => code)].filter((name) => name.length > 2);
  return { kind: 'unknown', nearest: nearest(key, [...new Set(known)]) };
}

/** Rows define more findings than they can report: those say nothing. */
function reportable() {
  return definedFindings().filter((finding) => findingText(finding).message !== '');
}

function annotationsFor(key: string, references: readonly AnnotationReference[]): readonly AnnotationReference[] {
  const exact = references.filter(({ name }) => name === key);
  if (exact.length > 0) return exact;
  const short = references.filter(({ name }) => shortName(name) === key && !name.endsWith('*'));
  if (short.length > 0) return short;
  const families = references.filter(({ name }) => name.length > 1 && name.endsWith('*') && key.startsWith(name.slice(0, -1)));
  const longest = Math.max(0, ...families.map(({ name }) => name.length));
  // The prefix of a vendor is no family: what no rule owns there is unknown, not taken by a tool.
  return packs.some(({ prefixes }) => prefixes.some((prefix) => key.startsWith(prefix)))
    ? families.filter(({ name, vendor }) => vendor !== null && name.length === longest)
    : families.filter(({ name }) => name.length === longest);
}

/** Without the prefix of its vendor, or the word for keys of a ConfigMap. */
function shortName(name: string): string {
  return name.replace(/^[^/:]*[/:]/, '');
}

function findingsOf({ rule: id, vendor }: AnnotationReference): readonly FindingText[] {
  const rule = packs.find((pack) => pack.vendor === vendor)?.rules.find((each) => each.id === id);
  const codes = new Set(Object.values(rule?.findings ?? {}).map(({ code }) => code));
  return reportable()
    .filter(({ code }) => codes.has(code))
    .map(findingText);
}
