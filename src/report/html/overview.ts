import type { IngressStatus, LedgerEntry } from '../../ledger/ledger.ts';
import type { Outcome } from '../../ledger/outcome.ts';
import type { WithheldRoute } from '../../ledger/problem.ts';
import { compareText, placeText } from '../../model/position.ts';
import { grouped } from '../grouped.ts';
import type { ReportInput } from '../input.ts';
import { baselineLine, shownFindings } from '../shown.ts';
import { markupText } from '../xml.ts';
import { outcomeBar, outcomeLegend } from './outcome-bar.ts';

const MOST_WITHHELD = 20;
const MOST_ROWS = 300;
const MOST_STEPS = 6;
const STATUSES = ['converted', 'partial', 'withheld', 'skipped'] as const;

/** The estate at a glance: what is withheld first, then how everything ended, by namespace and vendor. */
export function overview(input: ReportInput): string {
  return [numbers(input), withheldSection(input), outcomeSection(input), stepSection(input), statusSection(input)].join('\n');
}

function numbers({ ledger, summary, lost, baseline }: ReportInput): string {
  const count = (status: IngressStatus['status']) => ledger.ingresses.filter((ingress) => ingress.status === status).length;
  const total = sum(Object.values(summary.entries));
  const objects = sum(Object.values(summary.objects));
  const cards = [
    card(
      summary.ingresses,
      summary.ingresses === 1 ? 'Ingress' : 'Ingresses',
      STATUSES.map((status) => `${count(status)} ${status}`).join(', '),
    ),
    card(
      summary.withheld,
      summary.withheld === 1 ? 'route withheld' : 'routes withheld',
      'not written, because they would be open',
      summary.withheld > 0 ? 'bad' : 'good',
    ),
    card(total, 'settings', `${summary.entries.converted} carried over; ${lost} lost`),
    card(
      objects,
      'objects written',
      Object.entries(summary.objects)
        .map(([kind, number]) => `${number} ${kind}`)
        .join(', ') || 'none',
    ),
  ];
  const state = baseline === null ? '' : `<p class="notice">${markupText(baselineLine(baseline))}</p>`;
  return `<section class="cards" aria-label="Numbers">${cards.join('')}</section>${state}`;
}

function card(value: number, label: string, more: string, tone = ''): string {
  return `<div class="card ${tone}"><strong>${value}</strong> <span>${markupText(label)}</span><small>${markupText(more)}</small></div>`;
}

function withheldSection({ withheld, lineOf, waived }: ReportInput): string {
  if (withheld.length === 0) return '<section><h2>Withheld routes</h2><p>None: every protection could be written.</p></section>';
  const accepted = new Set(waived.map(({ finding }) => finding));
  const items = withheld.slice(0, MOST_WITHHELD).map((route) => withheldItem(route, lineOf, accepted.has(route.reason)));
  const rest = withheld.length - items.length;
  const more = rest > 0 ? `<p><a href="#/routes?state=withheld">${rest} more among the routes</a></p>` : '';
  return `<section><h2>Withheld routes</h2><p>Nothing answers for these until somebody decides: without their protection they would be open.</p><ul class="items">${items.join('')}</ul>${more}</section>`;
}

function withheldItem({ ingress, host, path, reason }: WithheldRoute, lineOf: ReportInput['lineOf'], isAccepted: boolean): string {
  const place = reason.at === null ? '' : placeText(reason.at, 'line');
  const line = reason.at === null ? null : lineOf(reason.at.file, reason.at.line);
  return `<li class="bad"><h3><code>${markupText(`${host === '' ? 'any host, ' : host}${path}`)}</code> <a href="#/ns/${encodeURIComponent(ingress.namespace)}">${markupText(`${ingress.namespace}/${ingress.name}`)}</a>${isAccepted ? ' <span class="tag">accepted</span>' : ''}</h3><p>${markupText(reason.message)}</p>${place === '' ? '' : `<p class="place">${markupText(place)}${line === null ? '' : `<code>${markupText(line.trim().slice(0, 200))}</code>`}</p>`}${helpText(reason.help)}</li>`;
}

function helpText(help: string): string {
  return help === '' ? '' : `<p class="help"><b>What to do</b> ${markupText(help)}</p>`;
}

function outcomeSection({ ledger, summary, target }: ReportInput): string {
  const namespaces = countBy(ledger.entries, ({ entry }) => (entry.ingress ?? entry.object).namespace);
  const vendorOf = new Map(ledger.ingresses.map(({ ref, vendor }) => [ref, vendor]));
  const vendors = countBy(ledger.entries, ({ entry }) => (entry.ingress === null ? '' : (vendorOf.get(entry.ingress) ?? '')));
  const targets = [[target.label, summary.entries]] as const;
  return `<section><h2>How every setting ended</h2>${outcomeLegend(summary.entries)}${table('Target', targets, null)}${table('Vendor', vendors, null)}${table('Namespace', namespaces, '#/ns/')}</section>`;
}

type Counts = Readonly<Record<Outcome, number>>;

function countBy(entries: readonly LedgerEntry[], keyOf: (line: LedgerEntry) => string): readonly (readonly [string, Counts])[] {
  const groups = new Map<string, Record<Outcome, number>>();
  for (const line of entries) {
    const key = keyOf(line);
    const counts = groups.get(key) ?? { converted: 0, approximated: 0, manual: 0, unmapped: 0, inert: 0, unknown: 0, waived: 0 };
    counts[line.outcome]++;
    groups.set(key, counts);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b));
}

const COLUMNS: readonly Outcome[] = ['unmapped', 'unknown', 'manual', 'approximated'];

function table(title: string, rows: readonly (readonly [string, Counts])[], link: string | null): string {
  const shown = rows.slice(0, MOST_ROWS).map(([name, counts]) => {
    const label = markupText(name === '' ? 'none' : name);
    const head = link === null || name === '' ? label : `<a href="${link}${encodeURIComponent(name)}">${label}</a>`;
    const cells = COLUMNS.map((outcome) => `<td class="number">${counts[outcome]}</td>`).join('');
    return `<tr><th scope="row">${head}</th><td class="bar">${outcomeBar(counts)}</td><td class="number">${sum(Object.values(counts))}</td>${cells}</tr>`;
  });
  const rest = rows.length - shown.length;
  const heads = COLUMNS.map((outcome) => `<th scope="col" class="number">${outcome}</th>`).join('');
  const more = rest > 0 ? `<caption>${rest} more can be chosen in the lists</caption>` : '';
  return `<table class="outcomes">${more}<thead><tr><th scope="col">${title}</th><th scope="col">outcomes</th><th scope="col" class="number">settings</th>${heads}</tr></thead><tbody>${shown.join('')}</tbody></table>`;
}

/** The gravest kinds of finding, and how often each occurs. */
function stepSection(input: ReportInput): string {
  const told = new Set(input.withheld.map(({ reason }) => reason));
  const groups = grouped(
    shownFindings(input).filter((finding) => finding.level !== 'note' && !told.has(finding)),
    'code',
  );
  if (groups.length === 0) return '';
  const items = groups.slice(0, MOST_STEPS).map(({ first, others }) => {
    const times = others.length === 0 ? '' : ` <span class="tag">${others.length + 1} times</span>`;
    const link = `<a href="#/findings?code=${encodeURIComponent(first.code)}">${markupText(first.code)}</a>`;
    return `<li class="${first.level}"><h3>${link}${times}</h3><p>${markupText(first.message)}</p>${helpText(first.help)}</li>`;
  });
  const rest = groups.length - items.length;
  const more = rest > 0 ? `<p><a href="#/findings">${rest} more kinds of finding</a></p>` : '';
  return `<section><h2>What to look at next</h2><ul class="items">${items.join('')}</ul>${more}</section>`;
}

function statusSection({ waived, baseline }: ReportInput): string {
  const accepted = waived.slice(0, MOST_ROWS).map(({ finding, reason, until }) => {
    const whose = finding.ingress === null ? '' : ` of ${finding.ingress.namespace}/${finding.ingress.name}`;
    return `<li><code>${markupText(finding.code)}</code>${markupText(whose)}: ${markupText(reason)}${until === null ? '' : ` <span class="tag">until ${markupText(until)}</span>`}</li>`;
  });
  const gone = (baseline?.gone ?? []).slice(0, MOST_ROWS).map(({ code, ingress, subject }) => {
    return `<li><code>${markupText(code)}</code> ${markupText([ingress, subject].filter((part) => part !== '').join(' '))}</li>`;
  });
  return [
    accepted.length === 0 ? '' : `<section><h2>Accepted</h2><ul>${accepted.join('')}</ul></section>`,
    gone.length === 0 ? '' : `<section><h2>Gone since the baseline</h2><ul>${gone.join('')}</ul></section>`,
  ].join('');
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
