import type { Difference } from '../ledger/finding.ts';
import { answerText } from './answer.ts';
import { requestText } from './request.ts';
import type { Discrepancy, Verification } from './verify.ts';

/** Gravest first. */
const ORDER: readonly Difference[] = [
  'protection',
  'wider',
  'wrong-backend',
  'unreachable',
  'redirect',
  'wrong-path',
  'weight',
  'narrower',
  'headers',
  'status',
];

const CLASS_NAMES: Readonly<Record<Difference, string>> = {
  protection: 'protection lost',
  wider: 'wider than before',
  'wrong-backend': 'wrong backend',
  unreachable: 'unreachable',
  redirect: 'redirect lost or changed',
  'wrong-path': 'wrong path',
  weight: 'weights',
  narrower: 'narrower than before',
  headers: 'headers',
  status: 'status',
};

/** The report for people. `all`: explained differences one by one as well. */
export function verificationText(verification: Verification, all: boolean): string {
  const { requests, same, reduced, discrepancies } = verification;
  const unexplained = discrepancies.filter((item) => item.explained === null);
  const explained = discrepancies.length - unexplained.length;
  const lines = [
    `${count(requests)} requests compared, ${count(same)} the same, ${count(discrepancies.length)} differ (${count(explained)} announced by the conversion, ${count(unexplained.length)} not)`,
  ];
  if (reduced > 0)
    lines.push(
      `${count(reduced)} further combinations were left out: conditions vary one at a time, and a host gets at most 4,000 requests`,
    );
  for (const [code, items] of groups(discrepancies.filter((item) => item.explained !== null))) {
    const [first] = items;
    if (first !== undefined) lines.push(`  announced by ${code}: ${count(items.length)}, e.g. ${requestText(first.request)}`);
  }
  const shown = [...unexplained, ...(all ? discrepancies.filter((other) => other.explained !== null) : [])].sort(byGravity);
  for (const items of alike(shown)) {
    const [first] = items;
    if (first === undefined) continue;
    lines.push(
      '',
      ...block(first),
      ...(items.length === 1
        ? []
        : [
            `  and ${count(items.length - 1)} more requests between the same rules, e.g. ${items
              .slice(1, 3)
              .map((item) => requestText(item.request))
              .join(', ')}`,
          ]),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Requests that the same two rules answer differently in the same way, in the order of the first. */
function alike(items: readonly Discrepancy[]): readonly (readonly Discrepancy[])[] {
  const byRules = new Map<string, Discrepancy[]>();
  for (const item of items) {
    const key = [item.differences.join(), item.beforeSource, item.afterSource, item.explained?.code ?? '', item.request.scheme].join('\n');
    byRules.set(key, [...(byRules.get(key) ?? []), item]);
  }
  return [...byRules.values()];
}

function groups(items: readonly Discrepancy[]): readonly (readonly [string, readonly Discrepancy[]])[] {
  const byCode = new Map<string, Discrepancy[]>();
  for (const item of items) byCode.set(item.explained?.code ?? '', [...(byCode.get(item.explained?.code ?? '') ?? []), item]);
  return [...byCode].sort(([, a], [, b]) => b.length - a.length);
}

function block(item: Discrepancy): readonly string[] {
  const place = item.at === null ? '' : ` (${item.at.file}:${item.at.line})`;
  return [
    `${item.differences.map((difference) => CLASS_NAMES[difference]).join(', ')}: ${requestText(item.request)}`,
    `  before  ${answerText(item.before)}`,
    `          ${item.beforeSource === '' ? 'no rule' : item.beforeSource}${place}`,
    `  after   ${answerText(item.after)}`,
    `          ${item.afterSource === '' ? 'no rule' : item.afterSource}`,
    item.explained === null ? '  nothing announced this' : `  announced: ${item.explained.code}: ${item.explained.message}`,
  ];
}

function byGravity(a: Discrepancy, b: Discrepancy): number {
  const rank = (item: Discrepancy) => Math.min(...item.differences.map((difference) => ORDER.indexOf(difference)));
  return Number(a.explained !== null) - Number(b.explained !== null) || rank(a) - rank(b);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
