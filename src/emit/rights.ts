import { NAMESPACE_NAME } from '../gateway/admission.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { groupBy } from '../model/group-by.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import type { OtherObject } from '../model/objects.ts';
import { compareText } from '../model/position.ts';
import { byPosition } from '../plan/places.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { foldersOf } from './folders.ts';

const rightsFindings = defineFindings('rights', {
  ungranted: {
    level: 'error',
    message: (a: { folder: string; object: string; names: string }) =>
      `${a.object} in ${a.folder}/ names ${a.names} of another namespace, and no ReferenceGrant in the output allows that`,
    help: () => 'Its owner has to allow it with a ReferenceGrant, or has to have a copy beside the object that names it.',
    differs: ['unreachable', 'status'],
  },
  unadmitted: {
    level: 'error',
    message: (a: { folder: string; object: string; listener: string }) =>
      `${a.object} in ${a.folder}/ is for ${a.listener}, which does not take what its namespace brings`,
    help: () => 'The owner of the Gateway has to admit the namespace.',
    differs: ['unreachable', 'status'],
  },
  'cluster-wide': {
    level: 'warning',
    message: (a: { folder: string; object: string }) =>
      `${a.object} in ${a.folder}/ has no namespace: applying it takes rights over the whole cluster`,
    help: () => 'Let the infrastructure provider apply it.',
  },
  'holds-for': {
    level: 'warning',
    message: (a: { folder: string; object: string; target: string; owner: string }) =>
      `${a.object} in ${a.folder}/ holds for ${a.target}, which ${a.owner}/ owns`,
    help: (a) => `Let the owner of ${a.owner}/ agree to it: whoever applies ${a.folder}/ changes what the other one serves.`,
  },
  namespace: {
    level: 'warning',
    message: (a: { folder: string; objects: string }) =>
      `${a.folder}/ is in the namespace of a team with routes of its own, and no Gateway is there: ${a.objects}`,
    help: () => 'Have the team apply it, or grant that to the cluster operator.',
  },
});

/** The objects of the output, by what they are called. */
interface Written {
  readonly find: (kind: string, namespace: string, name: string) => PlannedObject | undefined;
  readonly grantsIn: (namespace: string) => readonly PlannedObject[];
  readonly folderOf: (planned: PlannedObject) => string;
  /** Whether the input has it: what it admits is told where it is read. */
  readonly isTheirs: (kind: string, namespace: string, name: string) => boolean;
}

/**
 * Holds the folders of the output against each other: what one of them names, admits or holds for must not take rights that only
 * the owner of another has. References are looked for in whatever an object says, of every kind. `others`: objects of the input.
 */
export function foreignRights(objects: readonly PlannedObject[], others: readonly OtherObject[]): readonly Finding[] {
  const key = (kind: string, namespace: string, name: string) => `${kind} ${namespace}/${name}`;
  const byKey = new Map(
    objects.map((planned) => [key(planned.object.kind, planned.object.metadata.namespace ?? '', planned.object.metadata.name), planned]),
  );
  const grants = groupBy(
    objects.filter(({ object }) => object.kind === 'ReferenceGrant'),
    ({ object }) => object.metadata.namespace ?? '',
  );
  const theirs = new Set(others.map(({ ref }) => key(ref.kind, ref.namespace, ref.name)));
  const written: Written = {
    find: (kind, namespace, name) => byKey.get(key(kind, namespace, name)),
    grantsIn: (namespace) => grants.get(namespace) ?? [],
    folderOf: foldersOf(objects),
    isTheirs: (kind, namespace, name) => theirs.has(key(kind, namespace, name)),
  };
  const found = objects.flatMap((planned) => {
    const folder = written.folderOf(planned);
    return [
      ...ofObject(planned, folder),
      ...grantsMissing(planned, folder, written),
      ...admissionMissing(planned, folder, written),
      ...holding(planned, folder, written),
    ];
  });
  return [...found, ...inForeignNamespaces(objects, written)].sort(
    (a, b) => compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

function ofObject(planned: PlannedObject, folder: string): readonly Finding[] {
  if (planned.object.metadata.namespace !== undefined || planned.role === 'infrastructure') return [];
  return [rightsFindings['cluster-wide']({ folder, object: nameOf(planned) }, placeOf(planned))];
}

interface Reference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function grantsMissing(planned: PlannedObject, folder: string, { grantsIn }: Written): readonly Finding[] {
  const { apiVersion, kind, metadata } = planned.object;
  // A grant names whom it allows, a ListenerSet its Gateway, which says itself whom it takes.
  if (kind === 'ReferenceGrant' || metadata.namespace === undefined) return [];
  const group = apiVersion.replace(/\/.*$/, '');
  const foreign = referencesIn(specOf(planned), '').filter((ref) => ref.namespace !== metadata.namespace);
  return foreign
    .filter((ref) => !grantsIn(ref.namespace).some((grant) => allows(grant, { group, kind, namespace: metadata.namespace ?? '' }, ref)))
    .map((ref) =>
      rightsFindings.ungranted({ folder, object: nameOf(planned), names: `${ref.kind} ${ref.namespace}/${ref.name}` }, placeOf(planned)),
    );
}

/** By the field that holds them, where they do not say their kind. Parents and targets are no references that need consent. */
const KINDS: Readonly<Record<string, string>> = {
  certificateRefs: 'Secret',
  clientCertificateRef: 'Secret',
  caCertificateRefs: 'ConfigMap',
  backendRef: 'Service',
  backendRefs: 'Service',
};
const NO_REFERENCES: readonly string[] = ['parentRef', 'parentRefs', 'targetRef', 'targetRefs', 'allowedRoutes', 'allowedListeners'];

function referencesIn(value: Json | undefined, field: string): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => referencesIn(item, field));
  if (!isObject(value)) return [];
  const [namespace, name, kind] = [member(value, 'namespace'), member(value, 'name'), member(value, 'kind')];
  const own =
    typeof namespace === 'string' && typeof name === 'string'
      ? [{ namespace, name, kind: typeof kind === 'string' ? kind : (KINDS[field] ?? 'object') }]
      : [];
  return [...own, ...Object.entries(value).flatMap(([key, item]) => (NO_REFERENCES.includes(key) ? [] : referencesIn(item, key)))];
}

function allows(
  grant: PlannedObject,
  from: { readonly group: string; readonly kind: string; readonly namespace: string },
  { kind, name }: Reference,
): boolean {
  const spec = specOf(grant);
  const some = (list: Json | undefined, test: (item: JsonObject) => boolean) =>
    Array.isArray(list) && list.some((item: Json) => isObject(item) && test(item));
  return (
    some(
      member(spec, 'from'),
      (item) => item['group'] === from.group && item['kind'] === from.kind && item['namespace'] === from.namespace,
    ) &&
    some(
      member(spec, 'to'),
      (item) => (item['kind'] === kind || kind === 'object') && (item['name'] === undefined || item['name'] === name),
    )
  );
}

/** Routes whose listener, and ListenerSets whose Gateway, does not take what their namespace brings. What the input has is told elsewhere. */
function admissionMissing(planned: PlannedObject, folder: string, { find, isTheirs }: Written): readonly Finding[] {
  const home = planned.object.metadata.namespace ?? '';
  const spec = specOf(planned);
  const parents = [member(spec, 'parentRefs'), member(spec, 'parentRef')].flatMap((value) =>
    Array.isArray(value) ? value : value === undefined ? [] : [value],
  );
  return parents.flatMap((parent: Json): readonly Finding[] => {
    const [kind = 'Gateway', namespace = home, name, section] = ['kind', 'namespace', 'name', 'sectionName'].map((field) =>
      textOf(member(parent, field)),
    );
    if (name === undefined || isTheirs(kind, namespace, name)) return [];
    const owner = find(kind, namespace, name);
    const listener = `${kind} ${namespace}/${name}${section === undefined ? '' : `, listener ${section}`}`;
    const namespaces = owner === undefined ? undefined : admissionOf(specOf(owner), planned.object.kind === 'ListenerSet', section);
    return admits(namespaces, namespace, home)
      ? []
      : [rightsFindings.unadmitted({ folder, object: nameOf(planned), listener }, placeOf(planned))];
  });
}

function admissionOf(spec: JsonObject, isSet: boolean, section: string | undefined): Json | undefined {
  if (isSet) return member(member(spec, 'allowedListeners'), 'namespaces');
  const listeners = member(spec, 'listeners');
  const listener = Array.isArray(listeners) ? listeners.find((item: Json) => member(item, 'name') === section) : undefined;
  return member(member(listener, 'allowedRoutes'), 'namespaces');
}

/** Labels other than the name are for the cluster to have. */
function admits(namespaces: Json | undefined, owner: string, home: string): boolean {
  const from = member(namespaces, 'from');
  if (from !== 'Selector') return from === 'All' || (from === 'Same' && owner === home);
  const text = JSON.stringify(member(namespaces, 'selector'));
  return !text.includes(`"${NAMESPACE_NAME}"`) || text.includes(`"${home}"`);
}

/** Policies for what another folder owns. */
function holding(planned: PlannedObject, folder: string, { find, folderOf }: Written): readonly Finding[] {
  const spec = specOf(planned);
  const targets = [member(spec, 'targetRefs'), member(spec, 'targetRef')].flatMap((value) =>
    Array.isArray(value) ? value : value === undefined ? [] : [value],
  );
  return targets.flatMap((target: Json): readonly Finding[] => {
    const [kind = '', name = ''] = ['kind', 'name'].map((field) => textOf(member(target, field)));
    const held = find(kind, planned.object.metadata.namespace ?? '', name);
    if (held === undefined || folderOf(held) === folder) return [];
    const args = { folder, object: nameOf(planned), target: nameOf(held), owner: folderOf(held) };
    return [rightsFindings['holds-for'](args, placeOf(planned))];
  });
}

/** Folders of the cluster operator in namespaces that belong to others: those that have routes there. */
function inForeignNamespaces(objects: readonly PlannedObject[], { folderOf }: Written): readonly Finding[] {
  const folders = groupBy(objects, folderOf);
  return [...folders].flatMap(([folder, own]): readonly Finding[] => {
    const [role, namespace] = folder.split('/');
    if (role !== 'gateways' || !folders.has(`routes/${namespace ?? ''}`) || own.some(({ object }) => object.kind === 'Gateway')) return [];
    return [rightsFindings.namespace({ folder, objects: own.map(nameOf).sort(compareText).join(', ') })];
  });
}

function specOf({ object }: PlannedObject): JsonObject {
  return 'spec' in object ? Object(object.spec ?? {}) : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nameOf({ object }: PlannedObject): string {
  const { namespace, name } = object.metadata;
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function placeOf({ origin }: PlannedObject) {
  const [ingress = null] = byPosition(origin);
  return { at: ingress?.at ?? null, ingress };
}
