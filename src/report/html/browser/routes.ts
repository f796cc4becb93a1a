import type { RouteRow } from '../page-data.ts';
import { h } from './dom.ts';
import type { Estate } from './estate.ts';
import { chosen, textFilter } from './filters.ts';
import { paged } from './paged.ts';
import { routeMap } from './route-map.ts';

const STATES = ['withheld', 'gone', 'changed', 'same', 'unused'];

export const STATE_CHOICE = { name: 'state', title: 'Routes that are', values: STATES };

interface Host {
  readonly name: string;
  readonly rows: RouteRow[];
}

/** A map and a table for each host that has a route that fits; hosts with something withheld first. */
export function routeList(estate: Estate, filters: URLSearchParams, namespace: string | null): readonly Node[] {
  const { data, text } = estate;
  const [isState, isCode, isVendor, isNamespace] = ['state', 'code', 'vendor', 'ns'].map((name) => chosen(filters, name));
  const isFound = textFilter(filters.get('q') ?? '', estate);
  const hosts = new Map<number, Host>();
  for (const row of data.routes) {
    const [ingress, host, state, path, to, codes, after] = row;
    const own = data.ingresses[ingress];
    if (!isState?.(text(state)) || !isVendor?.(estate.vendorOf(ingress)) || !isNamespace?.(estate.namespaceOf(ingress))) continue;
    if (namespace !== null && estate.namespaceOf(ingress) !== namespace) continue;
    if (filters.has('code') && !estate.lines(codes).some((code) => isCode?.(code))) continue;
    if (!isFound([host, path, to, codes, state, ...after.flat(), own?.[0] ?? -1, own?.[1] ?? -1])) continue;
    const known = hosts.get(host);
    if (known === undefined) hosts.set(host, { name: text(host), rows: [row] });
    else known.rows.push(row);
  }
  const gravity = ({ rows }: Host) => Math.min(...rows.map(([, , state]) => STATES.indexOf(text(state))));
  const inOrder = [...hosts.values()].sort((a, b) => gravity(a) - gravity(b) || (a.name < b.name ? -1 : 1));
  return paged(inOrder, 15, h('div', {}), (host) => hostPart(host, estate), 'hosts');
}

function hostPart({ name, rows }: Host, estate: Estate): Node {
  const counts = STATES.map((state) => [state, rows.filter((row) => estate.text(row[2]) === state).length] as const).filter(
    ([, count]) => count > 0,
  );
  return h(
    'div',
    { class: 'host' },
    h(
      'h3',
      {},
      h('code', {}, name === '' ? 'any host' : name),
      ' ',
      ...counts.map(([state, count]) => h('span', { class: `state ${state}` }, `${count} ${state} `)),
    ),
    h('div', { class: 'map' }, routeMap(name, rows, estate)),
    tableOf(rows, estate),
  );
}

/** The same in words, made when it is opened. */
function tableOf(rows: readonly RouteRow[], estate: Estate): Node {
  const details = h('details', {}, h('summary', {}, 'As a table, with what changed'));
  const heads = ['Ingress', 'path today', 'goes to', 'path in Gateway API', 'goes to', 'state'];
  details.addEventListener('toggle', () => {
    if (details.children.length > 1) return;
    const body = rows.map((row) => tableRow(row, estate));
    details.append(
      h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, ...body)),
    );
  });
  return details;
}

function tableRow([ingress, , state, path, to, codes, after]: RouteRow, estate: Estate): Node {
  const { text, lines, ingressName, namespaceOf } = estate;
  const list = (texts: readonly string[]) => texts.map((each) => h('div', {}, h('code', {}, each)));
  const links = lines(codes).map((code) => h('div', {}, h('a', { href: `#/findings?code=${encodeURIComponent(code)}` }, code)));
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `#/ns/${encodeURIComponent(namespaceOf(ingress))}` }, ingressName(ingress))),
    h('td', {}, h('code', {}, text(path))),
    h('td', {}, ...list(lines(to))),
    h('td', {}, ...list(after.map(([, newPath]) => text(newPath)))),
    h('td', {}, ...list(after.flatMap(([, , targets]) => lines(targets)))),
    h('td', {}, h('span', { class: `state ${text(state)}` }, text(state)), ...links),
  );
}
