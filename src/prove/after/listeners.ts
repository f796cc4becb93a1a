import type { Gateway, Listener, ListenerSet } from '../../gateway/types.ts';
import { admits } from './namespaces.ts';
import { nameOf, namespaceOf, type World } from './world.ts';

/** A listener that works, and whose it is. */
export interface Listening {
  readonly listener: Listener;
  readonly owner: Gateway | ListenerSet;
  /** What every request through it has passed. */
  readonly protections: readonly string[];
}

/**
 * The listeners of a Gateway and of its ListenerSets that accept connections: without conflicts on their port, with
 * certificates and authorities they may read. The Gateway's own come first: of two alike, theirs counts.
 */
export function listeningOn(world: World, gateway: Gateway, transport: 'TCP' | 'UDP' = 'TCP'): readonly Listening[] {
  const owners = [gateway, ...listenerSetsOf(world, gateway)];
  // UDP has ports of its own.
  const all = owners.flatMap((owner) =>
    owner.spec.listeners.filter(({ protocol }) => (protocol === 'UDP') === (transport === 'UDP')).map((listener) => ({ listener, owner })),
  );
  const families = new Map<number, Set<string>>();
  for (const { listener } of all) families.set(listener.port, (families.get(listener.port) ?? new Set()).add(familyOf(listener)));
  const taken = new Set<string>();
  return all.flatMap(({ listener, owner }) => {
    const place = `${listener.port} ${listener.hostname ?? ''}`;
    if (taken.has(place) || (families.get(listener.port)?.size ?? 0) > 1) return [];
    taken.add(place);
    const frontend = frontendOf(world, gateway, listener);
    return frontend === 'invalid' || !hasCertificate(world, owner, listener) ? [] : [{ listener, owner, protections: frontend }];
  });
}

function listenerSetsOf(world: World, gateway: Gateway): readonly ListenerSet[] {
  const home = namespaceOf(gateway);
  return world.listenerSets.filter(({ metadata, spec }) => {
    const namespace = metadata.namespace ?? 'default';
    return (
      (spec.parentRef.kind ?? 'Gateway') === 'Gateway' &&
      `${spec.parentRef.namespace ?? namespace}/${spec.parentRef.name}` === nameOf(gateway) &&
      admits(gateway.spec.allowedListeners?.namespaces ?? { from: 'None' }, home, namespace, world.labelsOf)
    );
  });
}

/** Protocols that may share a port have one name. */
function familyOf({ protocol }: Listener): string {
  return protocol === 'HTTPS' ? 'TLS' : protocol;
}

/** A listener that terminates TLS with a Secret it may not read is invalid and serves nothing. */
function hasCertificate(world: World, owner: Gateway | ListenerSet, listener: Listener): boolean {
  if (listener.protocol !== 'HTTPS') return true;
  if (listener.tls?.mode === 'Passthrough') return false;
  const refs = listener.tls?.certificateRefs ?? [];
  const from = { kind: owner.kind, namespace: namespaceOf(owner) };
  if (refs.length === 0) return listener.tls?.options !== undefined || world.reading.ownCertificates === true;
  return refs.every((ref) =>
    world.isGranted(from, {
      group: ref.group ?? '',
      kind: ref.kind ?? 'Secret',
      namespace: ref.namespace ?? from.namespace,
      name: ref.name,
    }),
  );
}

/** Client certificates are asked for per port. `AllowInsecureFallback` lets everybody in, so it protects nothing. */
function frontendOf(world: World, gateway: Gateway, listener: Listener): readonly string[] | 'invalid' {
  const frontend = gateway.spec.tls?.frontend;
  if (frontend === undefined || listener.protocol !== 'HTTPS') return [];
  const validation = (frontend.perPort?.find(({ port }) => port === listener.port)?.tls ?? frontend.default).validation;
  if (validation === undefined) return [];
  const namespace = namespaceOf(gateway);
  const readable = validation.caCertificateRefs.every((ref) =>
    world.isGranted({ kind: 'Gateway', namespace }, { ...ref, namespace: ref.namespace ?? namespace }),
  );
  if (!readable) return 'invalid';
  return (validation.mode ?? 'AllowValidOnly') === 'AllowValidOnly' ? ['clientCertificate'] : [];
}
