import { defineFindings, type NoArgs } from '../ledger/finding.ts';

/** What there is to say of whose an Ingress is. */
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
