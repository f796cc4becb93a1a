import { apiVersionOf, GATEWAY_API_GROUP, hasField } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { Gateway, OutputObject } from '../gateway/types.ts';
import type { Dialect } from '../targets/dialect.ts';

/** Whether listeners can stand in ListenerSets at all: the release has them, and the implementation reads them and has one for each host. */
export function hasListenerSets(release: Release, dialect: Dialect | undefined): boolean {
  return inRelease(release) && dialect?.listenerSets !== false && dialect?.listeners !== 'port';
}

export function inRelease(release: Release): boolean {
  return apiVersionOf(release, 'ListenerSet') !== null && hasField(release, 'Gateway.allowedListeners');
}

/** Objects of an implementation that say something about the Gateway as a whole or about one of its listeners. */
export function governing<O extends { readonly object: OutputObject }>({ metadata }: Gateway, objects: readonly O[]): readonly O[] {
  return objects.filter(({ object }) => {
    if (object.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`) || !('spec' in object)) return false;
    const text = JSON.stringify(object.spec ?? {});
    return (
      object.metadata.namespace === metadata.namespace && text.includes('"kind":"Gateway"') && text.includes(`"name":"${metadata.name}"`)
    );
  });
}

/** Whether something else names the Gateway: policies, or its own settings for clients' certificates. */
export function isGoverned(gateway: Gateway, objects: readonly { readonly object: OutputObject }[]): boolean {
  return gateway.spec.tls?.frontend !== undefined || governing(gateway, objects).length > 0;
}

export function isGateway(object: OutputObject): object is Gateway {
  return object.kind === 'Gateway';
}
