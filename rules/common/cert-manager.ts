import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { annotationOf, copyTo, nowhere, placeOf } from './outputs.ts';

export const ISSUER = 'cert-manager.io/issuer';
export const CLUSTER_ISSUER = 'cert-manager.io/cluster-issuer';

const find = defineFindings('tool/cert-manager', {
  'gateway-shim': {
    level: 'warning',
    message: (a: { kind: string; issuer: string }) =>
      `the annotation for ${a.kind} "${a.issuer}" stands on the Gateway: cert-manager reads it there only once its Gateway API support is on, and only for listeners whose Secret is in the Gateway's namespace`,
    help: (a: { kind: string; issuer: string; keep: string }) =>
      [
        'Set enableGatewayAPI: true in the configuration of cert-manager (it is off by default).',
        a.kind === 'Issuer' ? `Issuer "${a.issuer}" has to be in the namespace of the Gateway.` : '',
        'An ACME issuer with HTTP-01 needs a solver with http01.gatewayHTTPRoute.',
        `Each Certificate belongs to the Ingress and is deleted with it, after which nothing renews the Secret; to keep it, first run: ${a.keep}`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
  },
  'no-tls-section': {
    level: 'note',
    message: (_: NoArgs) => 'cert-manager makes certificates for TLS sections with hosts and a secretName, and this Ingress has none',
  },
  'no-issuer': {
    level: 'note',
    message: (_: NoArgs) => 'cert-manager looks at it only beside an annotation that names an issuer, and this Ingress has none',
  },
  'not-read': {
    level: 'note',
    message: (a: { name: string }) => `cert-manager does not read ${a.name} from an Ingress`,
  },
});

/** Read by cert-manager from Gateways as from Ingresses. https://cert-manager.io/docs/usage/gateway/#supported-annotations */
const ATTRIBUTES = [
  'issuer-kind',
  'issuer-group',
  'common-name',
  'alt-names',
  'ip-sans',
  'email-sans',
  'uri-sans',
  'subject-organizations',
  'subject-organizationalunits',
  'subject-countries',
  'subject-provinces',
  'subject-localities',
  'subject-postalcodes',
  'subject-streetaddresses',
  'subject-serialnumber',
  'duration',
  'renew-before',
  'renew-before-percentage',
  'usages',
  'revision-history-limit',
  'private-key-algorithm',
  'private-key-encoding',
  'private-key-size',
  'private-key-rotation-policy',
  'secret-template',
].map((name) => `cert-manager.io/${name}`);

export const certManagerIssuer: ToolRule = {
  id: 'tool/cert-manager-issuer',
  title: 'cert-manager: who issues the certificates',
  docs: 'https://cert-manager.io/docs/usage/gateway/',
  annotations: [ISSUER, CLUSTER_ISSUER],
  convert(entry, ingress) {
    if (!hasCertificates(ingress) || entry.value === '') return nowhere('inert', find['no-tls-section']({}, placeOf(entry)));
    const kind = entry.name === ISSUER ? (annotationOf(ingress, 'cert-manager.io/issuer-kind') ?? 'Issuer') : 'ClusterIssuer';
    const finding = find['gateway-shim']({ kind, issuer: entry.value, keep: keepCommand(ingress) }, placeOf(entry));
    return copyTo('gateway', entry, ingress, { outcome: 'manual', finding });
  },
};

export const certManagerAttributes: ToolRule = {
  id: 'tool/cert-manager',
  title: 'cert-manager: what the certificates contain',
  docs: 'https://cert-manager.io/docs/usage/gateway/#supported-annotations',
  annotations: ['cert-manager.io/', ...ATTRIBUTES],
  convert(entry, ingress) {
    if (!ATTRIBUTES.includes(entry.name)) return nowhere('unknown', find['not-read']({ name: entry.name }, placeOf(entry)));
    if (!hasCertificates(ingress)) return nowhere('inert', find['no-tls-section']({}, placeOf(entry)));
    if (!namesIssuer(ingress) && annotationOf(ingress, 'kubernetes.io/tls-acme') === null)
      return nowhere('inert', find['no-issuer']({}, placeOf(entry)));
    return copyTo('gateway', entry, ingress);
  },
};

export function namesIssuer(ingress: Ingress): boolean {
  return annotationOf(ingress, ISSUER) !== null || annotationOf(ingress, CLUSTER_ISSUER) !== null;
}

/** cert-manager skips TLS sections without hosts or without secretName (validateIngressTLSBlock). */
export function hasCertificates(ingress: Ingress): boolean {
  return ingress.tls.some((section) => section.hosts.length > 0 && section.secretName !== null);
}

/** Certificates are called like their Secrets. Without an owner they stay when the Ingress goes, and keep being renewed. */
function keepCommand(ingress: Ingress): string {
  const names = [
    ...new Set(ingress.tls.flatMap((section) => (section.secretName === null || section.hosts.length === 0 ? [] : [section.secretName]))),
  ];
  return `kubectl patch certificate ${names.join(' ')} -n ${ingress.ref.namespace} --type=json -p '[{"op":"remove","path":"/metadata/ownerReferences"}]'`;
}
