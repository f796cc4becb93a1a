/** Ingress controllers by the annotations they read, and the class names by which Ingresses are theirs. */
export interface Controller {
  readonly title: string;
  readonly prefixes: readonly string[];
  readonly classes: RegExp;
}

export const CONTROLLERS: readonly Controller[] = [
  {
    title: 'ingress-nginx',
    // The second: where the controller reads another prefix instead, as its pack then renames them.
    prefixes: ['nginx.ingress.kubernetes.io/', 'not-read.nginx.ingress.kubernetes.io/'],
    classes: /nginx/,
  },
  {
    title: "NGINX Inc's controller",
    prefixes: ['nginx.org/', 'nginx.com/', 'custom.nginx.org/', 'appprotect.f5.com/', 'appprotectdos.f5.com/'],
    classes: /nginx/,
  },
  { title: 'the AWS Load Balancer Controller', prefixes: ['alb.ingress.kubernetes.io/', 'kubernetes.amazonaws.com/'], classes: /alb|aws/ },
  {
    title: 'GKE Ingress',
    prefixes: [
      'networking.gke.io/',
      'ingress.gcp.kubernetes.io/',
      'cloud.google.com/',
      'beta.cloud.google.com/',
      'kubernetes.io/ingress.global-static-ip-name',
      'kubernetes.io/ingress.regional-static-ip-name',
      'kubernetes.io/ingress.allow-http',
    ],
    classes: /gce|gke/,
  },
  {
    title: 'Traefik',
    prefixes: ['traefik.ingress.kubernetes.io/', 'traefik.frontend.', 'traefik.backend.', 'traefik.io/'],
    classes: /traefik/,
  },
  { title: 'HAProxy', prefixes: ['haproxy.org/', 'haproxy.com/', 'haproxy-ingress.github.io/'], classes: /haproxy/ },
  { title: 'OpenShift', prefixes: ['haproxy.router.openshift.io/', 'router.openshift.io/', 'route.openshift.io/'], classes: /openshift/ },
  {
    title: 'Kong',
    prefixes: ['konghq.com/', 'configuration.konghq.com', 'configuration.konghq.com/', 'plugins.konghq.com', 'plugins.konghq.com/'],
    classes: /kong/,
  },
  { title: 'Contour', prefixes: ['projectcontour.io/', 'contour.heptio.com/'], classes: /contour/ },
  { title: 'Istio', prefixes: ['istio.io/', 'networking.istio.io/', 'traffic.istio.io/'], classes: /istio/ },
  { title: 'Cilium', prefixes: ['ingress.cilium.io/', 'io.cilium.'], classes: /cilium/ },
  {
    title: 'Azure Application Gateway',
    prefixes: ['appgw.ingress.kubernetes.io/', 'alb.networking.azure.io/'],
    classes: /azure|appgw|application-gateway/,
  },
  { title: 'AKS application routing', prefixes: ['kubernetes.azure.com/'], classes: /azure|webapprouting/ },
  { title: 'Higress', prefixes: ['higress.io/', 'mse.ingress.kubernetes.io/'], classes: /higress|mse/ },
  { title: 'Skipper', prefixes: ['zalando.org/'], classes: /skipper|zalando/ },
  { title: 'Ambassador', prefixes: ['getambassador.io/'], classes: /ambassador|emissary|edge-stack/ },
  { title: 'Gloo', prefixes: ['gloo.solo.io/', 'gateway.solo.io/'], classes: /gloo|solo/ },
  { title: 'APISIX', prefixes: ['k8s.apisix.apache.org/'], classes: /apisix/ },
  { title: 'Tyk', prefixes: ['tyk.io/', 'template.service.tyk.io'], classes: /tyk/ },
  { title: 'Voyager', prefixes: ['ingress.appscode.com/', 'voyager.appscode.com/'], classes: /voyager/ },
  { title: 'Citrix', prefixes: ['ingress.citrix.com/', 'csvserver.citrix.com/', 'service.citrix.com/'], classes: /citrix|netscaler/ },
  { title: 'F5 BIG-IP', prefixes: ['virtual-server.f5.com/', 'cis.f5.com/', 'ingress.f5.com/'], classes: /f5/ },
  { title: 'Avi', prefixes: ['ako.vmware.com/', 'aviinfrasetting.ako.vmware.com/'], classes: /avi/ },
  { title: 'Pomerium', prefixes: ['ingress.pomerium.io/'], classes: /pomerium/ },
  { title: 'Tailscale', prefixes: ['tailscale.com/'], classes: /tailscale/ },
  { title: 'Knative', prefixes: ['networking.knative.dev/'], classes: /knative/ },
  {
    title: 'Huawei Cloud CCE',
    prefixes: [
      'kubernetes.io/elb.id',
      'kubernetes.io/elb.ip',
      'kubernetes.io/elb.port',
      'kubernetes.io/elb.autocreate',
      'kubernetes.io/elb.class',
      'kubernetes.io/elb.eip-id',
      'kubernetes.io/elb.subnet-id',
      'kubernetes.io/elb.',
    ],
    classes: /cce/,
  },
  { title: 'IBM Cloud', prefixes: ['ingress.bluemix.net/'], classes: /iks|bluemix/ },
  {
    title: 'Tencent Cloud',
    prefixes: ['kubernetes.io/ingress.qcloud-loadbalance-id', 'ingress.cloud.tencent.com/', 'kubernetes.io/ingress.extensiveParameters'],
    classes: /qcloud/,
  },
];
