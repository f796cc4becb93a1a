import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import { isObject, type Json, member } from '../../src/model/json.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import { apiGroup } from '../../src/model/source.ts';
import { CLASS_ANNOTATION } from '../../src/rule/claim.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import type { Found } from './setting.ts';

/** The IngressClassParams of a class: fields set there beat the annotations of every Ingress of the class. */
export interface ClassParams {
  readonly object: OtherObject;
  readonly name: string;
}

const KIND = 'IngressClassParams';
/** EKS Auto Mode has a controller and a group of its own, and supports less. */
const AUTO = 'eks.amazonaws.com';

export function isParams({ ref, apiVersion }: OtherObject): boolean {
  return ref.kind === KIND && ['elbv2.k8s.aws', AUTO].includes(apiGroup(apiVersion));
}

/** Parameters of the Ingress's class. A class annotation claims the Ingress without them. */
export function paramsOf(view: IngressView, estate: Estate): ClassParams | null {
  if (isClassedByAnnotation(view)) return null;
  const parameters = classOf(view, estate)?.parameters ?? null;
  if (parameters === null || member(parameters, 'kind') !== KIND) return null;
  const group = member(parameters, 'apiGroup');
  const object = estate.others.find(
    (other) => isParams(other) && other.ref.name === member(parameters, 'name') && apiGroup(other.apiVersion) === group,
  );
  return object === undefined ? null : { object, name: object.ref.name };
}

/** The name of parameters that a class names and the input does not have. */
export function missingParams(view: IngressView, estate: Estate): string | null {
  if (isClassedByAnnotation(view) || paramsOf(view, estate) !== null) return null;
  const parameters = classOf(view, estate)?.parameters ?? null;
  const name = member(parameters ?? undefined, 'name');
  return parameters !== null && member(parameters, 'kind') === KIND && typeof name === 'string' ? name : null;
}

export function isAutoMode(view: IngressView, estate: Estate): boolean {
  return classOf(view, estate)?.controller.startsWith(`${AUTO}/`) === true;
}

function classOf({ className }: IngressView, estate: Estate) {
  return className === null ? undefined : estate.classes.find((each) => each.ref.name === className);
}

function isClassedByAnnotation({ ingress, className }: IngressView): boolean {
  return ingress.annotations.some((entry) => entry.name === CLASS_ANNOTATION && entry.value === className);
}

/** A field by its path below `spec`; of several spellings the first that is there. Numbers count as texts. */
export function textParam(params: ClassParams | null, ...fields: readonly string[]): Found<string> | null {
  for (const field of fields) {
    const value = valueAt(params, field);
    if (typeof value === 'string' || typeof value === 'number') return { value: String(value), entries: entriesAt(params, field) };
  }
  return null;
}

export function listParam(params: ClassParams | null, ...fields: readonly string[]): Found<readonly string[]> | null {
  for (const field of fields) {
    const value = valueAt(params, field);
    const texts = Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
    if (texts.length > 0) return { value: texts, entries: entriesAt(params, field) };
  }
  return null;
}

/** A list of `{key, value}`. */
export function pairsParam(
  params: ClassParams | null,
  field: string,
): Found<readonly { readonly key: string; readonly value: string }[]> | null {
  return pairsFound(valueAt(params, field), entriesAt(params, field));
}

/** The attributes that `listeners` has for one listener. */
export function listenerAttributesParam(params: ClassParams | null, protocol: string, port: number) {
  const listeners = valueAt(params, 'listeners');
  if (!Array.isArray(listeners)) return null;
  const index = listeners.findIndex((each: Json) => member(each, 'protocol') === protocol && member(each, 'port') === port);
  return index < 0 ? null : pairsFound(member(listeners[index], 'listenerAttributes'), entriesAt(params, `listeners[${index}]`));
}

export function tagsParam(
  params: ClassParams | null,
  ...fields: readonly string[]
): Found<Readonly<Record<string, readonly string[]>>> | null {
  for (const field of fields) {
    const value = valueAt(params, field);
    if (!isObject(value)) continue;
    const tags = Object.entries(value).map(([key, values]): [string, readonly string[]] => [
      key,
      Array.isArray(values) ? values.filter((item): item is string => typeof item === 'string') : [],
    ]);
    return { value: Object.fromEntries(tags), entries: entriesAt(params, field) };
  }
  return null;
}

/** The raw value of a field, for those with a shape of their own. */
export function valueAt(params: ClassParams | null, field: string): Json | undefined {
  return field.split('.').reduce<Json | undefined>((value, name) => member(value, name), params?.object.value['spec']);
}

export function entriesAt(params: ClassParams | null, field: string): readonly Entry[] {
  const start = `spec.${field}`;
  return (params?.object.entries ?? []).filter(
    ({ kind, name }) => kind === 'field' && (name === start || name.startsWith(`${start}.`) || name.startsWith(`${start}[`)),
  );
}

function pairsFound(value: Json | undefined, entries: readonly Entry[]) {
  if (!Array.isArray(value)) return null;
  const pairs = value.flatMap((item: Json) => {
    const [key, text] = [member(item, 'key'), member(item, 'value')];
    return typeof key === 'string' ? [{ key, value: typeof text === 'string' ? text : '' }] : [];
  });
  return pairs.length === 0 ? null : { value: pairs, entries };
}
