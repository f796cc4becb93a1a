import { LIMITS } from '../gateway/limits.ts';
import type { Release } from '../gateway/release.ts';
import type { Listener, RouteNamespaces } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import type { Scheme } from '../route/table.ts';
import type { Certificates } from './certificates.ts';
import type { HostPlan } from './host-plan.ts';
import { hostSlug, uniqueNames } from './names.ts';
import { isPassedThrough } from './passthrough.ts';
import type { RouteGroup } from './route-group.ts';

interface SecretRef {
  readonly namespace: string;
  readonly name: string;
}

export interface ListenerDraft {
  readonly host: string;
  readonly scheme: Scheme | 'tls' | 'tcp' | 'udp';
  readonly port: number;
  /** Terminated with this Secret. */
  readonly certificate: SecretRef | null;
  /** Further Secrets. */
  readonly more?: readonly SecretRef[];
  /** `tls.options`. */
  readonly options?: Readonly<Record<string, string>>;
  /** Namespaces that have routes on it. */
  readonly namespaces: readonly string[];
}

/** A listener for each scheme and port on which routes of the host stand, and one for TLS that is passed through. */
export function listenersOf(
  host: HostPlan,
  certificates: Certificates,
  groups: readonly RouteGroup[],
  release: Release,
): readonly ListenerDraft[] {
  const { table } = host;
  const certificate = certificates.get(table.host);
  const listeners = table.ports.flatMap(({ scheme, port }): readonly ListenerDraft[] => {
    const bound = groups.filter((group) => group.host === host && group.schemes.includes(scheme));
    if (bound.length === 0) return [];
    const secret =
      scheme === 'https' && certificate?.kind === 'secret' ? { namespace: certificate.namespace, name: certificate.name } : null;
    return [{ host: table.host, scheme, port, certificate: secret, namespaces: bound.map((group) => group.ingress.namespace) }];
  });
  if (table.passthrough === null || !isPassedThrough(table, release)) return listeners;
  return [...listeners, { host: table.host, scheme: 'tls', port: 443, certificate: null, namespaces: [table.passthrough.namespace] }];
}

const USUAL = { http: 80, https: 443, tls: 443, tcp: null, udp: null } as const;

/** The name of each listener, known before the Gateway is written: routes bind to it. Ports other than 80 and 443 are part of it. */
export function listenerNames(drafts: readonly ListenerDraft[]): (draft: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>) => string {
  const hosts = uniqueNames(new Map(drafts.map(({ host }) => [host, hostSlug(host)])), 200);
  const wanted = drafts.map((draft): [string, string] => {
    const base = draft.host === '' ? draft.scheme : `${draft.scheme}-${hosts.get(draft.host) ?? hostSlug(draft.host)}`;
    return [identityOf(draft), draft.port === USUAL[draft.scheme] ? base : `${base}-${draft.port}`];
  });
  const names = uniqueNames(new Map(wanted), LIMITS.name);
  return (draft) => names.get(identityOf(draft)) ?? draft.scheme;
}

export function identityOf({ host, scheme, port }: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>): string {
  return `${scheme}://${host}:${port}`;
}

const PROTOCOLS = { http: 'HTTP', https: 'HTTPS', tls: 'TLS', tcp: 'TCP', udp: 'UDP' } as const;

export function writeListener(draft: ListenerDraft, name: string, gatewayNamespace: string): Listener {
  return {
    name,
    ...(draft.host === '' ? {} : { hostname: draft.host }),
    port: draft.port,
    protocol: PROTOCOLS[draft.scheme],
    ...(draft.scheme === 'tls' ? { tls: { mode: 'Passthrough' } as const } : {}),
    ...terminating(draft, gatewayNamespace),
    allowedRoutes: { namespaces: admit(draft.namespaces, gatewayNamespace) },
  };
}

/** Nothing where the certificates come from elsewhere: with a `tls` block the API asks for Secrets or options. */
function terminating({ certificate, more = [], options = {} }: ListenerDraft, gatewayNamespace: string): Pick<Listener, 'tls'> {
  const refs = [...(certificate === null ? [] : [certificate]), ...more].map(({ name, namespace }) => ({
    name,
    ...(namespace === gatewayNamespace ? {} : { namespace }),
  }));
  const hasOptions = Object.keys(options).length > 0;
  if (refs.length === 0 && !hasOptions) return {};
  return {
    tls: { mode: 'Terminate', ...(refs.length === 0 ? {} : { certificateRefs: refs }), ...(hasOptions ? { options } : {}) },
  };
}

/** Exactly the namespaces that have routes on the listener. */
function admit(namespaces: readonly string[], gatewayNamespace: string): RouteNamespaces {
  const sorted = [...new Set(namespaces)].sort(compareText);
  if (sorted.every((namespace) => namespace === gatewayNamespace)) return { from: 'Same' };
  const key = 'kubernetes.io/metadata.name';
  const [only] = sorted;
  if (sorted.length === 1 && only !== undefined) return { from: 'Selector', selector: { matchLabels: { [key]: only } } };
  return { from: 'Selector', selector: { matchExpressions: [{ key, operator: 'In', values: sorted }] } };
}
