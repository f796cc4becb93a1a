import { defaulted } from '../../check/defaulted.ts';
import { applied, inOrder } from '../../emit/apply-merge.ts';
import type { Change } from '../../emit/changes.ts';
import { yamlText } from '../../emit/yaml.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { compareText } from '../../model/position.ts';
import { apiGroup } from '../../model/source.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import { InputError } from '../io.ts';
import type { InstalledCrd } from './installed.ts';
import type { Kubectl, Said } from './kubectl.ts';
import { liveCrds } from './live-crds.ts';
import { objectsIn } from './live-objects.ts';
import { readCrds } from './read-cluster.ts';

export interface LiveDiff {
  /** By object; nothing for one that stays as it is. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Kinds that could not be read, with kubectl's reason. */
  readonly unread: readonly { readonly kind: string; readonly reason: string }[];
}

/** What `kubectl apply` of these objects would change in the cluster. It deletes nothing, so neither is anything shown as removed. */
export async function liveDiff(
  objects: readonly PlannedObject[],
  kubectl: Kubectl,
  known: readonly InstalledCrd[] | null,
): Promise<LiveDiff> {
  const crds = known ?? (await readCrds(kubectl)).crds;
  const set = crds === null ? null : await liveCrds(crds, objects, kubectl);
  const unread: { kind: string; reason: string }[] = [];
  const live = new Map<string, JsonObject>();
  const resources = [...new Set(objects.map(({ object }) => resourceOf(object)))];
  const answers = await Promise.all(resources.map(async (kind) => ({ kind, said: await readAll(kind, objects, kubectl) })));
  for (const { kind, said } of answers) {
    const failed = said.find((answer) => answer.kind === 'failed');
    // A kind that is not installed has no objects.
    if (failed?.kind === 'failed' && failed.why !== 'absent') unread.push({ kind, reason: failed.reason });
    const found = said.flatMap((answer) => (answer.kind === 'said' ? objectsIn(answer.text) : []));
    for (const object of found) if (isObject(object)) live.set(identityOf(object), object);
  }
  if (unread.length > 0 && live.size === 0) throw new InputError(`nothing could be read to compare with: ${unread[0]?.reason ?? ''}`);
  const readable = objects.filter(({ object }) => !unread.some(({ kind }) => kind === resourceOf(object)));
  const changes = readable.flatMap((planned): readonly Change[] => {
    // What is sent to a server is JSON: fields that are not set do not exist there.
    const wanted: JsonObject = JSON.parse(JSON.stringify(planned.object));
    const there = live.get(identityOf(wanted));
    const path = pathOf(planned);
    if (there === undefined) return [{ kind: 'added', path, before: '', after: yamlText(inOrder(wanted)) }];
    const complete = set === null || defaulted(set, wanted) === null ? null : (object: JsonObject) => defaulted(set, object) ?? object;
    const { before, after } = applied(there, wanted, complete);
    const texts = { before: yamlText(before), after: yamlText(after) };
    return texts.before === texts.after ? [] : [{ kind: 'changed', path, ...texts }];
  });
  return {
    changes: changes.sort((a, b) => compareText(a.path, b.path)),
    unchanged: readable.length - changes.length,
    unread: unread.sort((a, b) => compareText(a.kind, b.kind)),
  };
}

/** In all namespaces, or in those of the objects where only they may be read. */
async function readAll(resource: string, objects: readonly PlannedObject[], kubectl: Kubectl): Promise<readonly Said[]> {
  const everywhere = await kubectl('get', [resource, '--all-namespaces', '-o', 'json']);
  const own = objects.filter(({ object }) => resourceOf(object) === resource).flatMap(({ object }) => object.metadata.namespace ?? []);
  if (everywhere.kind === 'said' || everywhere.why !== 'forbidden' || own.length === 0) return [everywhere];
  return Promise.all([...new Set(own)].map((name) => kubectl('get', [resource, `--namespace=${name}`, '-o', 'json'])));
}

/** `HTTPRoute.v1.gateway.networking.k8s.io`: kubectl answers in the version that is written. */
function resourceOf({ apiVersion, kind }: PlannedObject['object']): string {
  const group = apiGroup(apiVersion);
  return group === '' ? kind : `${kind}.${apiVersion.slice(group.length + 1)}.${group}`;
}

function identityOf(object: Json): string {
  const metadata = member(object, 'metadata');
  const apiVersion = member(object, 'apiVersion');
  return JSON.stringify([apiGroup(apiVersion), member(object, 'kind'), member(metadata, 'namespace') ?? '', member(metadata, 'name')]);
}

function pathOf({ object: { apiVersion, kind, metadata } }: PlannedObject): string {
  const group = apiGroup(apiVersion);
  const type = `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
  return [type, ...(metadata.namespace === undefined ? [] : [metadata.namespace]), metadata.name].join('/');
}
