import type { Difference } from '../ledger/finding.ts';
import type { Answer, Share } from './answer.ts';
import type { Request } from './request.ts';

/** How two answers differ; empty when they do not. */
export function compareAnswers(before: Answer, after: Answer, request: Request): readonly Difference[] {
  if (before.kind === 'undecidable' || after.kind === 'undecidable') return ['wrong-path'];
  switch (after.kind) {
    case 'backends':
      return toBackends(before, after, request);
    case 'passthrough':
      return toPassthrough(before, after.shares);
    case 'redirect':
      return toRedirect(before, after, request);
    case 'error':
    case 'unreachable':
      return toNothing(before, after);
    default:
      return after satisfies never;
  }
}

type Decided = Exclude<Answer, { kind: 'undecidable' }>;

function toBackends(before: Decided, after: Extract<Answer, { kind: 'backends' }>, request: Request): readonly Difference[] {
  switch (before.kind) {
    case 'backends': {
      const lost = before.protections.some((protection) => !after.protections.includes(protection));
      return [...(lost ? (['protection'] as const) : []), ...compareShares(before.shares, after.shares)];
    }
    case 'redirect':
      // Clear text reached nobody before: the controller sent it to https.
      return isUpgrade(before, request) ? ['protection'] : ['redirect'];
    case 'passthrough':
      return ['wrong-backend'];
    case 'error':
      return [isAnswer(before) ? 'wrong-backend' : 'wider'];
    case 'unreachable':
      return ['wider'];
    default:
      return before satisfies never;
  }
}

/** A response of the proxy's own that refuses nothing. */
function isAnswer({ status }: Extract<Answer, { kind: 'error' }>): boolean {
  return status < 400;
}

function toPassthrough(before: Decided, shares: readonly Share[]): readonly Difference[] {
  switch (before.kind) {
    case 'passthrough':
      return compareShares(before.shares, shares);
    case 'backends':
      return before.protections.length > 0 ? ['protection', 'wrong-backend'] : ['wrong-backend'];
    case 'redirect':
      return ['redirect'];
    case 'error':
    case 'unreachable':
      return ['wider'];
    default:
      return before satisfies never;
  }
}

function toRedirect(before: Decided, after: Extract<Answer, { kind: 'redirect' }>, request: Request): readonly Difference[] {
  if (before.kind === 'redirect') return before.status === after.status && before.location === after.location ? [] : ['redirect'];
  const answered = before.kind === 'backends' || before.kind === 'passthrough' || (before.kind === 'error' && isAnswer(before));
  if (answered) return ['redirect'];
  // Refused over https then, as far as the redirect is concerned: nothing was served in clear text, and nothing is.
  return before.kind === 'error' && isUpgrade(after, request) ? ['status'] : ['wider'];
}

/** Nobody listening, no rule that takes the request, and a rule without a usable backend. */
function toNothing(before: Decided, after: Extract<Answer, { kind: 'error' | 'unreachable' }>): readonly Difference[] {
  const isCut = after.kind === 'unreachable' || after.status >= 500;
  switch (before.kind) {
    case 'backends':
    case 'passthrough':
      return [isCut ? 'unreachable' : 'narrower'];
    case 'redirect':
      return ['redirect', ...(after.kind === 'unreachable' ? (['unreachable'] as const) : [])];
    case 'error':
      // Errors of any status, and nobody listening, are all refusals; another status is worth a word only between errors.
      return after.kind === 'error' && before.status !== after.status ? ['status'] : [];
    case 'unreachable':
      return [];
    default:
      return before satisfies never;
  }
}

/** To the same host over TLS; a redirect to elsewhere protects nothing. */
export function isUpgrade(answer: Answer, request: Request): boolean {
  if (request.scheme !== 'http' || answer.kind !== 'redirect') return false;
  return answer.location.startsWith(`https://${request.host}/`) || answer.location.startsWith(`https://${request.host}:`);
}

/** Weights are compared as parts of their sums. */
function compareShares(before: readonly Share[], after: readonly Share[]): readonly Difference[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  if (was.size !== is.size || [...was.keys()].some((backend) => !is.has(backend))) return ['wrong-backend'];
  const differences = new Set<Difference>();
  if ([...was].some(([backend, part]) => Math.abs(part - (is.get(backend) ?? 0)) > 1e-9)) differences.add('weight');
  for (const share of before) {
    const other = after.find((candidate) => candidate.backend === share.backend);
    if (other === undefined) continue;
    if (other.path !== share.path) differences.add('wrong-path');
    if (other.host?.toLowerCase() !== share.host?.toLowerCase()) differences.add('headers');
  }
  return [...differences];
}

function partsOf(shares: readonly Share[]): ReadonlyMap<string, number> {
  const total = shares.reduce((sum, share) => sum + share.weight, 0);
  const parts = new Map<string, number>();
  for (const { backend, weight } of shares) parts.set(backend, (parts.get(backend) ?? 0) + weight / total);
  return parts;
}
