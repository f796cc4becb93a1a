import type { Pack } from '../../src/rule/pack.ts';
import type { AnyRule } from '../../src/rule/rule.ts';
import { allowHttp } from './allow-http.ts';
import { appProtocols } from './app-protocols.ts';
import { backendConfigReference } from './backend-config-reference.ts';
import { capacity, transparentHealthChecker } from './capacity.ts';
import { managedCertificates, preSharedCert } from './certificates.ts';
import { controllerOutput } from './controller-output.ts';
import { suppressFirewallError } from './firewall.ts';
import { frontendConfig } from './frontend-config.ts';
import { ingressClass } from './ingress-class.ts';
import { loadBalancerServices, multiClusterAnnotations, multiClusterServiceAnnotations } from './misplaced.ts';
import { neg } from './neg.ts';
import { route } from './route/router.ts';
import { staticIp } from './static-ip.ts';

const rules: readonly AnyRule[] = [
  ingressClass,
  allowHttp,
  staticIp,
  preSharedCert,
  managedCertificates,
  frontendConfig,
  suppressFirewallError,
  controllerOutput,
  backendConfigReference,
  appProtocols,
  neg,
  capacity,
  transparentHealthChecker,
  loadBalancerServices,
  multiClusterAnnotations,
  multiClusterServiceAnnotations,
];

/** Annotations that mean something on a Service. */
const ON_SERVICES: readonly AnyRule[] = [backendConfigReference, appProtocols, neg, capacity, transparentHealthChecker];

const onServices = new Set(ON_SERVICES.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation)));

/** GKE Ingress (ingress-gce), as of v1.41. */
export const gke: Pack = {
  vendor: 'gke',
  title: 'GKE Ingress',
  controllers: [],
  classNames: ['gce', 'gce-internal', 'gce-regional-external', 'gce-multi-cluster'],
  prefixes: ['networking.gke.io/', 'ingress.gcp.kubernetes.io/', 'kubernetes.io/ingress.', 'cloud.google.com/', 'beta.cloud.google.com/'],
  rules,
  otherKinds: ['MultiClusterIngress'],
  route: (view) => route(view, onServices),
};
