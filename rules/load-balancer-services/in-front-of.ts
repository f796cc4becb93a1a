import type { Estate } from '../../src/model/estate.ts';
import { type Json, member } from '../../src/model/json.ts';
import type { Service } from '../../src/model/objects.ts';

/** What serves HTTP behind a Service, when that is an ingress controller or the proxy of a Gateway; null for any other Service. */
export function inFrontOf(service: Service, estate: Estate): string | null {
  const { labels, selector, ref } = service;
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
  const workloads = estate.others.filter(({ ref: { kind } }) => kind === 'Deployment' || kind === 'DaemonSet');
  const own = workloads.find(({ ref: { namespace }, value }) => {
    const isBehind = namespace === ref.namespace && isSelected(member(member(template(value), 'metadata'), 'labels'));
    return isBehind && containers(value).some((container) => CONTROLLER_IMAGE.test(textOf(member(container, 'image'))));
  });
  const isPublished = workloads.some(({ ref: { namespace }, value }) =>
    containers(value)
      .flatMap((container) => [...textsOf(member(container, 'args')), ...textsOf(member(container, 'command'))])
      .some((flag) => publishedBy(flag, namespace) === `${ref.namespace}/${ref.name}`),
  );
  return own === undefined && !isPublished ? null : 'an ingress controller';
}

/** Of the Services that implementations make for Gateways: a live cluster has them beside the others. */
const GATEWAY_LABELS: readonly string[] = [
  'gateway.networking.k8s.io/gateway-name',
  'gateway.envoyproxy.io/owning-gateway-name',
  'io.cilium.gateway/owning-gateway',
];

const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  ['ingress-nginx', 'ingress-nginx'],
  ['rke2-ingress-nginx', 'ingress-nginx'],
  ['nginx-ingress-microk8s', 'ingress-nginx'],
  ['nginx-ingress', "NGINX Inc.'s ingress controller"],
  ['nginx-ingress-controller', 'an ingress controller'],
  ['traefik', 'Traefik'],
  ['kong', 'Kong'],
  ['haproxy-ingress', 'HAProxy Ingress'],
  ['kubernetes-ingress', 'the HAProxy ingress controller'],
  ['contour', 'Contour'],
  ['istio-ingressgateway', 'Istio'],
  ['emissary-ingress', 'Emissary-ingress'],
  ['ambassador', 'Emissary-ingress'],
  ['apisix', 'APISIX'],
  ['skipper-ingress', 'Skipper'],
  ['cilium-ingress', 'Cilium'],
]);

const CONTROLLER_IMAGE =
  /(?:ingress-nginx[/-]controller|nginx-ingress-controller|nginx\/nginx-ingress|\/?traefik|kong|haproxytech\/kubernetes-ingress|haproxy-ingress|emissary|projectcontour\/contour)(?:[-:@]|$)/;

/** `namespace/name` of the Service whose address a controller writes into Ingresses; null for other flags. */
function publishedBy(flag: string, namespace: string): string | null {
  const [, name] = /^--?(?:publish-service|providers\.kubernetesingress\.ingressendpoint\.publishedservice)=(.+)$/i.exec(flag) ?? [];
  return name === undefined ? null : name.replace('$(POD_NAMESPACE)', namespace);
}

function isWebhook(labels: Readonly<Record<string, string>>): boolean {
  return /webhook|default-?backend/.test(labels['app.kubernetes.io/component'] ?? '');
}

function template(workload: Json): Json | undefined {
  return member(member(workload, 'spec'), 'template');
}

function containers(workload: Json): readonly Json[] {
  const list = member(member(template(workload), 'spec'), 'containers');
  return Array.isArray(list) ? list : [];
}

function textsOf(list: Json | undefined): readonly string[] {
  return (Array.isArray(list) ? list : []).map(textOf);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
