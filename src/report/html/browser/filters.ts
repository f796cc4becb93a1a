import { h } from './dom.ts';
import type { Estate } from './estate.ts';

/** A set of boxes above a list: those that are ticked are shown, none ticked means all. */
export interface Choice {
  /** Name in the address. */
  readonly name: string;
  readonly title: string;
  readonly values: readonly string[];
}

export interface FilterBar {
  readonly search: string;
  readonly choices: readonly Choice[];
  readonly isNamespaceOpen: boolean;
}

/** The form above a list. `change` is called with the new filters. */
export function filterForm(
  bar: FilterBar,
  filters: URLSearchParams,
  estate: Estate,
  change: (filters: URLSearchParams) => void,
): HTMLFormElement {
  const search = h('input', { type: 'search', id: 'search', name: 'q', value: filters.get('q') ?? '', placeholder: bar.search });
  const form = h(
    'form',
    { class: 'filters', role: 'search' },
    h('label', { for: 'search' }, 'Search (press / to get here)', search),
    ...(bar.isNamespaceOpen ? [selection('ns', 'Namespace', estate.namespaces, filters)] : []),
    ...(estate.vendors.length > 1 ? [selection('vendor', 'Vendor', estate.vendors, filters)] : []),
    ...bar.choices.map((choice) => boxes(choice, filters)),
    filters.has('code') ? h('label', {}, 'Finding', h('button', { type: 'button', class: 'code' }, `${filters.get('code')} ✕`)) : null,
  );
  const read = () => {
    const next = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') next.append(name, value);
    const code = filters.get('code');
    if (code !== null) next.set('code', code);
    return next;
  };
  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => change(read()), 150);
  });
  form.addEventListener('change', (event) => {
    if (event.target !== search) change(read());
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    change(read());
  });
  form.querySelector('button.code')?.addEventListener('click', () => {
    const next = read();
    next.delete('code');
    change(next);
  });
  return form;
}

function selection(name: string, title: string, values: readonly string[], filters: URLSearchParams): HTMLLabelElement {
  const options = values.map((value) => h('option', { value, selected: filters.get(name) === value }, value === '' ? 'none' : value));
  return h('label', {}, title, h('select', { name }, h('option', { value: '' }, 'all'), ...options));
}

function boxes({ name, title, values }: Choice, filters: URLSearchParams): HTMLFieldSetElement {
  const ticked = filters.getAll(name);
  const labels = values.map((value) =>
    h('label', {}, h('input', { type: 'checkbox', name, value, checked: ticked.includes(value) }), value),
  );
  return h('fieldset', {}, h('legend', {}, title), ...labels);
}

/** Whether a row's texts hold every word of the query; each word may be in another of them. */
export function textFilter(query: string, estate: Estate): (positions: readonly number[]) => boolean {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const sets = words.map((word) => estate.holding(word));
  return (positions) => sets.every((set) => positions.some((position) => set[position] === 1));
}

/** Whether a value is among those chosen. */
export function chosen(filters: URLSearchParams, name: string): (value: string) => boolean {
  const values = filters.getAll(name).filter((value) => value !== '');
  return (value) => values.length === 0 || values.includes(value);
}
