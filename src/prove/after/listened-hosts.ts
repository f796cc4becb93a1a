import type { Gateway, HTTPRoute, ListenerSet, OutputObject } from '../../gateway/types.ts';

/**
 * Tells for which hosts of the input these Gateways have a listener with TLS; where listeners are for any host, a route that is bound
 * to one.
 */
export function listenedHosts(objects: readonly OutputObject[], gateways: readonly Gateway[]): (host: string) => boolean {
  const names = new Set(gateways.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  const sets = objects
    .filter((object): object is ListenerSet => object.kind === 'ListenerSet')
    .filter(({ metadata, spec: { parentRef } }) => names.has(`${parentRef.namespace ?? metadata.namespace}/${parentRef.name}`));
  const owners = [...gateways, ...sets];
  const secure = owners.flatMap(({ kind, metadata, spec }) =>
    spec.listeners
      .filter(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS')
      .map(({ name, hostname = '' }) => ({ hostname, key: `${kind} ${metadata.namespace}/${metadata.name}#${name}` })),
  );
  const forAny = new Set(secure.filter(({ hostname }) => hostname === '').map(({ key }) => key));
  const routed = objects
    .filter((object): object is HTTPRoute => object.kind === 'HTTPRoute')
    .filter(({ metadata, spec }) =>
      spec.parentRefs.some(({ kind = 'Gateway', name, namespace = metadata.namespace, sectionName = '' }) =>
        forAny.has(`${kind} ${namespace}/${name}#${sectionName}`),
      ),
    )
    .flatMap(({ spec }) => spec.hostnames ?? ['']);
  const hosts = new Set([...secure.map(({ hostname }) => hostname).filter((hostname) => hostname !== ''), ...routed]);
  return (host) => hosts.has(host);
}
