import type { Estate } from '../model/estate.ts';
import { isObject, type Json, type JsonObject, member } from '../model/json.ts';
import type { OtherObject } from '../model/objects.ts';
import type { ExistingSet } from './set-names.ts';

/** Of a Gateway as somebody wrote it: what says which requests a listener is for, and its whole text to be kept. */
export interface ExistingListener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  /** Names of the Secrets that it terminates TLS with; null where it does in another way, or not at all. */
  readonly certificates: readonly string[] | null;
  readonly value: JsonObject;
}

export function gatewayOfInput(
  estate: Estate,
  { namespace = '', name }: { readonly namespace?: string; readonly name: string },
): OtherObject | null {
  const isIt = ({ ref, apiVersion }: OtherObject) =>
    ref.kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/') && ref.namespace === namespace && ref.name === name;
  return estate.others.find(isIt) ?? null;
}

export function existingListeners({ value }: OtherObject): readonly ExistingListener[] {
  const listeners = member(member(value, 'spec'), 'listeners');
  return (Array.isArray(listeners) ? listeners : []).flatMap((item: Json): readonly ExistingListener[] => {
    const [name, port, protocol, hostname] = ['name', 'port', 'protocol', 'hostname'].map((field) => member(item, field));
    if (!isObject(item) || typeof name !== 'string' || typeof port !== 'number' || typeof protocol !== 'string') return [];
    const refs = member(member(item, 'tls'), 'certificateRefs');
    const certificates = Array.isArray(refs) ? refs.flatMap((ref: Json) => textOf(member(ref, 'name'))) : null;
    return [{ name, port, protocol, certificates, ...(typeof hostname === 'string' ? { hostname } : {}), value: item }];
  });
}

export function existingSets(estate: Estate): readonly ExistingSet[] {
  return estate.others
    .filter(({ ref, apiVersion }) => ref.kind === 'ListenerSet' && apiVersion.startsWith('gateway.networking.k8s.io/'))
    .map((found): ExistingSet => {
      const parent = member(member(found.value, 'spec'), 'parentRef');
      const [namespace = found.ref.namespace] = textOf(member(parent, 'namespace'));
      const [gateway = ''] = textOf(member(parent, 'name'));
      return {
        namespace: found.ref.namespace,
        name: found.ref.name,
        gateway: `${namespace}/${gateway}`,
        listeners: existingListeners(found).map(({ name }) => name),
      };
    });
}

function textOf(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}
