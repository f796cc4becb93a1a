import { NAMESPACE_NAME } from '../gateway/admission.ts';
import { LIMITS } from '../gateway/limits.ts';
import type { Release } from '../gateway/release.ts';
import type { LabelSelector, Listener, RouteNamespaces } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import type { Scheme } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import type { Certificates } from './certificates.ts';
import type { HostPlan } from './host-plan.ts';
import { hostSlug, uniqueNames } from './names.ts';
import { isPassedThrough } from './passthrough.ts';
import type { RouteGroup } from './route-group.ts';

export interface SecretRef {
  readonly namespace: string;
  readonly name: string;
}

export interface ListenerDraft {
  readonly host: string;
  readonly scheme: Scheme | 'tls' | 'tcp' | 'udp';
  readonly port: number;
  /** Terminated with these Secrets, the first for clients that ask for no name. */
  readonly certificates: readonly SecretRef[];
  /** Said instead where the implementation has its certificates in a way of its own. */
  readonly tls?: Listener['tls'];
  /** `tls.options`, of an implementation. */
  readonly options?: Readonly<Record<string, string>>;
  /** Namespaces that have routes on it. */
  readonly namespaces: readonly string[];
  /** That share it, where it is for a wildcard; absent: its own host. */
  readonly hosts?: readonly string[];
}

/** A listener for each scheme and port on which routes of the host stand, and one for TLS that is passed through. */
export function listenersOf(
  host: HostPlan,
  certificates: Certificates,
  /** Of this host. */
  groups: readonly RouteGroup[],
  { release, dialect }: { readonly release: Release; readonly dialect: Dialect | undefined },
): readonly ListenerDraft[] {
  const { table } = host;
  const certificate = certificates.get(table.host);
  const listeners = table.ports.flatMap(({ scheme, port }): readonly ListenerDraft[] => {
    const bound = groups.filter((group) => group.schemes.includes(scheme));
    if (bound.length === 0) return [];
    const secrets =
      scheme === 'https' && certificate?.kind === 'secret' ? [{ namespace: certificate.namespace, name: certificate.name }] : [];
    const tls = scheme === 'https' && certificate?.kind === 'own' && certificate.tls !== null ? { tls: certificate.tls } : {};
    const namespaces = bound.map((group) => group.ingress.namespace);
    const options = scheme === 'https' ? { options: optionsOf(host) } : {};
    return [{ host: table.host, scheme, port, certificates: secrets, ...tls, ...options, namespaces }];
  });
  if (table.passthrough === null || !isPassedThrough(table, release, dialect)) return listeners;
  return [...listeners, { host: table.host, scheme: 'tls', port: 443, certificates: [], namespaces: [table.passthrough.namespace] }];
}

const USUAL = { http: 80, https: 443, tls: 443, tcp: null, udp: null } as const;

/** One listener for each port, for all hosts, with the certificates of all of them; `first` are those of the whole load balancer. */
export function sharedListeners(drafts: readonly ListenerDraft[], first: readonly SecretRef[] = []): readonly ListenerDraft[] {
  const byPort = new Map<string, ListenerDraft>();
  for (const draft of [...drafts].sort((a, b) => a.port - b.port || compareText(a.scheme, b.scheme) || compareText(a.host, b.host))) {
    // Which backend gets a TLS connection is told by its host alone.
    const host = draft.scheme === 'tls' ? draft.host : '';
    const key = identityOf({ ...draft, host });
    const known = byPort.get(key);
    const certificates = [...(known?.certificates ?? (draft.scheme === 'https' ? first : [])), ...draft.certificates];
    byPort.set(key, {
      ...draft,
      ...known,
      host,
      certificates: [...new Map(certificates.map((each) => [`${each.namespace}/${each.name}`, each])).values()],
      namespaces: [...(known?.namespaces ?? []), ...draft.namespaces],
    });
  }
  return [...byPort.values()];
}

/** Asked for by the host, so that all its rules bring the same. */
function optionsOf(host: HostPlan): Readonly<Record<string, string>> {
  const options = host.https.flatMap(({ parts }) => parts.flatMap(({ tlsOptions }) => Object.entries(tlsOptions ?? {})));
  return Object.fromEntries(options.sort(([a], [b]) => compareText(a, b)));
}

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
  const { options = {} } = draft;
  return {
    name,
    ...(draft.host === '' ? {} : { hostname: draft.host }),
    port: draft.port,
    protocol: PROTOCOLS[draft.scheme],
    ...(draft.scheme === 'tls' ? { tls: { mode: 'Passthrough' } as const } : {}),
    ...(draft.tls === undefined ? {} : { tls: draft.tls }),
    ...(draft.certificates.length === 0
      ? {}
      : {
          tls: {
            mode: 'Terminate' as const,
            certificateRefs: draft.certificates.map(({ name: secret, namespace }) => ({
              name: secret,
              ...(namespace === gatewayNamespace ? {} : { namespace }),
            })),
            ...(Object.keys(options).length === 0 ? {} : { options }),
          },
        }),
    allowedRoutes: { namespaces: admit(draft.namespaces, gatewayNamespace) },
  };
}

/** These namespaces and no others. */
export function named(namespaces: readonly string[]): LabelSelector {
  const [only, ...others] = namespaces;
  return only !== undefined && others.length === 0
    ? { matchLabels: { [NAMESPACE_NAME]: only } }
    : { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: namespaces }] };
}

/** Exactly the namespaces that have routes on the listener. */
function admit(namespaces: readonly string[], gatewayNamespace: string): RouteNamespaces {
  const sorted = [...new Set(namespaces)].sort(compareText);
  if (sorted.every((namespace) => namespace === gatewayNamespace)) return { from: 'Same' };
  return { from: 'Selector', selector: named(sorted) };
}
