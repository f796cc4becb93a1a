import type { FindingRow } from '../page-data.ts';
import { h } from './dom.ts';
import { type Estate, isKnown, isListed, isSecurity } from './estate.ts';
import { chosen, textFilter } from './filters.ts';
import { paged } from './paged.ts';

const LEVELS = ['error', 'warning', 'note'];
const SHOWN_PLACES = 3;

export const LEVEL_CHOICE = { name: 'level', title: 'Level', values: LEVELS };

/** The findings that fit, the gravest first; what says the same is one item with several places. */
export function findingList(estate: Estate, filters: URLSearchParams, namespace: string | null): readonly Node[] {
  const { data, text } = estate;
  const [isLevel, isCode, isVendor, isNamespace] = ['level', 'code', 'vendor', 'ns'].map((name) => chosen(filters, name));
  const isFound = textFilter(filters.get('q') ?? '', estate);
  const groups = new Map<string, FindingRow[]>();
  for (const row of data.findings) {
    const [code, level, message, help, file, , , ingress, source, flags] = row;
    const own = data.ingresses[ingress];
    if (!isListed(flags) || !isLevel?.(text(level)) || !isCode?.(text(code))) continue;
    if (!isVendor?.(estate.vendorOf(ingress)) || !isNamespace?.(estate.namespaceOf(ingress))) continue;
    if (namespace !== null && estate.namespaceOf(ingress) !== namespace) continue;
    if (!isFound([code, level, message, help, file, source, own?.[0] ?? -1, own?.[1] ?? -1])) continue;
    const key = `${code} ${level} ${message} ${help}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return paged([...groups.values()], 50, h('ul', { class: 'items' }), (rows) => findingItem(rows, estate), 'different findings');
}

function findingItem(rows: readonly FindingRow[], estate: Estate): Node {
  const { text } = estate;
  const [first, ...rest] = rows;
  if (first === undefined) return h('li', {});
  const [code, level, message, help, , , , , , flags] = first;
  const shown = rows.slice(0, SHOWN_PLACES);
  const places = rest.slice(SHOWN_PLACES - 1);
  return h(
    'li',
    { class: text(level) },
    h(
      'h3',
      {},
      h('span', { class: `level ${text(level)}` }, text(level)),
      ' ',
      h('code', {}, text(code)),
      isSecurity(flags) ? h('span', { class: 'tag' }, 'security') : null,
      isKnown(flags) ? h('span', { class: 'tag' }, 'known by the baseline') : null,
    ),
    h('p', {}, text(message)),
    help === -1 || text(help) === '' ? null : h('p', { class: 'help' }, h('b', {}, 'What to do'), text(help)),
    ...shown.map((row) => place(row, estate)),
    places.length === 0 ? null : morePlaces(places, estate),
  );
}

/** Made when it is opened. */
function morePlaces(rows: readonly FindingRow[], estate: Estate): HTMLDetailsElement {
  const details = h('details', {}, h('summary', {}, `${rows.length} more ${rows.length === 1 ? 'place' : 'places'}`));
  details.addEventListener('toggle', () => {
    if (details.children.length === 1) details.append(...rows.map((row) => place(row, estate)));
  });
  return details;
}

function place([, , , , file, line, column, ingress, source]: FindingRow, estate: Estate): Node {
  const { text, ingressName, namespaceOf } = estate;
  const where = file === -1 ? '' : line === -1 ? text(file) : `${text(file)}:${line}:${column}`;
  const name = ingressName(ingress);
  return h(
    'p',
    { class: 'place' },
    where,
    where === '' || name === '' ? '' : ' · ',
    name === '' ? null : h('a', { href: `#/ns/${encodeURIComponent(namespaceOf(ingress))}` }, name),
    source === -1 ? null : h('code', {}, text(source)),
  );
}
