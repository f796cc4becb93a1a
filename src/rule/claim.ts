import type { Finding } from '../ledger/finding.ts';
import { defineFindings, type NoArgs } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import { findObject } from '../model/parse/findings.ts';
import type { ConvertOptions } from '../options.ts';
import type { Vendor } from '../route/table.ts';
import { nginxSigns, signsOfClass } from './either-nginx.ts';
import type { Pack } from './pack.ts';

/** Whose Ingress it is. */
export type Claim =
  | {
      readonly kind: 'owned';
      readonly vendor: Vendor;
      readonly className: string | null;
      readonly ignored: readonly Ignored[];
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'unowned'; readonly controller: string; readonly finding: Finding };

/** A class setting that the controller does not look at. */
export interface Ignored {
  readonly entry: Entry;
  readonly finding: Finding;
}

export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** What the vendors' packs say of themselves, also of vendors without a pack in this release. */
export interface VendorSigns {
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
export const VENDOR_SIGNS: readonly VendorSigns[] = [
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

export const claimFindings = defineFindings('class', {
  'unknown-class': {
    level: 'warning',
    message: (a: { class: string }) =>
      `the ingress class "${a.class}" belongs to no controller known here, so this Ingress was not converted`,
    help: (a) =>
      `Say whose it is with --class ${a.class}=nginx (or kubernetes for plain Ingress semantics), or add its IngressClass to the input.`,
    differs: ['unreachable'],
  },
  'other-controller': {
    level: 'warning',
    message: (a: { class: string; controller: string }) =>
      `class "${a.class}" belongs to ${a.controller}, whose behaviour is not known here, so this Ingress was not converted`,
    help: (a) => `If plain Ingress semantics are enough, convert it with --class ${a.class}=kubernetes.`,
    differs: ['unreachable'],
  },
  'no-pack': {
    level: 'warning',
    message: (a: { vendor: string }) => `Ingresses of ${a.vendor} cannot be converted by this release`,
    help: () => 'Nothing was written for it: a conversion with other semantics would be wrong without a word.',
    differs: ['unreachable'],
  },
  'invalid-name': {
    level: 'error',
    message: (a: { name: string }) =>
      `"${a.name}" is no name that the API server accepts for an Ingress and its namespace, so this Ingress was not converted`,
    help: () => 'Fill in the placeholder or correct the name (lower-case letters, digits, dashes), and convert again.',
    differs: ['unreachable'],
  },
  'assumed-vendor': {
    level: 'note',
    message: (a: { vendor: string; because: string }) => `read as an Ingress of ${a.vendor}: ${a.because}`,
    help: () => 'Say otherwise with --class NAME=VENDOR, or set spec.ingressClassName.',
  },
  'either-nginx': {
    level: 'warning',
    message: (a: { class: string; because: string }) =>
      `class "${a.class}" is the default of ingress-nginx and of NGINX Inc.'s controller, which read different annotations and route differently: read as ingress-nginx, though ${a.because}`,
    help: (a) =>
      `Add the IngressClass to the input, or say whose it is with --class ${a.class}=nginx or --class ${a.class}=nginx-inc, and convert again.`,
    security: true,
  },
  'assumed-plain': {
    level: 'note',
    message: (_: NoArgs) => 'no class and no vendor annotation: read with plain Kubernetes Ingress semantics',
    help: () =>
      'In a cluster the default IngressClass would take it. Add that IngressClass to the input, or set spec.ingressClassName, if a vendor serves it.',
  },
  ignored: {
    level: 'note',
    message: (a: { winner: string }) => `the controller does not look at it: ${a.winner} decides`,
  },
});

/** DNS label and DNS subdomain. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Controllers by the class names they use in the wild; Ingresses of theirs are listed, not converted. */
const OTHER_CLASSES: Readonly<Record<string, string>> = {
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

/** Decides for each Ingress, from class settings first and signs of a vendor second. */
export function claim(ingress: Ingress, estate: Estate, options: ConvertOptions): Claim {
  const { namespace, name } = ingress.ref;
  if (!NAMESPACE.test(namespace) || !NAME.test(name)) {
    const finding = claimFindings['invalid-name']({ name: `${namespace}/${name}` }, { at: ingress.ref.at, ingress: ingress.ref });
    return { kind: 'unowned', controller: 'unknown', finding };
  }
  if (ingress.isEmpty) {
    const { code } = findObject['no-spec'];
    const said = estate.findings.find((finding) => finding.code === code && finding.ingress === ingress.ref);
    const finding = said ?? findObject['no-spec']({}, { at: ingress.ref.at, ingress: ingress.ref });
    return { kind: 'unowned', controller: 'unknown', finding };
  }
  const annotation = ingress.annotations.find((entry) => entry.name === CLASS_ANNOTATION && entry.value !== '') ?? null;
  const field = ingress.className;
  const annotated =
    annotation === null ? null : (nginxOf(annotation.value, ingress, estate, options)?.vendor ?? vendorOfName(annotation.value, options));
  const annotationWins = annotation !== null && (field === null || (annotated !== null && signsOf(annotated)?.annotationWins === true));
  const at = { at: ingress.ref.at, ingress: ingress.ref };

  if (annotationWins) {
    const ignored = field === null ? [] : [{ entry: field.entry, finding: ignoredBy(CLASS_ANNOTATION, field.entry) }];
    return byName(annotation.value, ingress, estate, options, ignored);
  }
  if (field !== null) {
    const ignored = annotation === null ? [] : [{ entry: annotation, finding: ignoredBy('spec.ingressClassName', annotation) }];
    return byName(field.value, ingress, estate, options, ignored);
  }
  const defaults = estate.classes.filter((candidate) => candidate.isDefault);
  const [only] = defaults;
  if (only !== undefined && defaults.length === 1) {
    const vendor = vendorOfName(only.ref.name, options) ?? vendorOfController(only.controller);
    if (vendor !== null) {
      const because = `it names no class, and IngressClass ${only.ref.name} is the default`;
      return owned(vendor, only.ref.name, [], [claimFindings['assumed-vendor']({ vendor, because }, at)]);
    }
  }
  const signs = vendorBySigns(ingress) ?? vendorByServices(ingress, estate);
  if (signs !== null) {
    const because = `it names no class and carries ${signs.sample}`;
    return owned(signs.vendor, null, [], [claimFindings['assumed-vendor']({ vendor: signs.vendor, because }, at)]);
  }
  return owned('kubernetes', null, [], [claimFindings['assumed-plain']({}, at)]);
}

function byName(name: string, ingress: Ingress, estate: Estate, options: ConvertOptions, ignored: readonly Ignored[]): Claim {
  const at = { at: ingress.ref.at, ingress: ingress.ref };
  const chosen = Object.hasOwn(options.classes, name) ? options.classes[name] : undefined;
  if (chosen !== undefined) return owned(chosen, name, ignored, []);
  const object = estate.classes.find((candidate) => candidate.ref.name === name);
  if (object !== undefined) {
    const vendor = vendorOfController(object.controller);
    if (vendor !== null) return owned(vendor, name, ignored, []);
    return {
      kind: 'unowned',
      controller: object.controller,
      finding: claimFindings['other-controller']({ class: name, controller: object.controller }, at),
    };
  }
  const nginx = nginxOf(name, ingress, estate, options);
  if (nginx !== null) return owned(nginx.vendor, name, ignored, nginx.findings);
  const vendor = vendorOfName(name, options);
  if (vendor !== null) return owned(vendor, name, ignored, []);
  const other = Object.hasOwn(OTHER_CLASSES, name) ? OTHER_CLASSES[name] : undefined;
  if (other !== undefined)
    return { kind: 'unowned', controller: other, finding: claimFindings['other-controller']({ class: name, controller: other }, at) };
  const signs = vendorBySigns(ingress);
  if (signs !== null) {
    const because = `class "${name}" is not defined in the input, and the Ingress carries ${signs.sample}`;
    return owned(signs.vendor, name, ignored, [claimFindings['assumed-vendor']({ vendor: signs.vendor, because }, at)]);
  }
  if (NAMES_NGINX.test(name)) {
    const because = `class "${name}" is not defined in the input, and its name says nginx`;
    return owned('nginx', name, ignored, [claimFindings['assumed-vendor']({ vendor: 'nginx', because }, at)]);
  }
  return { kind: 'unowned', controller: name, finding: claimFindings['unknown-class']({ class: name }, at) };
}

/**
 * Which of the two controllers serves a class that is `nginx` by name alone: the one whose annotations the Ingress carries, else
 * the one whose annotations the other Ingresses of the class carry. null where the name says nothing of nginx, or somebody else
 * said whose it is. Without any sign it is ingress-nginx.
 */
function nginxOf(
  name: string,
  ingress: Ingress,
  estate: Estate,
  options: ConvertOptions,
): { readonly vendor: Vendor; readonly findings: readonly Finding[] } | null {
  const isChosen = Object.hasOwn(options.classes, name) || estate.classes.some(({ ref }) => ref.name === name);
  if (isChosen || !NAMES_NGINX.test(name)) return null;
  const at = { at: ingress.ref.at, ingress: ingress.ref };
  const own = nginxSigns(ingress);
  const others = signsOfClass(name, estate);
  const elsewhere = others.has('kubernetes') || others.has('both');
  const as = (vendor: Vendor, because: string) => ({ vendor, findings: [claimFindings['assumed-vendor']({ vendor, because }, at)] });
  switch (own) {
    case 'inc':
      return as(
        'nginx-inc',
        `class "${name}" is not defined in the input, and the Ingress carries annotations of NGINX Inc.'s controller only`,
      );
    case 'both':
      return {
        vendor: 'nginx',
        findings: [claimFindings['either-nginx']({ class: name, because: 'this Ingress carries annotations of both' }, at)],
      };
    case 'none':
      if (!others.has('inc')) return null;
      if (!elsewhere)
        return as(
          'nginx-inc',
          `class "${name}" is not defined in the input, and its other Ingresses carry annotations of NGINX Inc.'s controller only`,
        );
      return {
        vendor: 'nginx',
        findings: [
          claimFindings['either-nginx'](
            { class: name, because: 'other Ingresses of the class carry annotations of the one or the other' },
            at,
          ),
        ],
      };
    case 'kubernetes':
      return null;
    default:
      return own satisfies never;
  }
}

const NAMES_NGINX = /(?:^|[^a-z])nginx(?:[^a-z]|$)/;

function owned(vendor: Vendor, className: string | null, ignored: readonly Ignored[], findings: readonly Finding[]): Claim {
  return { kind: 'owned', vendor, className, ignored, findings };
}

function ignoredBy(winner: string, entry: Entry): Finding {
  return claimFindings.ignored({ winner }, { at: entry.at, ingress: entry.ingress });
}

function signsOf(vendor: Vendor): VendorSigns | undefined {
  return VENDOR_SIGNS.find((signs) => signs.vendor === vendor);
}

function vendorOfName(name: string, options: ConvertOptions): Vendor | null {
  const chosen = Object.hasOwn(options.classes, name) ? options.classes[name] : undefined;
  return chosen ?? VENDOR_SIGNS.find((signs) => signs.classNames.includes(name))?.vendor ?? null;
}

function vendorOfController(controller: string): Vendor | null {
  return VENDOR_SIGNS.find((signs) => signs.controllers.includes(controller))?.vendor ?? null;
}

/** The vendor with most annotations on the Ingress; null when none has any or two have equally many. */
function vendorBySigns(ingress: Ingress): { vendor: Vendor; sample: string } | null {
  const counted = VENDOR_SIGNS.map((signs) => {
    const carried = ingress.annotations.filter((entry) => signs.prefixes.some((prefix) => entry.name.startsWith(prefix)));
    return { vendor: signs.vendor, sample: carried[0]?.name ?? '', count: carried.length };
  }).sort((a, b) => b.count - a.count);
  const [first, second] = counted;
  if (first === undefined || first.count === 0 || first.count === second?.count) return null;
  return first;
}

/** The vendor whose annotations the Services have that the Ingress routes to. */
function vendorByServices(ingress: Ingress, { serviceByName }: Estate): { vendor: Vendor; sample: string } | null {
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

/** Names that `--class NAME=VENDOR` accepts. */
export function vendorsOf(packs: readonly Pack[]): readonly Vendor[] {
  return packs.map((pack) => pack.vendor);
}
