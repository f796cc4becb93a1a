import { h } from './dom.ts';
import type { Estate } from './estate.ts';
import { findingList } from './findings.ts';
import { routeList } from './routes.ts';
import { settingTable } from './settings.ts';

/** Everything of one team: what is withheld first, its Ingresses, findings, routes and settings. */
export function namespacePage(estate: Estate, namespace: string, filters: URLSearchParams): readonly Node[] {
  return [
    ...withheldPart(estate, namespace),
    h('h2', {}, 'Ingresses'),
    ingressTable(estate, namespace),
    h('h2', {}, 'Findings'),
    ...findingList(estate, filters, namespace),
    h('h2', {}, 'Routes'),
    ...routeList(estate, filters, namespace),
    h('h2', {}, 'Settings'),
    ...settingTable(estate, filters, namespace),
  ];
}

function withheldPart(estate: Estate, namespace: string): readonly Node[] {
  const { data, text, ingressName } = estate;
  const rows = data.withheld.filter(([ingress]) => estate.namespaceOf(ingress) === namespace);
  if (rows.length === 0) return [];
  const items = rows.map(([ingress, host, path, finding]) => {
    const why = data.findings[finding];
    const help = text(why?.[3] ?? -1);
    return h(
      'li',
      { class: 'bad' },
      h('h3', {}, h('code', {}, `${text(host)}${text(path)}`), ` ${ingressName(ingress)}`),
      h('p', {}, text(why?.[2] ?? -1)),
      help === '' ? null : h('p', { class: 'help' }, h('b', {}, 'What to do'), help),
    );
  });
  return [h('h2', {}, 'Withheld routes'), h('ul', { class: 'items' }, ...items)];
}

function ingressTable(estate: Estate, namespace: string): Node {
  const { data, text } = estate;
  const rows = data.ingresses.filter(([own]) => text(own) === namespace);
  const heads = ['Ingress', 'place', 'vendor', 'status', 'reason'];
  const body = rows.map(([, name, vendor, status, reason, file, line]) => {
    const cells = [text(name), line === -1 ? text(file) : `${text(file)}:${line}`, text(vendor), text(status), text(reason)];
    return h('tr', {}, ...cells.map((cell) => h('td', {}, cell)));
  });
  return h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, ...body));
}
