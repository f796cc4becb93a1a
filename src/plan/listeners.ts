import type { Listener, RouteNamespaces } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import type { Scheme } from '../route/table.ts';
import { hostSlug } from './names.ts';

export interface ListenerDraft {
  readonly host: string;
  readonly scheme: Scheme | 'tls';
  readonly port: number;
  /** Terminated with this Secret. */
  readonly certificate: { readonly namespace: string; readonly name: string } | null;
  /** Namespaces that have routes on it. */
  readonly namespaces: readonly string[];
}

/** The name a listener gets, known before the Gateway is written: routes bind to it. Ports other than 80 and 443 are part of it. */
export function listenerName(draft: Pick<ListenerDraft, 'host' | 'scheme' | 'port'>, names: ReadonlyMap<string, string>): string {
  const usual = draft.scheme === 'http' ? 80 : 443;
  const base = draft.host === '' ? draft.scheme : `${draft.scheme}-${names.get(draft.host) ?? hostSlug(draft.host)}`;
  return draft.port === usual ? base : `${base}-${draft.port}`;
}

export function writeListener(draft: ListenerDraft, names: ReadonlyMap<string, string>, gatewayNamespace: string): Listener {
  const certificate = draft.certificate;
  return {
    name: listenerName(draft, names),
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
