import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { stream } from './layout.ts';
import { markedYaml } from './marker.ts';

/**
 * Files beside those that the Ingresses stand in, by path: `apps/web.yaml` → `apps/web.gateway-api.yaml`. An object that came
 * from several files stands beside the first, one that came from none beside the first of all.
 */
export function siblings(objects: readonly PlannedObject[]): ReadonlyMap<string, string> {
  const homes = objects.map((planned) => ({ planned, home: homeOf(planned) }));
  const [first] = homes.flatMap(({ home }) => home ?? []).sort(compareText);
  const byFile = new Map<string, PlannedObject[]>();
  for (const { planned, home } of homes) {
    const file = home ?? first;
    if (file === undefined) continue;
    const path = siblingOf(file);
    byFile.set(path, [...(byFile.get(path) ?? []), planned]);
  }
  return new Map([...byFile].sort(([a], [b]) => compareText(a, b)).map(([path, own]) => [path, markedYaml(stream(own))]));
}

export function siblingOf(file: string): string {
  return `${file.replace(/\.(?:ya?ml|json)$/i, '')}.gateway-api.yaml`;
}

function homeOf({ origin }: PlannedObject): string | null {
  return origin.map(({ at }) => at.file).sort(compareText)[0] ?? null;
}
