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

export interface ListenerDraft {
  readonly host: string;
  readonly scheme: Scheme | 'tls';
  readonly port: number;
  /** Terminated with this Secret. */
  readonly certificate: { readonly namespace: string; readonly name: string } | null;
  /** `tls.options`, of an implementation. */
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
    const { namespace, name } = certificate?.kind === 'secret' ? certificate : { namespace: '', name: '' };
    const secret = scheme === 'https' ? { namespace, name } : null;
    const namespaces = bound.map((group) => group.ingress.namespace);
    return [{ host: table.host, scheme, port, certificate: secret, options: scheme === 'https' ? optionsOf(host) : {}, namespaces }];
  });
  if (table.passthrough === null || !isPassedThrough(table, release)) return listeners;
  return [...listeners, { host: table.host, scheme: 'tls', port: 443, certificate: null, namespaces: [table.passthrough.namespace] }];
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
    return [identityOf(draft), draft.port === (draft.scheme === 'http' ? 80 : 443) ? base : `${base}-${draft.port}`];
  });
  const names = uniqueNames(new Map(wanted), LIMITS.name);
  return (draft) => names.get(identityOf(draft)) ?? draft.scheme;
}

function identityOf({ host, scheme, port }: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>): string {
  return `${scheme}://${host}:${port}`;
}

export function writeListener(draft: ListenerDraft, name: string, gatewayNamespace: string): Listener {
  const { certificate, options = {} } = draft;
  return {
    name,
    ...(draft.host === '' ? {} : { hostname: draft.host }),
    port: draft.port,
    protocol: draft.scheme === 'http' ? 'HTTP' : draft.scheme === 'https' ? 'HTTPS' : 'TLS',
    ...(draft.scheme === 'tls' ? { tls: { mode: 'Passthrough' } as const } : {}),
    ...(certificate === null
      ? {}
      : {
          tls: {
            mode: 'Terminate' as const,
            certificateRefs: [
              { name: certificate.name, ...(certificate.namespace === gatewayNamespace ? {} : { namespace: certificate.namespace }) },
            ],
            ...(Object.keys(options).length === 0 ? {} : { options }),
          },
        }),
    allowedRoutes: { namespaces: admit(draft.namespaces, gatewayNamespace) },
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
