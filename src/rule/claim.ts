import type { Finding } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import { findObject } from '../model/parse/findings.ts';
import type { ConvertOptions } from '../options.ts';
import type { Vendor } from '../route/table.ts';
import { claimFindings } from './claim-findings.ts';
import { NAMES_NGINX, nginxOf } from './either-nginx.ts';
import type { Pack } from './pack.ts';
import { OTHER_CLASSES, signsOf, vendorByServices, vendorBySigns, vendorOfController, vendorOfName } from './vendor-signs.ts';

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

/** DNS label and DNS subdomain. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

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

function owned(vendor: Vendor, className: string | null, ignored: readonly Ignored[], findings: readonly Finding[]): Claim {
  return { kind: 'owned', vendor, className, ignored, findings };
}

function ignoredBy(winner: string, entry: Entry): Finding {
  return claimFindings.ignored({ winner }, { at: entry.at, ingress: entry.ingress });
}

/** Names that `--class NAME=VENDOR` accepts. */
export function vendorsOf(packs: readonly Pack[]): readonly Vendor[] {
  return packs.map((pack) => pack.vendor);
}
