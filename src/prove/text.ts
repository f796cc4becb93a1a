import type { Difference } from '../ledger/finding.ts';
import { answerText } from './answer.ts';
import { differenceName, gravestFirst, gravity } from './differences.ts';
import { count, sourceText } from './phrases.ts';
import { portBlocks, portLines } from './ports-text.ts';
import { type Request, requestText, requestUrl } from './request.ts';
import type { Discrepancy, Verification } from './verify.ts';

/** One difference as it is shown, whatever the answers were: evaluated or received. */
export interface ShownDifference {
  readonly request: Request;
  readonly differences: readonly Difference[];
  /** Replaces the name of the gravest class, where more can be said than that. */
  readonly title: string | null;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** '' for nothing. */
  readonly footer: string;
  /** Requests alike in this differ for the same reason and are shown once. */
  readonly reason: string;
}

/** The report for people. `all`: explained differences one by one as well. */
export function verificationText(verification: Verification, all: boolean): string {
  const { requests, same, reduced, discrepancies } = verification;
  const unexplained = discrepancies.filter((item) => item.explained === null);
  const explained = discrepancies.filter((item) => item.explained !== null);
  const lines = [
    `${count(requests.length)} requests compared, ${count(same)} the same, ${count(discrepancies.length)} differ (${count(explained.length)} announced by the conversion, ${count(unexplained.length)} not)`,
    ...securityLine(verification),
    ...(verification.ports === undefined ? [] : portLines(verification.ports)),
    ...(reduced === 0 ? [] : [`${count(reduced)} further combinations of conditions were left out: each pair of values was tried`]),
  ];
  for (const [code, items] of groups(explained)) {
    const [first] = items;
    if (first !== undefined) lines.push(`  announced by ${code}: ${count(items.length)}, e.g. ${requestText(first.request)}`);
  }
  const shown = [...unexplained.toSorted(byGravity), ...(all ? explained.toSorted(byGravity) : [])];
  const blocks = [
    ...differenceBlocks(shown.map(shownOf)),
    ...(verification.ports === undefined ? [] : portBlocks(verification.ports, all)),
  ];
  return `${[...lines, ...blocks].join('\n')}\n`;
}

function securityLine({ guarded, discrepancies }: Verification): readonly string[] {
  const lost = discrepancies.filter(({ differences }) => differences.includes('protection')).length;
  if (lost > 0) return [`${count(lost)} requests reach a backend without the protection they had`];
  return guarded === 0 ? [] : [`${count(guarded)} of them were protected (authentication, lists, TLS), and none reaches a backend without`];
}

/** Blocks of lines, an empty one before each. Those with the same reason are told once, with the number of the others. */
export function differenceBlocks(items: readonly ShownDifference[]): readonly string[] {
  const byReason = new Map<string, ShownDifference[]>();
  for (const item of items) {
    const known = byReason.get(item.reason);
    if (known === undefined) byReason.set(item.reason, [item]);
    else known.push(item);
  }
  return [...byReason.values()].flatMap(([first, ...others]) => (first === undefined ? [] : ['', ...block(first), ...more(others)]));
}

function block({ request, differences, title, before, after, footer }: ShownDifference): readonly string[] {
  const [first, ...rest] = gravestFirst(differences).map(differenceName);
  return [
    `${[title ?? first, ...rest].join(', ')}: ${requestText(request)}`,
    ...before.map((line, index) => `  ${index === 0 ? 'before' : '      '}  ${line}`),
    ...after.map((line, index) => `  ${index === 0 ? 'after ' : '      '}  ${line}`),
    ...(footer === '' ? [] : [`  ${footer}`]),
  ];
}

function more(others: readonly ShownDifference[]): readonly string[] {
  if (others.length === 0) return [];
  const examples = others.slice(0, 2).map(({ request }) => requestText(request));
  const what = others.length === 1 ? 'request' : 'requests';
  return [`  and ${count(others.length)} more ${what} between the same rules, e.g. ${examples.join(', ')}`];
}

function shownOf(item: Discrepancy): ShownDifference {
  const { request, differences, before, after, explained } = item;
  const loops = after.kind === 'redirect' && after.location === requestUrl(request);
  return {
    request,
    differences,
    title: loops ? 'redirect loop' : null,
    before: [answerText(before), sourceText(item.beforeSource, item.at)],
    after: [answerText(after), sourceText(item.afterSource, item.afterAt)],
    footer: explained === null ? 'nothing announced this' : `announced: ${explained.code}: ${explained.message}`,
    reason: [differences.join(), item.beforeSource, item.afterSource, explained?.code ?? '', request.scheme].join('\n'),
  };
}

function groups(items: readonly Discrepancy[]): readonly (readonly [string, readonly Discrepancy[]])[] {
  const byCode = new Map<string, Discrepancy[]>();
  for (const item of items) {
    const code = item.explained?.code ?? '';
    const known = byCode.get(code);
    if (known === undefined) byCode.set(code, [item]);
    else known.push(item);
  }
  return [...byCode].sort(([, a], [, b]) => b.length - a.length);
}

function byGravity(a: Discrepancy, b: Discrepancy): number {
  return gravity(a.differences) - gravity(b.differences);
}
