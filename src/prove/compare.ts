import type { Difference } from '../ledger/finding.ts';
import type { Answer, Share } from './answer.ts';
import type { Request } from './request.ts';

/** How two answers differ, gravest first; empty when they do not. */
export function compareAnswers(before: Answer, after: Answer, request: Request): readonly Difference[] {
  if (before.kind === 'undecidable' || after.kind === 'undecidable') return ['wrong-path'];
  if (before.kind === 'backends' && after.kind === 'backends')
    return compareBackends(before.shares, after.shares, before.protections, after.protections);
  if (before.kind === 'redirect' && after.kind === 'redirect') return compareRedirects(before, after);
  if (after.kind === 'backends') {
    // Clear text reached nobody before: the controller sent it to https.
    if (before.kind === 'redirect' && request.scheme === 'http' && isToHttps(before.location, request.host)) return ['protection'];
    return before.kind === 'redirect' ? ['redirect'] : ['wider'];
  }
  if (after.kind === 'redirect') return before.kind === 'unreachable' || before.kind === 'error' ? ['wider'] : ['redirect'];
  if (before.kind === 'backends') return [after.kind === 'unreachable' ? 'unreachable' : 'narrower'];
  if (before.kind === 'redirect') return ['redirect', ...(after.kind === 'unreachable' ? (['unreachable'] as const) : [])];
  // Errors of any status, and nobody listening, are all refusals; a different status is worth a word only between errors.
  if (before.kind === 'error' && after.kind === 'error' && before.status !== after.status) return ['status'];
  return [];
}

/** To the same host over TLS; a redirect to elsewhere protects nothing. */
function isToHttps(location: string, host: string): boolean {
  return location.startsWith(`https://${host}/`) || location.startsWith(`https://${host}:`);
}

function compareBackends(
  before: readonly Share[],
  after: readonly Share[],
  protectedBy: readonly string[],
  stillBy: readonly string[],
): readonly Difference[] {
  const differences = new Set<Difference>();
  if (protectedBy.some((protection) => !stillBy.includes(protection))) differences.add('protection');
  const names = (shares: readonly Share[]) => [...new Set(shares.map((share) => share.backend))].sort().join();
  if (names(before) !== names(after)) differences.add('wrong-backend');
  else {
    const part = (shares: readonly Share[], share: Share) =>
      shares.filter((other) => other.backend === share.backend).reduce((sum, other) => sum + other.weight, 0) /
      shares.reduce((sum, other) => sum + other.weight, 0);
    if (before.some((share) => Math.abs(part(before, share) - part(after, share)) > 1e-9)) differences.add('weight');
    for (const share of before) {
      const other = after.find((candidate) => candidate.backend === share.backend);
      if (other !== undefined && other.path !== share.path) differences.add('wrong-path');
      if (other !== undefined && other.host?.toLowerCase() !== share.host?.toLowerCase()) differences.add('headers');
    }
  }
  return [...differences];
}

function compareRedirects(
  before: { status: number; location: string },
  after: { status: number; location: string },
): readonly Difference[] {
  return before.status === after.status && before.location === after.location ? [] : ['redirect'];
}
