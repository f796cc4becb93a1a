import type { GkeCertificate } from '../../src/intent/gke.ts';
import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { type Json, member } from '../../src/model/json.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import { commaList } from '../../src/rule/codec.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { schemeOf } from './ingress-class.ts';
import { objectNamed } from './object-fields.ts';
import { inert, placeOf } from './settlement.ts';

/** Certificates that live outside the cluster, in the order of the proxy, with the annotation that names them. */
export interface NamedCertificates {
  readonly certificates: readonly GkeCertificate[];
  readonly entry: Entry;
  /** ManagedCertificates of the input that it names. */
  readonly objects: readonly OtherObject[];
}

const find = defineFindings('gke/certificate', {
  'names-nothing': {
    level: 'note',
    message: (_: NoArgs) => 'it names no certificate, so it has no effect',
  },
  generated: {
    level: 'note',
    message: (a: { names: string }) =>
      `${a.names} were written by the controller of ManagedCertificates and are deleted with them: they are not carried over by name`,
  },
  'not-internal': {
    level: 'warning',
    message: (_: NoArgs) => 'ManagedCertificates are not read for load balancers other than class gce: they have no effect here',
    help: () => 'If HTTPS is wanted, bring the certificate as a Secret in spec.tls.',
  },
  'not-in-input': {
    level: 'warning',
    message: (a: { certificate: string }) => `ManagedCertificate ${a.certificate} is not in the input, so its domains are not known`,
    help: (a) => `Add it to the input: kubectl get managedcertificate ${nameOf(a.certificate)} -n ${namespaceOf(a.certificate)} -o yaml`,
  },
});

/** Names beginning with mcrt- are those of the ManagedCertificate controller. */
export const preSharedCert = defineRule({
  id: 'gke/pre-shared-cert',
  title: 'SslCertificates by name',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-multi-ssl#pre-shared-certs',
  scope: 'ingress',
  becomes: 'the certificates of the listeners; gke certificates',
  reads: { names: at('ingress.gcp.kubernetes.io/pre-shared-cert', commaList) },
  findings: find,
  convert({ read: { names } }): RuleOutput<NamedCertificates> {
    if (names.state !== 'valid') return {};
    const { entry, value } = names;
    const place = placeOf(entry);
    const generated = value.filter((name) => name.startsWith('mcrt-'));
    const own = value.filter((name) => !name.startsWith('mcrt-'));
    if (value.length === 0) return { settled: inert([entry], find['names-nothing']({}, place)) };
    const note = generated.length === 0 ? [] : [find.generated({ names: generated.join(', ') }, place)];
    if (own.length === 0) return { settled: note.flatMap((finding) => inert([entry], finding)) };
    const certificates = own.map((name): GkeCertificate => ({ source: 'pre-shared', name }));
    return { setting: { certificates, entry, objects: [] }, routed: [entry], findings: note };
  },
});

export const managedCertificates = defineRule({
  id: 'gke/managed-certificates',
  title: 'Certificates that Google manages',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/managed-certs',
  scope: 'ingress',
  becomes: 'the certificates of the listeners; gke certificates',
  reads: { names: at('networking.gke.io/managed-certificates', commaList) },
  findings: find,
  convert({ ingress, estate, options, read: { names } }): RuleOutput<NamedCertificates> {
    if (names.state !== 'valid') return {};
    const { entry, value } = names;
    const place = placeOf(entry);
    if (value.length === 0) return { settled: inert([entry], find['names-nothing']({}, place)) };
    if (schemeOf(ingress, options) !== 'external') {
      const finding = find['not-internal']({}, place);
      return { settled: inert([entry], finding), findings: [finding] };
    }
    const { namespace } = ingress.ref;
    const found = value.map((name) => ({
      name,
      object: objectNamed(estate.others, 'ManagedCertificate', { namespace, name }, ingress.ref.at.file),
    }));
    const missing = found.filter(({ object }) => object === null);
    return {
      setting: {
        certificates: found.map(({ name, object }) => managed(name, object)),
        entry,
        objects: found.flatMap(({ object }) => object ?? []),
      },
      routed: [entry],
      findings: missing.map(({ name }) => find['not-in-input']({ certificate: `${namespace}/${name}` }, place)),
    };
  },
});

function managed(name: string, object: OtherObject | null): GkeCertificate {
  if (object === null) return { source: 'managed', name, domains: null, certificateName: null };
  const domains = member(object.value['spec'], 'domains');
  return {
    source: 'managed',
    name,
    domains: Array.isArray(domains) ? domains.filter(isText).map((domain) => domain.toLowerCase()) : [],
    certificateName: textOr(member(object.value['status'], 'certificateName')),
  };
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function textOr(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function nameOf(text: string): string {
  return text.slice(text.indexOf('/') + 1);
}

function namespaceOf(text: string): string {
  return text.slice(0, text.indexOf('/'));
}
