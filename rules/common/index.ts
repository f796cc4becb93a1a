import type { Entry } from '../../src/model/entry.ts';
import type { ToolOutput, ToolRule } from '../../src/rule/pack.ts';
import { toolFindings } from './findings.ts';

const none: ToolOutput['metadata'] = [];

function place(entry: Entry) {
  return { at: entry.at, ingress: entry.ingress };
}

/** Facts about the Ingress object itself: nothing is to be carried over. */
function bookkeeping(tool: string, annotations: readonly string[], docs: string): ToolRule {
  return {
    id: `tool/${tool.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `Bookkeeping of ${tool}`,
    docs,
    annotations,
    convert: (entry) => ({ metadata: none, outcome: 'inert', finding: toolFindings.bookkeeping({ name: entry.name, tool }, place(entry)) }),
  };
}

/** Annotations of a controller that does not serve the Ingress: it never looked at them. */
function otherController(tool: string, annotations: readonly string[]): ToolRule {
  return {
    id: `tool/${tool.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `Annotations of ${tool} on Ingresses that are not its own`,
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/',
    annotations,
    convert: (entry) => ({ metadata: none, outcome: 'inert', finding: toolFindings['other-controller']({ name: entry.name, tool }, place(entry)) }),
  };
}

const acmeSolver: ToolRule = {
  id: 'tool/cert-manager-acme',
  title: 'cert-manager: how HTTP-01 challenges are solved',
  docs: 'https://cert-manager.io/docs/configuration/acme/http01/',
  annotations: ['acme.cert-manager.io/'],
  convert: (entry) => ({ metadata: none, outcome: 'manual', finding: toolFindings['acme-solver']({ name: entry.name }, place(entry)) }),
};

const certManager: ToolRule = {
  id: 'tool/cert-manager',
  title: 'cert-manager: which issuer makes the certificate',
  docs: 'https://cert-manager.io/docs/usage/gateway/',
  annotations: ['cert-manager.io/'],
  convert(entry, ingress) {
    const finding = toolFindings['cert-manager']({ name: entry.name }, place(entry));
    return { metadata: [{ ingress: ingress.ref, on: 'gateway', name: entry.name, value: entry.value, entry, outcome: 'approximated', finding }], outcome: 'approximated', finding };
  },
};

/** `target` is read from the Gateway, everything else from the route. */
const externalDns: ToolRule = {
  id: 'tool/external-dns',
  title: 'external-dns: records for the hosts',
  docs: 'https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway-api/',
  annotations: ['external-dns.alpha.kubernetes.io/', 'external-dns.kubernetes.io/'],
  convert(entry, ingress) {
    const on = entry.name.endsWith('/target') ? 'gateway' : 'route';
    const finding = toolFindings['external-dns']({ name: entry.name }, place(entry));
    return { metadata: [{ ingress: ingress.ref, on, name: entry.name, value: entry.value, entry, outcome: 'approximated', finding }], outcome: 'approximated', finding };
  },
};

const unknown: ToolRule = {
  id: 'tool/unknown',
  title: 'Annotations of tools not known here',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  annotations: [],
  convert(entry, ingress) {
    const finding = toolFindings.unknown({ name: entry.name }, place(entry));
    const metadata: ToolOutput['metadata'] = [{ ingress: ingress.ref, on: 'route', name: entry.name, value: entry.value, entry, outcome: 'manual', finding }];
    return { metadata: isAnnotationName(entry.name) ? metadata : none, outcome: 'manual', finding };
  },
};

function isAnnotationName(name: string): boolean {
  return /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name);
}

/** Most specific first: an annotation belongs to the first rule whose name or prefix takes it. */
export const toolRules: readonly ToolRule[] = [
  acmeSolver,
  certManager,
  externalDns,
  bookkeeping('cert-manager before 0.11', ['certmanager.k8s.io/', 'kubernetes.io/tls-acme'], 'https://cert-manager.io/docs/releases/upgrading/upgrading-0.10-0.11/'),
  bookkeeping('kubectl', ['kubectl.kubernetes.io/', 'deployment.kubernetes.io/'], 'https://kubernetes.io/docs/reference/labels-annotations-taints/'),
  bookkeeping('Helm', ['meta.helm.sh/', 'helm.sh/'], 'https://helm.sh/docs/topics/charts_hooks/'),
  bookkeeping('Argo CD', ['argocd.argoproj.io/'], 'https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/'),
  bookkeeping('Flux', ['kustomize.toolkit.fluxcd.io/', 'helm.toolkit.fluxcd.io/', 'fluxcd.io/', 'flux.weave.works/'], 'https://fluxcd.io/flux/components/kustomize/kustomizations/'),
  bookkeeping('kustomize', ['config.kubernetes.io/', 'internal.config.kubernetes.io/', 'config.k8s.io/'], 'https://kubectl.docs.kubernetes.io/references/kustomize/'),
  bookkeeping('kapp', ['kapp.k14s.io/'], 'https://carvel.dev/kapp/docs/latest/apply/'),
  bookkeeping('Rancher', ['field.cattle.io/', 'cattle.io/', 'objectset.rio.cattle.io/'], 'https://ranchermanager.docs.rancher.com/'),
  bookkeeping('Kubernetes', ['app.kubernetes.io/', 'ingressclass.kubernetes.io/'], 'https://kubernetes.io/docs/reference/labels-annotations-taints/'),
  otherController('ingress-nginx before 0.9', ['ingress.kubernetes.io/']),
  otherController('ingress-nginx', ['nginx.ingress.kubernetes.io/']),
  otherController("NGINX Inc's controller", ['nginx.org/', 'nginx.com/', 'appprotect.f5.com/', 'appprotectdos.f5.com/']),
  otherController('the AWS Load Balancer Controller', ['alb.ingress.kubernetes.io/', 'service.beta.kubernetes.io/', 'zalando.org/']),
  otherController('GKE Ingress', ['networking.gke.io/', 'cloud.google.com/', 'ingress.gcp.kubernetes.io/', 'beta.cloud.google.com/', 'kubernetes.io/ingress.global-static-ip-name', 'kubernetes.io/ingress.regional-static-ip-name', 'kubernetes.io/ingress.allow-http']),
  otherController('Traefik', ['traefik.ingress.kubernetes.io/', 'traefik.frontend.', 'traefik.io/']),
  otherController('HAProxy', ['haproxy.org/', 'haproxy-ingress.github.io/', 'haproxy.router.openshift.io/']),
  otherController('Azure Application Gateway', ['appgw.ingress.kubernetes.io/', 'kubernetes.azure.com/']),
  otherController('Kong', ['konghq.com/', 'configuration.konghq.com', 'plugins.konghq.com']),
  otherController('Contour', ['projectcontour.io/', 'contour.heptio.com/']),
  otherController('OpenShift', ['route.openshift.io/']),
  otherController('Istio', ['istio.io/', 'networking.istio.io/']),
  unknown,
];

export function toolRuleFor(name: string): ToolRule {
  return toolRules.find((rule) => rule.annotations.some((own) => (/[/.]$/.test(own) ? name.startsWith(own) : name === own))) ?? unknown;
}
