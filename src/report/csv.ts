import type { Finding } from '../ledger/finding.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { ReportInput } from './input.ts';
import { inOrder } from './order.ts';
import { plain } from './plain.ts';
import { helpWithSteps } from './steps.ts';

const COLUMNS = [
  'namespace',
  'ingress',
  'file',
  'line',
  'column',
  'setting',
  'value',
  'outcome',
  'code',
  'level',
  'security',
  'message',
  'help',
  'wrote',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number>>;

/** A row for each setting, then one for each finding that no setting ended with. RFC 4180, in UTF-8, with a header. */
export function report({ ledger }: ReportInput): string {
  const told = new Set(ledger.entries.map(({ finding }) => finding));
  const rows = [
    ...ledger.entries.map(settingRow),
    ...inOrder(ledger.findings)
      .filter((finding) => !told.has(finding))
      .map(findingRow),
  ];
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}

function settingRow({ entry, outcome, finding, wrote }: LedgerEntry): Row {
  const { ingress, at, key, value } = entry;
  return {
    namespace: ingress?.namespace ?? '',
    ingress: ingress?.name ?? '',
    file: at.file,
    line: at.line,
    column: at.column,
    setting: key,
    value,
    outcome,
    code: finding?.code ?? 'converted',
    level: finding?.level ?? '',
    security: String(finding?.security ?? false),
    message: finding?.message ?? '',
    help: finding === null ? '' : helpWithSteps(finding),
    wrote: wrote.map(({ kind, namespace, name, field }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name} ${field}`).join('; '),
  };
}

function findingRow(finding: Finding): Row {
  const { ingress, at, code, level, security, message } = finding;
  return {
    namespace: ingress?.namespace ?? '',
    ingress: ingress?.name ?? '',
    file: at?.file ?? '',
    line: at?.line ?? '',
    column: at?.column ?? '',
    setting: '',
    value: '',
    outcome: '',
    code,
    level,
    security: String(security),
    message,
    help: helpWithSteps(finding),
    wrote: '',
  };
}

/** Spreadsheets run what begins like a formula: an apostrophe before it makes it text for them. */
function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : plain(value).replace(/^[=+\-@]/, "'$&");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
