import { h } from './dom.ts';

/**
 * A list of which the first rows are made at once and others when asked for: ten thousand rows would take a browser longer
 * than a reader is willing to wait.
 */
export function paged<T>(rows: readonly T[], size: number, container: HTMLElement, make: (row: T) => Node, noun: string): readonly Node[] {
  const found = h('p', { class: 'found', role: 'status' });
  const more = h('button', { type: 'button' }, `Show ${size} more`);
  let shown = 0;
  const show = () => {
    container.append(...rows.slice(shown, shown + size).map(make));
    shown = Math.min(rows.length, shown + size);
    found.textContent = rows.length === 0 ? `No ${noun} fits` : `${shown === rows.length ? '' : `${shown} of `}${rows.length} ${noun}`;
    more.hidden = shown === rows.length;
  };
  more.addEventListener('click', () => {
    const before = container.children.length;
    show();
    // The reader goes on where the new rows begin.
    const next = container.children[before];
    if (next instanceof HTMLElement) {
      next.tabIndex = -1;
      next.focus();
    }
  });
  show();
  return [found, container, more];
}
