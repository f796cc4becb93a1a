import type { PageData } from '../page-data.ts';
import { type Address, addressOf, hashOf } from './address.ts';
import { byId, h } from './dom.ts';
import { type Estate, estateOf, isListed } from './estate.ts';
import { type Choice, filterForm } from './filters.ts';
import { findingList, LEVEL_CHOICE } from './findings.ts';
import { namespacePage } from './namespace.ts';
import { routeList, STATE_CHOICE } from './routes.ts';
import { OUTCOME_CHOICE, settingTable } from './settings.ts';

const data: PageData = JSON.parse(byId('data').textContent ?? '');
const estate = estateOf(data);
const overview = byId('overview');
const view = byId('view');
let page = '';

/** Shows what the address says. `keepsForm`: it was the form that changed the address, and the reader is still at it. */
function show(keepsForm = false): void {
  const address = addressOf(location.hash);
  navigation(address);
  const isOverview = address.page === 'overview';
  overview.hidden = !isOverview;
  view.hidden = isOverview;
  const key = `${address.page} ${address.namespace}`;
  const isSamePage = key === page;
  page = key;
  if (isOverview) {
    view.replaceChildren();
    return;
  }
  const list = h('div', {}, ...contents(address, estate));
  if (keepsForm) {
    view.lastElementChild?.replaceWith(list);
    return;
  }
  view.replaceChildren(
    ...headingOf(address),
    filterForm(barOf(address), address.filters, estate, (filters) => change(address, filters)),
    list,
  );
  if (!isSamePage) {
    byId('main').focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function change(address: Address, filters: URLSearchParams): void {
  history.replaceState(null, '', hashOf({ ...address, filters }));
  show(filters.has('code') === address.filters.has('code'));
}

function headingOf({ page: name, namespace }: Address): readonly Node[] {
  return [h('h2', {}, name === 'namespace' ? `Namespace ${namespace}` : (TITLES[name] ?? ''))];
}

const TITLES: Readonly<Record<string, string>> = { findings: 'Findings', routes: 'Routes, before and after', settings: 'Settings' };

function barOf({ page: name }: Address): { search: string; choices: readonly Choice[]; isNamespaceOpen: boolean } {
  const choices: Readonly<Record<string, readonly Choice[]>> = {
    findings: [LEVEL_CHOICE],
    routes: [STATE_CHOICE],
    settings: [OUTCOME_CHOICE],
    namespace: [LEVEL_CHOICE, STATE_CHOICE, OUTCOME_CHOICE],
  };
  return { search: 'Ingress, host, annotation, code …', choices: choices[name] ?? [], isNamespaceOpen: name !== 'namespace' };
}

function contents({ page: name, namespace, filters }: Address, of: Estate): readonly Node[] {
  if (name === 'findings') return findingList(of, filters, null);
  if (name === 'routes') return routeList(of, filters, null);
  if (name === 'settings') return settingTable(of, filters, null);
  return namespacePage(of, namespace, filters);
}

function navigation(address: Address): void {
  const links = [
    ['overview', '#/', 'Overview', null],
    ['findings', '#/findings', 'Findings', data.findings.filter((row) => isListed(row[9])).length],
    ['routes', '#/routes', 'Routes', data.routes.length],
    ['settings', '#/settings', 'Settings', data.settings.length],
  ] as const;
  const nav = byId('nav');
  const items = links.map(([name, href, title, count]) =>
    h(
      'a',
      { href, 'aria-current': address.page === name ? 'page' : null },
      title,
      count === null ? null : h('span', { class: 'count' }, ` ${count}`),
    ),
  );
  const team =
    address.page === 'namespace' ? [h('a', { href: hashOf(address), 'aria-current': 'page' }, `Namespace ${address.namespace}`)] : [];
  nav.replaceChildren(...items, ...team);
  nav.hidden = false;
}

addEventListener('hashchange', () => show());
addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (addressOf(location.hash).page === 'overview') location.hash = '#/findings';
  setTimeout(() => document.getElementById('search')?.focus());
});
// Paper cannot be clicked.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
show();
