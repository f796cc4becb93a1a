import { defineFindings } from '../../ledger/finding.ts';
import { isValidHost } from '../../model/host.ts';
import type { RoutingTable } from '../../route/table.ts';
import type { CertificateContext, CertificateLowering, WantedCertificate } from '../dialect.ts';

const find = defineFindings('aws-alb/certificate', {
  import: {
    level: 'error',
    message: (a: { host: string; secret: string }) =>
      `the load balancer takes certificates from ACM, not from Secret ${a.secret}: the controller looks there for one of ${a.host}, and builds nothing of the Gateway until it finds one`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      const part = (key: string, file: string) =>
        `kubectl get secret ${name} -n ${namespace} -o jsonpath='{.data.tls\\.${key}}' | base64 -d > ${file}`;
      return `Unless ACM already has one that covers ${a.host} (aws acm list-certificates), import it before applying, and again whenever it is renewed: ${part('crt', 'tls.crt')} && ${part('key', 'tls.key')} && openssl x509 -in tls.crt -out cert.pem && awk '/BEGIN/ {n++} n > 1' tls.crt > chain.pem && aws acm import-certificate --certificate fileb://cert.pem --certificate-chain fileb://chain.pem --private-key fileb://tls.key (without --certificate-chain where chain.pem is empty). Or let ACM issue and renew one: aws acm request-certificate --domain-name '${a.host}' --validation-method DNS.`;
    },
  },
  outside: {
    level: 'error',
    message: (a: { host: string; names: string }) =>
      `the certificate of ${a.host} (${a.names}) is not one of ACM, where the controller looks for it and builds nothing of the Gateway until it finds one`,
    help: (a) =>
      `Before applying, ask ACM for one unless it has one already (aws acm list-certificates): aws acm request-certificate --domain-name '${a.host}' --validation-method DNS.`,
  },
  'any-host': {
    level: 'warning',
    message: (a: { names: string }) =>
      `no HTTPS listener was written for hosts that no rule names: the controller finds certificates by host, and here is none (${a.names})`,
    help: () =>
      'Import the certificate into ACM (aws acm import-certificate) and name its ARN in a LoadBalancerConfiguration: listenerConfigurations: [{protocolPort: "HTTPS:443", defaultCertificate: ARN}]; then add the HTTPS listener by hand.',
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
});

/** ARNs are in the LoadBalancerConfiguration; anything else has to be in ACM before the Gateway is applied. A listener has no `tls`. */
export function certificate(wanted: WantedCertificate, { host, ports, table, place }: CertificateContext): CertificateLowering {
  if (wanted.kind === 'secret') {
    const secret = `${wanted.namespace}/${wanted.name}`;
    if (host === '') return { as: 'absent', finding: find['any-host']({ names: `Secret ${secret}` }, place) };
    return { as: 'written', tls: null, outcome: 'manual', finding: find.import({ host, secret }, place) };
  }
  const names = wanted.names.join(', ');
  const port = ports.find(({ scheme }) => scheme === 'https')?.port;
  const known = (table.loadBalancer.intents ?? []).find((intent) => intent.kind === 'awsCertificates' && intent.port === port);
  if (known?.kind === 'awsCertificates') {
    // Named ones are in the LoadBalancerConfiguration; others are found by the hosts of routes and listeners, of which one will do.
    const named = table.hosts.some((other) => other.host !== '' && other.ports.some((each) => each.port === port));
    return known.certificates.from === 'arns' || named || searchedHosts(table).some((each) => each.port === port)
      ? { as: 'written', tls: null, outcome: 'converted', finding: null }
      : { as: 'absent', finding: find['any-host']({ names }, place) };
  }
  return host === ''
    ? { as: 'absent', finding: find['any-host']({ names }, place) }
    : { as: 'written', tls: null, outcome: 'manual', finding: find.outside({ host, names }, place) };
}

/** Hosts for whose certificates the controller looks in ACM, and which no route has: listeners of their own name them. */
export function searchedHosts({ hosts, loadBalancer }: RoutingTable): readonly { readonly hostname: string; readonly port: number }[] {
  return (loadBalancer.intents ?? []).flatMap((intent) => {
    if (intent.kind !== 'awsCertificates' || intent.certificates.from !== 'discovery') return [];
    const { port, certificates } = intent;
    const routed = new Set(hosts.filter(({ ports }) => ports.some((each) => each.port === port)).map(({ host }) => host));
    return certificates.hosts.filter((host) => isValidHost(host) && !routed.has(host)).map((hostname) => ({ hostname, port }));
  });
}
