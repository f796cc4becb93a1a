import type { IngressRef } from '../model/entry.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { stream } from './layout.ts';
import { markedYaml } from './marker.ts';

/**
 * Files beside those that the Ingresses stand in, by path: `apps/web.yaml` → `apps/web.gateway-api.yaml`. An object stands beside the
 * first of the Ingresses that it came from, those of its own namespace first; one that came from none beside the first of its
 * namespace, or of all.
 */
export function siblings(objects: readonly PlannedObject[]): ReadonlyMap<string, string> {
  const byFile = groupBy(homes(objects), ({ file }) => siblingOf(file));
  return new Map(
    [...byFile].sort(([a], [b]) => compareText(a, b)).map(([path, own]) => [path, markedYaml(stream(own.map(({ planned }) => planned)))]),
  );
}

/** By sibling: objects of namespaces that none of the Ingresses beside it is in. Who applies it has to have rights there. */
export function strangers(objects: readonly PlannedObject[]): ReadonlyMap<string, readonly PlannedObject[]> {
  const refs = objects.flatMap(({ origin }) => origin);
  const isAtHome = (file: string, namespace: string | undefined) => refs.some((ref) => ref.at.file === file && ref.namespace === namespace);
  const strange = homes(objects).filter(({ planned, file }) => !isAtHome(file, planned.object.metadata.namespace));
  const byFile = [...groupBy(strange, ({ file }) => siblingOf(file))].sort(([a], [b]) => compareText(a, b));
  return new Map(byFile.map(([path, own]) => [path, own.map(({ planned }) => planned)]));
}

function homes(objects: readonly PlannedObject[]): readonly { readonly planned: PlannedObject; readonly file: string }[] {
  const all = objects.flatMap(({ origin }) => origin);
  return objects.flatMap((planned) => {
    const file = homeOf(planned.origin, planned.object.metadata.namespace) ?? homeOf(all, planned.object.metadata.namespace);
    return file === null ? [] : [{ planned, file }];
  });
}

export function siblingOf(file: string): string {
  return `${file.replace(/\.(?:ya?ml|json)$/i, '')}.gateway-api.yaml`;
}

function homeOf(refs: readonly IngressRef[], namespace: string | undefined): string | null {
  const own = refs.filter((ref) => ref.namespace === namespace);
  return (own.length > 0 ? own : refs).map(({ at }) => at.file).sort(compareText)[0] ?? null;
}
