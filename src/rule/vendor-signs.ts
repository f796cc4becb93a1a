import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ConvertOptions } from '../options.ts';
import type { Vendor } from '../route/table.ts';

/** What the vendors' packs say of themselves, also of vendors without a pack in this release. */
interface VendorSigns {
  readonly vendor: Vendor;
  readonly controllers: readonly string[];
  readonly classNames: readonly string[];
  readonly prefixes: readonly string[];
  /** Annotations of Services that only this vendor reads: an Ingress without class that routes to one is its. */
  readonly servicePrefixes?: readonly string[];
  /** A class annotation of its own beats `spec.ingressClassName` (ALB, GKE, NGINX Inc.); on ingress-nginx the field wins. */
  readonly annotationWins: boolean;
}

/** Vendors whose signs are known here whether or not their pack exists. */
const VENDOR_SIGNS: readonly VendorSigns[] = [
  {
    vendor: 'nginx',
    controllers: ['k8s.io/ingress-nginx'],
    classNames: ['nginx'],
    prefixes: ['nginx.ingress.kubernetes.io/'],
    annotationWins: false,
  },
  {
    vendor: 'nginx-inc',
    controllers: ['nginx.org/ingress-controller'],
    classNames: [],
    prefixes: ['nginx.org/', 'nginx.com/', 'appprotect.f5.com/', 'appprotectdos.f5.com/'],
    annotationWins: true,
  },
  {
    vendor: 'alb',
    controllers: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
    classNames: ['alb'],
    prefixes: ['alb.ingress.kubernetes.io/'],
    annotationWins: true,
  },
  {
    vendor: 'gke',
    controllers: [],
    classNames: ['gce', 'gce-internal', 'gce-multi-cluster', 'gce-regional-external'],
    prefixes: [
      'networking.gke.io/',
      'ingress.gcp.kubernetes.io/',
      'kubernetes.io/ingress.global-static-ip-name',
      'kubernetes.io/ingress.regional-static-ip-name',
      'kubernetes.io/ingress.allow-http',
    ],
    servicePrefixes: ['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config', 'cloud.google.com/neg'],
    annotationWins: true,
  },
];

/** Controllers by the class names they use in the wild; Ingresses of theirs are listed, not converted. */
export const OTHER_CLASSES: Readonly<Record<string, string>> = {
  traefik: 'Traefik',
  'traefik-internal': 'Traefik',
  haproxy: 'HAProxy',
  kong: 'Kong',
  istio: 'Istio',
  contour: 'Contour',
  cilium: 'Cilium',
  ambassador: 'Ambassador',
  skipper: 'Skipper',
  voyager: 'Voyager',
  tyk: 'Tyk',
  apisix: 'APISIX',
  gloo: 'Gloo',
  'azure/application-gateway': 'Azure Application Gateway',
  'azure-application-gateway': 'Azure Application Gateway',
  'openshift-default': 'OpenShift',
};

export function signsOf(vendor: Vendor): VendorSigns | undefined {
  return VENDOR_SIGNS.find((signs) => signs.vendor === vendor);
}

export function vendorOfName(name: string, options: ConvertOptions): Vendor | null {
  const chosen = Object.hasOwn(options.classes, name) ? options.classes[name] : undefined;
  return chosen ?? VENDOR_SIGNS.find((signs) => signs.classNames.includes(name))?.vendor ?? null;
}

export function vendorOfController(controller: string): Vendor | null {
  return VENDOR_SIGNS.find((signs) => signs.controllers.includes(controller))?.vendor ?? null;
}

/** The vendor with most annotations on the Ingress; null when none has any or two have equally many. */
export function vendorBySigns(ingress: Ingress): { vendor: Vendor; sample: string } | null {
  const counted = VENDOR_SIGNS.map((signs) => {
    const carried = ingress.annotations.filter((entry) => signs.prefixes.some((prefix) => entry.name.startsWith(prefix)));
    return { vendor: signs.vendor, sample: carried[0]?.name ?? '', count: carried.length };
  }).sort((a, b) => b.count - a.count);
  const [first, second] = counted;
  if (first === undefined || first.count === 0 || first.count === second?.count) return null;
  return first;
}

/** The vendor whose annotations the Services have that the Ingress routes to. */
export function vendorByServices(ingress: Ingress, { serviceByName }: Estate): { vendor: Vendor; sample: string } | null {
  const backends = [ingress.defaultBackend, ...ingress.rules.flatMap((rule) => (rule.paths ?? []).map((path) => path.backend))];
  for (const backend of backends) {
    const service = backend?.kind === 'service' ? serviceByName.get(`${ingress.ref.namespace}/${backend.name}`) : undefined;
    for (const { name } of service?.annotations ?? []) {
      const signs = VENDOR_SIGNS.find(({ servicePrefixes = [] }) => servicePrefixes.some((prefix) => name.startsWith(prefix)));
      if (signs !== undefined) return { vendor: signs.vendor, sample: `Services with ${name}` };
    }
  }
  return null;
}
