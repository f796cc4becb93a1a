import type { Finding } from '../../ledger/finding.ts';
import type { Ingress } from '../ingress.ts';
import { compareText } from '../position.ts';
import { findObject } from './findings.ts';

/** Reports every Ingress whose name another one before it has. A patch repeats the name of what it changes. @param ingresses by namespace, name, place */
export function duplicateIngresses(ingresses: readonly Ingress[]): readonly Finding[] {
  const first = new Map<string, Ingress>();
  return ingresses.flatMap((ingress) => {
    if (ingress.isEmpty) return [];
    const { namespace, name, at } = ingress.ref;
    const other = first.get(`${namespace}/${name}`);
    if (other === undefined) {
      first.set(`${namespace}/${name}`, ingress);
      return [];
    }
    const args = { namespace, name, other: `${other.ref.at.file}:${other.ref.at.line}` };
    const place = { at, ingress: ingress.ref };
    return content(ingress) === content(other)
      ? [findObject['duplicate-ingress-identical'](args, place)]
      : [findObject['duplicate-ingress'](args, place)];
  });
}

/** Everything in an Ingress that a controller sees, whatever the order in which it is written. */
function content(ingress: Ingress): string {
  const settings = [...ingress.annotations, ...ingress.spec].map(({ kind, name, value }) => JSON.stringify([kind, name, value]));
  const labels = Object.entries(ingress.labels).map((label) => JSON.stringify(label));
  return [ingress.apiVersion, ...settings.sort(compareText), ...labels.sort(compareText)].join('\n');
}
