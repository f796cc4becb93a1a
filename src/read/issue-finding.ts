import type { Finding } from '../ledger/finding.ts';
import type { SyntaxIssue } from './compose.ts';
import { findDocument } from './findings.ts';
import type { Placing } from './lines.ts';
import type { LocatedMap } from './located.ts';
import { kindOf } from './objects.ts';
import { mayHoldSecret } from './prefilter.ts';
import type { Chunk } from './split.ts';
import { type Issue, MAX_ALIASED_VALUES, MAX_DEPTH } from './yaml-value.ts';

export interface IssueContext {
  readonly chunk: Chunk;
  readonly objects: readonly LocatedMap[];
  readonly place: Placing;
}

/**
 * Says what is wrong with a document. Inside a Secret the beginning of the object stands for the place, so that no
 * report shows one of its lines.
 */
export function issueFinding(issue: Issue | SyntaxIssue, context: IssueContext): Finding {
  const { chunk, place } = context;
  const secret = hiddenBy(issue, context);
  const at = place(secret ?? issue.at);
  const template = chunk.text.indexOf('{{');
  if ((issue.kind === 'syntax' || issue.kind === 'not-a-key') && template >= 0) {
    const shown = secret === null ? (/\{\{[^\n]*?\}\}/.exec(chunk.text)?.[0] ?? '{{') : '{{';
    return findDocument['helm-template']({ template: shown }, { at: secret === null ? place(chunk.start + template) : at });
  }
  switch (issue.kind) {
    case 'syntax':
      // The parser's sentences quote the text they complain about.
      return findDocument.syntax({ reason: secret === null ? issue.reason : 'it may hold a Secret, so the place is not shown' }, { at });
    case 'duplicate-key':
      return findDocument['duplicate-key']({ key: issue.key, first: place(issue.first).line }, { at });
    case 'not-a-key':
      return findDocument['not-a-key']({}, { at });
    case 'unknown-alias':
      return findDocument['unknown-alias']({ name: secret === null ? issue.name : '…' }, { at });
    case 'not-mergeable':
      return findDocument['not-mergeable']({}, { at });
    case 'too-many-aliases':
      return findDocument['too-many-aliases']({ limit: MAX_ALIASED_VALUES }, { at });
    case 'too-deep':
      return findDocument['too-deep']({ limit: MAX_DEPTH }, { at });
    case 'too-large':
      return findDocument['too-large']({ limit: issue.limit }, { at });
    case 'too-complex':
      return findDocument['too-complex']({ limit: issue.limit }, { at });
    default:
      return unreachable(issue);
  }
}

export function isWithin(object: LocatedMap, offset: number): boolean {
  return object.at <= offset && offset < object.end;
}

function hiddenBy(issue: Issue | SyntaxIssue, { chunk, objects }: IssueContext): number | null {
  if (issue.kind === 'syntax') return mayHoldSecret(chunk.text) ? chunk.start : null;
  return objects.find((object) => kindOf(object) === 'Secret' && isWithin(object, issue.at))?.at ?? null;
}

function unreachable(issue: never): never {
  throw new Error(`issue without a finding: ${JSON.stringify(issue)}`);
}
