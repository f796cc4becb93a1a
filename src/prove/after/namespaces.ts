import type { LabelSelector, RouteNamespaces } from '../../gateway/types.ts';

export type Labels = Readonly<Record<string, string>>;

/** Whether a listener's or Gateway's `namespaces` admits objects of one. `home` is that of the object that admits. */
export function admits(namespaces: RouteNamespaces, home: string, namespace: string, labelsOf: (namespace: string) => Labels): boolean {
  switch (namespaces.from) {
    case 'All':
      return true;
    case 'None':
      return false;
    case 'Same':
      return namespace === home;
    case 'Selector':
      return selects(namespaces.selector, labelsOf(namespace));
    default:
      return namespaces satisfies never;
  }
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      return operator === 'Exists' ? value !== undefined : operator === 'DoesNotExist' && value === undefined;
    })
  );
}
