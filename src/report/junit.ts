import type { Finding } from '../ledger/finding.ts';
import type { IngressStatus } from '../ledger/ledger.ts';
import type { Problem } from '../ledger/problem.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText, placeText } from '../model/position.ts';
import type { ReportInput } from './input.ts';
import { inOrder } from './order.ts';
import { shownFindings } from './shown.ts';
import { helpWithSteps } from './steps.ts';
import { markupText } from './xml.ts';

/**
 * JUnit XML as Jenkins, GitLab and Azure DevOps read it: a suite for each namespace, a case for each Ingress. A case fails
 * when something of its Ingress makes the run fail; one that was not converted at all, and fails nothing, is skipped.
 */
export function report(input: ReportInput): string {
  const failing = byIngress(input.failing);
  const suites = byNamespace(input.ledger.ingresses);
  const parts = [...suites]
    .sort(([a], [b]) => compareText(a, b))
    .map(([namespace, ingresses]) =>
      suite(
        namespace,
        ingresses.map((ingress) => ingressCase(ingress, failing.get(ingress.ref) ?? [])),
      ),
    );
  const loose = looseCases(input);
  const all = [...parts, ...(loose.length === 0 ? [] : [suite('input', loose)])];
  const cases = all.reduce((sum, part) => sum + part.tests, 0);
  const failures = all.reduce((sum, part) => sum + part.failures, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gateshift" tests="${cases}" failures="${failures}">\n${all.map(({ text }) => text).join('')}</testsuites>\n`;
}

interface Case {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly text: string;
}

function suite(name: string, cases: readonly Case[]) {
  const count = (kind: Case['kind']) => cases.filter((each) => each.kind === kind).length;
  const failures = count('failed');
  const head = `<testsuite name="${markupText(name)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${count('skipped')}" time="0">`;
  return { tests: cases.length, failures, text: `  ${head}\n${cases.map(({ text }) => text).join('')}  </testsuite>\n` };
}

function ingressCase({ ref, status, reason }: IngressStatus, problems: readonly Problem[]): Case {
  const open = `    <testcase classname="${markupText(ref.namespace)}" name="${markupText(ref.name)}" file="${markupText(ref.at.file)}" line="${ref.at.line}" time="0"`;
  const findings = inOrder([...new Set(problems.map(({ finding }) => finding))]);
  if (findings.length > 0) return { kind: 'failed', text: `${open}>\n${failure(findings)}    </testcase>\n` };
  if (status === 'skipped')
    return { kind: 'skipped', text: `${open}>\n      <skipped message="${markupText(reason)}"/>\n    </testcase>\n` };
  return { kind: 'passed', text: `${open}/>\n` };
}

function failure(findings: readonly Finding[]): string {
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const message = first === undefined ? '' : `${first.message}${more}`;
  const body = findings.map(findingText).join('\n');
  return `      <failure type="${markupText(first?.code ?? '')}" message="${markupText(message)}">${body}</failure>\n`;
}

function findingText(finding: Finding): string {
  const { code, level, message, at } = finding;
  const help = helpWithSteps(finding);
  const place = at === null ? '' : `${placeText(at)}: `;
  return [`${place}${level}[${code}] ${message}`, ...(help === '' ? [] : [`  ${help}`])].map(markupText).join('\n');
}

/** Broken input and refused objects that no Ingress stands for. */
function looseCases(input: ReportInput): readonly Case[] {
  const failing = new Set(input.failing.filter(({ ingress }) => ingress === null).map(({ finding }) => finding));
  return inOrder(shownFindings(input))
    .filter((finding) => failing.has(finding) || (finding.ingress === null && finding.level === 'error'))
    .map((finding) => {
      const name = finding.at === null ? finding.code : `${placeText(finding.at, 'line')} ${finding.code}`;
      return {
        kind: 'failed',
        text: `    <testcase classname="input" name="${markupText(name)}" time="0">\n${failure([finding])}    </testcase>\n`,
      };
    });
}

function byNamespace(ingresses: readonly IngressStatus[]): ReadonlyMap<string, readonly IngressStatus[]> {
  const groups = new Map<string, IngressStatus[]>();
  for (const ingress of ingresses) {
    const group = groups.get(ingress.ref.namespace);
    if (group === undefined) groups.set(ingress.ref.namespace, [ingress]);
    else group.push(ingress);
  }
  return groups;
}

function byIngress(problems: readonly Problem[]): ReadonlyMap<IngressRef, readonly Problem[]> {
  const own = new Map<IngressRef, Problem[]>();
  for (const problem of problems) {
    if (problem.ingress === null) continue;
    const list = own.get(problem.ingress);
    if (list === undefined) own.set(problem.ingress, [problem]);
    else list.push(problem);
  }
  return own;
}
