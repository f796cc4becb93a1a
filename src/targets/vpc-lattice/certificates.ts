import { defineFindings } from '../../ledger/finding.ts';
import type { CertificateContext, CertificateLowering, WantedCertificate } from '../dialect.ts';
import { PREFIX } from './kinds.ts';

const find = defineFindings('vpc-lattice/certificate', {
  import: {
    level: 'error',
    message: (a: { host: string; secret: string }) =>
      `VPC Lattice takes certificates from ACM, not from Secret ${a.secret}: the controller looks there for one of ${a.host}`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      const part = (key: string, file: string) =>
        `kubectl get secret ${name} -n ${namespace} -o jsonpath='{.data.tls\\.${key}}' | base64 -d > ${file}`;
      return `Unless ACM already has one that covers ${a.host} (aws acm list-certificates), import it before applying: ${part('crt', 'tls.crt')} && ${part('key', 'tls.key')} && openssl x509 -in tls.crt -out cert.pem && awk '/BEGIN/ {n++} n > 1' tls.crt > chain.pem && aws acm import-certificate --certificate fileb://cert.pem --certificate-chain fileb://chain.pem --private-key fileb://tls.key (without --certificate-chain where chain.pem is empty). Until then clients get the certificate of the generated name.`;
    },
    differs: ['unreachable'],
  },
  'by-host': {
    level: 'note',
    message: (a: { host: string }) =>
      `the controller looks in ACM for a certificate of ${a.host}; without one, clients get that of the generated name`,
    help: (a) =>
      `Check that there is one: aws acm list-certificates --certificate-statuses ISSUED. Or ask for it: aws acm request-certificate --domain-name '${a.host}' --validation-method DNS.`,
  },
  generated: {
    level: 'note',
    message: (a: { names: string }) =>
      `routes without a host have a generated name, for which VPC Lattice has a certificate of its own instead of ${a.names}`,
  },
});

/** The API server wants a Secret with `Terminate`, and nobody reads it. One ARN for all is named, others are found by host. */
export function certificate(wanted: WantedCertificate, { host, table, place }: CertificateContext): CertificateLowering {
  const arns = new Set(table.hosts.flatMap(({ certificate: each }) => (each.kind === 'external' ? each.names : [])));
  const [arn] = arns;
  const isNamed =
    arns.size === 1 && arn?.startsWith('arn:') === true && table.hosts.every(({ certificate: each }) => each.kind === 'external');
  const tls = {
    mode: 'Terminate' as const,
    certificateRefs: [{ name: 'unused' }],
    ...(isNamed && arn !== undefined ? { options: { [`${PREFIX}/certificate-arn`]: arn } } : {}),
  };
  const names = wanted.kind === 'secret' ? `Secret ${wanted.namespace}/${wanted.name}` : wanted.names.join(', ');
  if (isNamed) return { as: 'written', tls, outcome: 'converted', finding: null };
  if (host === '') return { as: 'written', tls, outcome: 'approximated', finding: find.generated({ names }, place) };
  if (wanted.kind === 'secret')
    return { as: 'written', tls, outcome: 'manual', finding: find.import({ host, secret: `${wanted.namespace}/${wanted.name}` }, place) };
  return { as: 'written', tls, outcome: 'approximated', finding: find['by-host']({ host }, place) };
}
