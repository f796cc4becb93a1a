import type { Ingress } from '../../src/model/ingress.ts';
import type { Automation } from '../../src/rule/automation.ts';
import { goBool } from '../../src/rule/codec.ts';
import { CLUSTER_ISSUER, hasCertificates, ISSUER } from './cert-manager.ts';
import { annotationOf } from './outputs.ts';

/** What cert-manager and external-dns do for an Ingress, as far as it says so itself. */
export function toolsOf(ingress: Ingress): Omit<Automation, 'deletionProtection'> {
  const dns = ingress.annotations.filter(({ name }) => /^external-dns\.(?:alpha\.)?kubernetes\.io\//.test(name));
  return { certificates: certificatesOf(ingress), dns: dns.map(({ name, value }) => ({ name, value })) };
}

/** One Certificate for each TLS section that cert-manager takes, called like its Secret. */
function certificatesOf(ingress: Ingress): Automation['certificates'] {
  const issuer = issuerOf(ingress);
  const acme = annotationOf(ingress, 'kubernetes.io/tls-acme');
  const isAutomatic = acme !== null && isTrue(acme);
  if (!hasCertificates(ingress) || (issuer === null && !isAutomatic)) return null;
  const names = ingress.tls.flatMap(({ hosts, secretName }) => (hosts.length === 0 || secretName === null ? [] : [secretName]));
  const solver = ingress.annotations.some(({ name }) => name.startsWith('acme.cert-manager.io/http01-'));
  return { issuer, names: [...new Set(names)], solver };
}

/** cert-manager takes `issuer` before `cluster-issuer` where only one of them may stand. */
function issuerOf(ingress: Ingress): { readonly kind: string; readonly name: string } | null {
  const [own, cluster] = [annotationOf(ingress, ISSUER), annotationOf(ingress, CLUSTER_ISSUER)];
  if (own !== null && own !== '') return { kind: annotationOf(ingress, 'cert-manager.io/issuer-kind') ?? 'Issuer', name: own };
  return cluster === null || cluster === '' ? null : { kind: 'ClusterIssuer', name: cluster };
}

function isTrue(text: string): boolean {
  const read = goBool.parse(text);
  return read.ok && read.value;
}
