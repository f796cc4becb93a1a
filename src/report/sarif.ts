import type { Finding } from '../ledger/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Outcome } from '../ledger/outcome.ts';
import type { Position } from '../model/position.ts';
import { codeTitle } from './code-title.ts';
import type { ReportInput, WaivedFinding } from './input.ts';
import { escapedJson } from './json-text.ts';
import { inOrder } from './order.ts';
import { plain } from './plain.ts';
import { helpWithSteps } from './steps.ts';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning of GitHub, GitLab and Azure DevOps reads
 * it. What a waiver accepts is there as suppressed, what the baseline knows as unchanged. GitHub refuses a file with a result
 * that stands nowhere: what is said of the whole run is a notification instead.
 */
export function report(input: ReportInput): string {
  const waivers = new Map(input.waived.map((each) => [each.finding, each]));
  const all = inOrder([...input.ledger.findings, ...waivers.keys()]);
  const findings = all.filter(({ at, ingress }) => at !== null || ingress !== null);
  const notifications = all.filter(({ at, ingress }) => at === null && ingress === null);
  const outcomes = outcomesOf(input.ledger);
  const codes = [...new Set(findings.map(({ code }) => code))];
  const indexes = new Map(codes.map((code, index) => [code, index]));
  const rules = codes.map((code) => ruleOf(code, findings, input));
  const seen = new Map<string, number>();
  const results = findings.map((finding) => {
    const fingerprint = input.fingerprintOf(finding);
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return {
      ruleId: finding.code,
      ruleIndex: indexes.get(finding.code) ?? -1,
      level: finding.level,
      message: { text: messageOf(finding) },
      locations: locationsOf(finding, input),
      partialFingerprints: { primaryLocationLineHash: `${fingerprint}:${count}`, 'gateshift/v1': `${fingerprint}:${count}` },
      ...(input.baseline === null ? {} : { baselineState: input.baseline.known.has(finding) ? 'unchanged' : 'new' }),
      ...suppression(waivers.get(finding)),
      properties: {
        outcome: waivers.has(finding) ? 'waived' : (outcomes.get(finding) ?? null),
        differs: finding.differs,
        ...(finding.host === null ? {} : { host: plain(finding.host) }),
      },
    };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: input.tool.name, version: input.tool.version, semanticVersion: input.tool.version, rules } },
        automationDetails: { id: `gateshift/${input.target.label}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !notifications.some(({ level }) => level === 'error'),
            toolExecutionNotifications: notifications.map(notification),
          },
        ],
        results,
      },
    ],
  };
  return escapedJson(log);
}

/** Advice may name an Ingress: of a rule with many results some examples are enough. */
const MOST_HELPS = 3;

function ruleOf(code: string, findings: readonly Finding[], { behaviourOf }: ReportInput) {
  const own = findings.filter((finding) => finding.code === code);
  const [first] = own;
  const title = codeTitle(code, behaviourOf);
  const docs = behaviourOf(code)?.docs ?? '';
  const helps = [...new Set(own.map((finding) => plain(helpWithSteps(finding))))].filter((text) => text !== '').slice(0, MOST_HELPS);
  const help = helps.join('\n') || 'Nothing is to be done; it is said so that it does not go unnoticed.';
  const isSecurity = own.some(({ security }) => security);
  return {
    id: code,
    name: code
      .split(/[/-]/)
      .map((word) => word.replace(/^./, (letter) => letter.toUpperCase()))
      .join(''),
    shortDescription: { text: title },
    fullDescription: { text: `${title} (${code})` },
    help: { text: help, markdown: `**What to do:** ${markdownText(help).replaceAll('\n', '\n\n')}` },
    ...(/^https:\/\/\S+$/.test(docs) ? { helpUri: docs } : {}),
    defaultConfiguration: { level: first?.level ?? 'warning' },
    properties: {
      tags: ['kubernetes', 'gateway-api', ...(isSecurity ? ['security'] : [])],
      precision: 'very-high',
      // GitHub shows results of security rules by this number: 7 and above is "high".
      ...(isSecurity ? { 'security-severity': first?.level === 'error' ? '8.0' : '5.0' } : { 'problem.severity': severity(first) }),
    },
  };
}

function severity(finding: Finding | undefined): string {
  return finding?.level === 'note' ? 'recommendation' : (finding?.level ?? 'warning');
}

function locationsOf({ at, ingress }: Finding, { lineOf }: ReportInput) {
  const logical =
    ingress === null
      ? {}
      : {
          logicalLocations: [
            { name: plain(ingress.name), fullyQualifiedName: plain(`${ingress.namespace}/${ingress.name}`), kind: 'resource' },
          ],
        };
  const place = at ?? ingress?.at ?? null;
  return [{ ...(place === null ? {} : { physicalLocation: physical(place, lineOf(place.file, place.line)) }), ...logical }];
}

function physical({ file, line, column }: Position, text: string | null) {
  return {
    artifactLocation: artifact(file),
    region: { startLine: line, startColumn: column, ...(text === null ? {} : { snippet: { text: plain(text) } }) },
  };
}

/** Relative paths hang on the root of the checkout, which the reader knows; absolute ones are URIs by themselves. */
function artifact(file: string) {
  const path = file.split('/').map(encodeURIComponent).join('/');
  if (/^(?:\/|[A-Za-z]:\/)/.test(file)) return { uri: `file://${file.startsWith('/') ? '' : '/'}${path.replace(/^([A-Za-z])%3A/, '$1:')}` };
  return { uri: path.replace(/^(?:\.\/)+/, ''), uriBaseId: '%SRCROOT%' };
}

function suppression(waived: WaivedFinding | undefined) {
  if (waived === undefined) return {};
  const { by, reason, until } = waived;
  const justification = plain(`${reason}${until === null ? '' : ` (until ${until})`}`);
  return { suppressions: [{ kind: by === 'annotation' ? 'inSource' : 'external', status: 'accepted', justification }] };
}

/** What the tool has to say of the whole run. */
function notification(finding: Finding) {
  return { descriptor: { id: finding.code }, level: finding.level, message: { text: messageOf(finding) } };
}

function messageOf(finding: Finding): string {
  return [finding.message, ...helpWithSteps(finding).split('\n')]
    .filter((sentence) => sentence !== '')
    .map(plain)
    .join('\n');
}

/** The gravest outcome a finding stands for is the one it was made with: all its entries share it. */
function outcomesOf({ entries }: Ledger): ReadonlyMap<Finding, Outcome> {
  return new Map(entries.flatMap(({ finding, outcome }) => (finding === null ? [] : [[finding, outcome] as const])));
}

function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, (char) => `\\${char}`);
}
