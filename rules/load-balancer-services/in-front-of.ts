import type { Estate } from '../../src/model/estate.ts';
import { type Json, member } from '../../src/model/json.ts';
import type { Service } from '../../src/model/objects.ts';

/** What serves HTTP behind a Service, when that is an ingress controller or the proxy of a Gateway; null for any other Service. */
export function inFrontOf(service: Service, estate: Estate): string | null {
  const { labels, selector } = service;
  if (GATEWAY_LABELS.some((label) => label in labels || label in selector)) return 'a Gateway';
  for (const set of [selector, labels]) {
    const name = set['app.kubernetes.io/name'] ?? set['app'] ?? set['k8s-app'] ?? '';
    const known = CONTROLLERS.get(name);
    if (known !== undefined && !isWebhook(set)) return known;
    if (set['app.kubernetes.io/part-of'] === 'ingress-nginx' && !isWebhook(set)) return 'ingress-nginx';
  }
  if (selector['istio'] === 'ingressgateway') return 'Istio';
  const pods = Object.entries(selector);
  const isSelected = (found: Json | undefined) => pods.length > 0 && pods.every(([key, value]) => member(found, key) === value);
  const own = estate.others.find(
    ({ ref, value }) =>
      (ref.kind === 'Deployment' || ref.kind === 'DaemonSet') &&
      ref.namespace === service.ref.namespace &&
      isSelected(member(member(member(member(value, 'spec'), 'template'), 'metadata'), 'labels')) &&
      images(value).some((image) => CONTROLLER_IMAGE.test(image)),
  );
  return own === undefined ? null : 'an ingress controller';
}

/** Of the Services that implementations make for Gateways: a live cluster has them beside the others. */
const GATEWAY_LABELS: readonly string[] = ['gateway.networking.k8s.io/gateway-name', 'gateway.envoyproxy.io/owning-gateway-name'];

const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  ['ingress-nginx', 'ingress-nginx'],
  ['nginx-ingress', "NGINX Inc.'s ingress controller"],
  ['nginx-ingress-controller', 'an ingress controller'],
  ['traefik', 'Traefik'],
  ['kong', 'Kong'],
  ['haproxy-ingress', 'HAProxy Ingress'],
  ['kubernetes-ingress', 'the HAProxy ingress controller'],
  ['contour', 'Contour'],
  ['istio-ingressgateway', 'Istio'],
]);

const CONTROLLER_IMAGE = /(?:ingress-nginx\/controller|nginx-ingress-controller|nginx\/nginx-ingress|\/?traefik)(?:[-:@]|$)/;

function isWebhook(labels: Readonly<Record<string, string>>): boolean {
  return /webhook|default-?backend/.test(labels['app.kubernetes.io/component'] ?? '');
}

function images(workload: Json): readonly string[] {
  const containers = member(member(member(member(workload, 'spec'), 'template'), 'spec'), 'containers');
  return (Array.isArray(containers) ? containers : []).flatMap((container) => {
    const image = member(container, 'image');
    return typeof image === 'string' ? [image] : [];
  });
}
