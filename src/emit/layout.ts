import { compareText } from '../model/position.ts';
import type { Plan, PlannedObject } from '../plan/plan.ts';
import { marked } from './marker.ts';
import { toYaml } from './yaml.ts';

/** Files of the output folder by relative path: one object each, in folders by role and namespace. */
export function layout(plan: Plan): ReadonlyMap<string, string> {
  const files = plan.objects.map((planned) => [pathOf(planned), marked(toYaml(planned))] as const);
  return new Map(files.sort(([a], [b]) => compareText(a, b)));
}

/** The whole output as one stream of documents. */
export function stream(plan: Plan): string {
  return plan.objects.map(toYaml).join('---\n');
}

function pathOf({ object, role }: PlannedObject): string {
  const file = `${safe(object.kind.toLowerCase())}-${safe(object.metadata.name)}.yaml`;
  const namespace = object.metadata.namespace;
  return namespace === undefined || role === 'infrastructure' ? `${role}/${file}` : `${role}/${safe(namespace)}/${file}`;
}

/** Names are DNS names by now; this only makes sure that none leaves the folder. */
function safe(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, '_').replace(/^\.+/, '_');
}
