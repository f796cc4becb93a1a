import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ConvertOptions } from '../../src/options.ts';
import { CLASS_ANNOTATION } from '../../src/rule/claim.ts';
import { entryOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';

/** Which load balancer GKE makes of the Ingress. */
export type LoadBalancerScheme = 'external' | 'internal' | 'regional-external';

const SCHEMES: Readonly<Record<string, LoadBalancerScheme>> = {
  gce: 'external',
  'gce-internal': 'internal',
  'gce-regional-external': 'regional-external',
};

const classFindings = defineFindings('gke/ingress-class', {
  'field-not-read': {
    level: 'error',
    message: (a: { class: string; field: string }) =>
      `GKE does not serve this Ingress today: it has spec.ingressClassName "${a.class}" and no annotation ${a.field}, and GKE leaves every Ingress with that field alone`,
    help: (a) =>
      `If it should be served from now on, convert it with --class ${a.class}=gke. If another controller serves it, name that one: --class ${a.class}=VENDOR.`,
    differs: ['unreachable'],
  },
  'other-class': {
    level: 'error',
    message: (a: { class: string }) => `GKE does not serve this Ingress today: it knows no class "${a.class}"`,
    help: (a) =>
      `Its classes are gce, gce-internal and, where it is switched on, gce-regional-external. Correct the annotation, or say with --class ${a.class}=gke that it is to be served like class gce.`,
    differs: ['unreachable'],
  },
  'instance-groups-only': {
    level: 'error',
    message: (_: NoArgs) =>
      'class gce-multi-cluster has no load balancer of its own: the controller only notes instance groups on it, for the retired kubemci tool',
    help: () => 'Convert the Ingress that kubemci was given, with class gce, or move to a multi-cluster Gateway.',
    differs: ['unreachable'],
  },
  'from-now-on': {
    level: 'warning',
    message: (a: { class: string; field: string }) =>
      `GKE does not serve this Ingress today, having spec.ingressClassName "${a.class}" and no annotation ${a.field}: what was written will be served for the first time`,
    help: () => 'Check that all of it is meant to be reachable.',
    security: true,
  },
  regional: {
    level: 'note',
    message: (_: NoArgs) => 'class gce-regional-external is served only where the cluster has it switched on',
  },
});

/** The annotation decides, and the field counts for nothing beside it: there is no IngressClass object of GKE. */
export const ingressClass = defineRule({
  id: 'gke/ingress-class',
  title: 'Ingress class',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/concepts/ingress#deprecated_annotation',
  scope: 'ingress',
  becomes: 'the class of the Gateway',
  reads: { class: at(CLASS_ANNOTATION, text) },
  findings: classFindings,
  always: true,
  convert({ ingress, options, read }) {
    const place = { at: ingress.ref.at, ingress: ingress.ref };
    const annotated = valueOr(read.class, '');
    const field = ingress.className?.value ?? '';
    if (annotated === 'gce-multi-cluster') return { refused: classFindings['instance-groups-only']({}, place) };
    if (annotated !== '' && schemeNamed(annotated, options) === null)
      return { refused: classFindings['other-class']({ class: annotated }, place) };
    if (annotated === '' && field !== '') {
      const args = { class: field, field: CLASS_ANNOTATION };
      if (options.classes[field] !== 'gke') return { refused: classFindings['field-not-read'](args, place) };
      return { findings: [classFindings['from-now-on'](args, place)] };
    }
    const scheme = schemeOf(ingress, options);
    if (scheme === 'external') return {};
    return {
      hostIntents: [{ kind: 'gke', feature: 'network', scheme, entries: entryOf(read.class) }],
      findings: scheme === 'regional-external' ? [classFindings.regional({}, place)] : [],
    };
  },
});

export function schemeOf(ingress: Ingress, options: ConvertOptions): LoadBalancerScheme {
  const annotation = ingress.annotations.find((entry) => entry.name === CLASS_ANNOTATION && entry.value !== '');
  return schemeNamed(annotation?.value ?? ingress.className?.value ?? 'gce', options) ?? 'external';
}

function schemeNamed(name: string, options: ConvertOptions): LoadBalancerScheme | null {
  const own = Object.hasOwn(SCHEMES, name) ? SCHEMES[name] : undefined;
  return own ?? (Object.hasOwn(options.classes, name) && options.classes[name] === 'gke' ? 'external' : null);
}
