import type { Estate } from '../../model/estate.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import type { Service, ServicePort } from '../../model/objects.ts';
import { type Container, selects, workloadOf } from '../../model/workload.ts';

/** What GKE takes from a readiness probe. */
export interface Probe {
  readonly path: string;
  readonly host: string | null;
  readonly timeoutSec: number;
  readonly periodSec: number;
}

export type Probed =
  /** No Pods of the Service are in the input. */
  | { readonly kind: 'no-pods' }
  /** They have no probe that counts. */
  | { readonly kind: 'no-probe' }
  | { readonly kind: 'probe'; readonly probe: Probe };

/**
 * The probe that ingress-gce would take: of the first container with the port of the Service, over HTTP or HTTPS as the Service
 * is spoken to, with no host and no header but Host, on that very port.
 */
export function probeOf(service: Service, port: ServicePort | null, scheme: 'HTTP' | 'HTTPS', estate: Estate): Probed {
  const workloads = estate.others
    .filter(({ ref }) => ref.namespace === service.ref.namespace)
    .flatMap((object) => workloadOf(object) ?? [])
    .filter(({ labels }) => selects(service.selector, labels));
  if (workloads.length === 0) return { kind: 'no-pods' };
  for (const container of workloads.flatMap(({ containers }) => containers)) {
    const probe = probeIn(container, port, scheme);
    if (probe !== null) return { kind: 'probe', probe };
  }
  return { kind: 'no-probe' };
}

function probeIn({ ports, readinessProbe }: Container, port: ServicePort | null, scheme: 'HTTP' | 'HTTPS'): Probe | null {
  const get = member(readinessProbe ?? undefined, 'httpGet');
  if (readinessProbe === null || get === undefined || port === null) return null;
  if ((textOf(member(get, 'scheme')) ?? 'HTTP') !== scheme || textOf(member(get, 'host')) !== null) return null;
  const headers = listOf(member(get, 'httpHeaders'));
  const host =
    headers.length === 1 && /^host$/i.test(textOf(member(headers[0], 'name')) ?? '') ? textOf(member(headers[0], 'value')) : null;
  if (headers.length > 0 && host === null) return null;
  const target = port.targetPort ?? port.port;
  const own = ports.find((each) => each.port === target || each.name === target);
  const probed = member(get, 'port');
  if (own === undefined || (probed !== own.port && probed !== own.name)) return null;
  const path = textOf(member(get, 'path')) ?? '/';
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    host,
    timeoutSec: numberOf(readinessProbe, 'timeoutSeconds', 1),
    periodSec: numberOf(readinessProbe, 'periodSeconds', 10),
  };
}

function numberOf(probe: JsonObject, field: string, fallback: number): number {
  const value = member(probe, field);
  return typeof value === 'number' && value > 0 ? value : fallback;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
