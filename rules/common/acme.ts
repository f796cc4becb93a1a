import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { goBool } from '../../src/rule/codec.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { hasCertificates, namesIssuer } from './cert-manager.ts';
import { nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/acme', {
  'ingress-solver': {
    level: 'warning',
    message: (a: { name: string }) =>
      `${a.name} says through which Ingress HTTP-01 challenges are answered, which has no counterpart on a Gateway`,
    help: () =>
      'Before the host names move, give the Issuer a solver with http01.gatewayHTTPRoute.parentRefs that names the Gateway (or dns01): cert-manager then answers challenges through an HTTPRoute of its own.',
  },
  off: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} is off, as it is by default`,
  },
  'not-on-gateways': {
    level: 'warning',
    message: (_: NoArgs) =>
      'kubernetes.io/tls-acme asks for a certificate of the default issuer; cert-manager reads it from Ingresses only',
    help: () =>
      'Name that issuer on the Gateway instead: cert-manager.io/cluster-issuer with the name that cert-manager has as its default issuer.',
  },
  'issuer-named': {
    level: 'note',
    message: (_: NoArgs) => 'the Ingress also names its issuer, which is enough: nothing is to be carried over',
  },
  'no-certificate': {
    level: 'note',
    message: (_: NoArgs) => 'certificates are made for TLS sections with hosts and a secretName, and this Ingress has none',
  },
  'before-0-11': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} is read by cert-manager before 0.11 only, which knows no Gateway API`,
    help: () => 'After an upgrade of cert-manager put cert-manager.io/issuer or cert-manager.io/cluster-issuer on the Gateway.',
  },
  'before-0-11-detail': {
    level: 'note',
    message: (a: { name: string }) => `${a.name} is read by cert-manager before 0.11 only; solvers belong to the Issuer since`,
  },
});

export const acmeSolver: ToolRule = {
  id: 'tool/acme-solver',
  title: 'cert-manager: how ACME challenges are answered',
  docs: 'https://cert-manager.io/docs/configuration/acme/http01/',
  annotations: ['acme.cert-manager.io/'],
  convert(entry) {
    const isOff = entry.name.endsWith('/http01-edit-in-place') && entry.value !== 'true';
    if (isOff) return nowhere('inert', find.off({ name: entry.name }, placeOf(entry)));
    return nowhere('manual', find['ingress-solver']({ name: entry.name }, placeOf(entry)));
  },
};

/** `--auto-certificate-annotations` of cert-manager, in effect for Ingresses alone (SyncFnFor). */
export const tlsAcme: ToolRule = {
  id: 'tool/tls-acme',
  title: 'A certificate of the default issuer',
  docs: 'https://cert-manager.io/docs/usage/ingress/#supported-annotations',
  annotations: ['kubernetes.io/tls-acme'],
  convert(entry, ingress) {
    const read = goBool.parse(entry.value);
    if (!read.ok || !read.value) return nowhere('inert', find.off({ name: entry.name }, placeOf(entry)));
    if (namesIssuer(ingress)) return nowhere('inert', find['issuer-named']({}, placeOf(entry)));
    if (!hasCertificates(ingress)) return nowhere('inert', find['no-certificate']({}, placeOf(entry)));
    return nowhere('manual', find['not-on-gateways']({}, placeOf(entry)));
  },
};

export const oldCertManager: ToolRule = {
  id: 'tool/cert-manager-before-0-11',
  title: 'cert-manager before 0.11',
  docs: 'https://cert-manager.io/docs/releases/upgrading/upgrading-0.10-0.11/',
  annotations: ['certmanager.k8s.io/'],
  convert(entry, ingress) {
    const issuer = /\/(?:cluster-)?issuer$/.test(entry.name);
    if (!issuer) return nowhere('inert', find['before-0-11-detail']({ name: entry.name }, placeOf(entry)));
    if (namesIssuer(ingress)) return nowhere('inert', find['issuer-named']({}, placeOf(entry)));
    return nowhere('manual', find['before-0-11']({ name: entry.name }, placeOf(entry)));
  },
};
