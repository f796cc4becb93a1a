import type { SettingRow } from '../page-data.ts';
import { h } from './dom.ts';
import type { Estate } from './estate.ts';
import { chosen, textFilter } from './filters.ts';
import { paged } from './paged.ts';

export const OUTCOME_CHOICE = {
  name: 'outcome',
  title: 'Outcome',
  values: ['unmapped', 'unknown', 'manual', 'approximated', 'converted', 'inert', 'waived'],
};

/** Every setting that fits: where it stands, how it ended, where it went or why it did not. */
export function settingTable(estate: Estate, filters: URLSearchParams, namespace: string | null): readonly Node[] {
  const { data, text } = estate;
  const [isOutcome, isCode, isVendor, isNamespace] = ['outcome', 'code', 'vendor', 'ns'].map((name) => chosen(filters, name));
  const isFound = textFilter(filters.get('q') ?? '', estate);
  const rows = data.settings.filter(([ingress, key, value, file, , outcome, finding, wrote]) => {
    const why = data.findings[finding];
    const own = data.ingresses[ingress];
    if (!isOutcome?.(text(outcome)) || !isVendor?.(estate.vendorOf(ingress)) || !isNamespace?.(estate.namespaceOf(ingress))) return false;
    if (namespace !== null && estate.namespaceOf(ingress) !== namespace) return false;
    if (filters.has('code') && !isCode?.(text(why?.[0] ?? -1))) return false;
    return isFound([key, value, file, outcome, wrote, why?.[0] ?? -1, why?.[2] ?? -1, own?.[0] ?? -1, own?.[1] ?? -1]);
  });
  const heads = ['Ingress', 'place', 'setting', 'value', 'outcome', 'where it went, or why it did not'];
  const body = h('tbody', {});
  const table = h(
    'table',
    { class: 'settings' },
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    body,
  );
  const [found, , more] = paged(rows, 200, body, (row) => settingRow(row, estate), 'settings');
  return [found, table, more].filter((node) => node !== undefined);
}

function settingRow([ingress, key, value, file, line, outcome, finding, wrote]: SettingRow, estate: Estate): Node {
  const { data, text, ingressName, namespaceOf } = estate;
  const why = data.findings[finding];
  const help = text(why?.[3] ?? -1);
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `#/ns/${encodeURIComponent(namespaceOf(ingress))}` }, ingressName(ingress))),
    h('td', {}, line === -1 ? text(file) : `${text(file)}:${line}`),
    h('td', {}, h('code', {}, text(key))),
    h('td', { class: 'value' }, h('code', {}, text(value))),
    h('td', { class: 'outcome' }, h('span', { class: `dot ${text(outcome)}` }), text(outcome)),
    h(
      'td',
      { class: 'why' },
      wrote === -1 ? null : h('div', {}, `→ ${text(wrote)}`),
      why === undefined ? null : h('div', {}, text(why[2])),
      help === '' ? null : h('details', {}, h('summary', {}, 'What to do'), help),
    ),
  );
}
