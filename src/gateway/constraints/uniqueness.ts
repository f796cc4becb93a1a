/** Reports that element `index` of a list repeats an earlier one. */
export type ReportRepeat = (index: number, earlier: number) => void;

/** Calls `report` for every element whose key an earlier element has. A null key is never a repetition. */
export function eachRepeat<T>(list: readonly T[], keyOf: (item: T) => string | number | null, report: ReportRepeat): void {
  const first = new Map<string | number, number>();
  list.forEach((item, index) => {
    const key = keyOf(item);
    if (key === null) return;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else report(index, earlier);
  });
}

interface ListContext {
  addIssue(issue: { readonly code: 'custom'; readonly message: string; readonly path: (string | number)[] }): void;
}

/** A zod check of a list (`.superRefine(distinct(…))`): no two elements with the same key. */
export function distinct<T>(what: string, keyOf: (item: T) => string | number | null) {
  return (list: readonly T[], context: ListContext): void =>
    eachRepeat(list, keyOf, (index, earlier) =>
      context.addIssue({ code: 'custom', path: [index], message: `has the same ${what} as element ${earlier}` }),
    );
}
