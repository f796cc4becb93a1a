import type { CertManager, Issuer } from './cert-manager.ts';
import { certManagerOf, readsGateways } from './cert-manager.ts';
import { externalDnsSection } from './external-dns-text.ts';
import type { RunbookInput } from './input.ts';
import { block, code, listed, table, word } from './markdown.ts';
import { nameOf } from './names.ts';
import { weightSection } from './weights.ts';

/** The record and the Certificate of a host may belong to the Ingress, and go with it. */
export function ownershipSection(input: RunbookInput): readonly string[] {
  return [
    '## 3. Who owns DNS records and Certificates',
    ...externalDnsSection(input),
    '### 3.2 cert-manager',
    ...certificateText(input, certManagerOf(input)),
    ...weightSection(input),
  ];
}

function certificateText(input: RunbookInput, known: CertManager): readonly string[] {
  const { certified, free, absent, issuers } = known;
  if (absent) return ['Its CRDs are not in the cluster: no Certificate hangs on an Ingress.'];
  const unowned =
    free.length === 0
      ? []
      : [
          `${listed(free.slice(0, 10).map(({ ingress, name }) => code(`${ingress.ref.namespace}/${name}`)))}${free.length > 10 ? ' …' : ''} ${free.length === 1 ? 'belongs' : 'belong'} to no Ingress, though one asks for ${free.length === 1 ? 'it' : 'them'}: ${free.length === 1 ? 'it stays' : 'they stay'} as ${free.length === 1 ? 'it is' : 'they are'}.`,
        ];
  if (certified.length === 0)
    return ['No Ingress has a Certificate of cert-manager that would go with it, as far as the input says.', ...unowned];
  const { kubectl } = input.commands;
  const gateways = readsGateways(known);
  return [
    [
      '- **A Certificate belongs to its Ingress and is deleted with it.** Its Secret stays (it goes too where cert-manager runs with `--enable-certificate-owner-ref`), and nothing renews it: the site breaks weeks later, when it ends. So each Certificate is freed of its owner before the Ingress is deleted; it then lives on by itself and keeps being renewed. Each wave has the commands. Put it into Git under the name that it has: a second one for the same Secret and the first would each replace what the other issued.',
      `- **A Gateway with the same annotations does not take it over**: cert-manager updates no Certificate that belongs to another object or to none. ${
        gateways === true
          ? 'It reads Gateways here'
          : gateways === false
            ? 'It does not read Gateways here (`enableGatewayAPI: true` or `--enable-gateway-api` would make it)'
            : 'It reads Gateways only with `enableGatewayAPI: true` (or `--enable-gateway-api`), and when the CRDs were there at its start'
      }; and then only listeners that have a hostname, and Secrets of the Gateway's own namespace.`,
      ...challengeText(issuers, input),
    ].join('\n'),
    block([
      ...issuers
        .filter(({ solvers }) => solvers === null)
        .map(
          ({ kind, namespace, name }) =>
            `${kubectl} get ${word(kind.toLowerCase())} ${word(name)}${namespace === '' ? '' : ` -n ${word(namespace)}`} -o jsonpath='{.spec.acme.solvers}{"\\n"}'`,
        ),
      `${kubectl} get certificates -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].kind,RENEWAL:.status.renewalTime`,
    ]),
    table(
      ['Ingress', 'Certificates', 'issuer'],
      certified.map(({ ingress, names, issuer, solver }) => [
        code(nameOf(ingress)),
        names.map(code).join(', '),
        `${issuer === null ? "cert-manager's default" : code(`${issuer.kind} ${issuer.name}`)}${solver ? ', HTTP-01 through this Ingress' : ''}`,
      ]),
    ),
    ...unowned,
  ];
}

/** Which issuers have to be changed on the day on which the names move. */
function challengeText(issuers: readonly Issuer[], { objects }: RunbookInput): readonly string[] {
  const gateway = objects.find(({ object }) => object.kind === 'Gateway')?.object.metadata;
  const parent = gateway === undefined ? '' : `, with \`parentRefs\` to ${code(`${gateway.namespace ?? ''}/${gateway.name}`)}`;
  const known = issuers.filter(({ solvers }) => solvers !== null);
  const byIngress = issuers.filter(({ solvers }) => solvers === null || solvers.includes('http01 ingress'));
  const settled = known.filter(({ solvers }) => solvers !== null && !solvers.includes('http01 ingress'));
  const called = (list: readonly Issuer[]) => listed(list.map(({ kind, name }) => code(`${kind} ${name}`)));
  return [
    ...(byIngress.length === 0 && issuers.length > 0
      ? []
      : [
          `- **HTTP-01 challenges follow the record.** A solver of kind \`ingress\`${byIngress.length === 0 ? '' : ` (${called(byIngress)}${byIngress.some(({ solvers }) => solvers === null) ? ', where its solvers say so' : ''})`} is answered by the old controller alone: once a name leads to the Gateway, renewals fail. On the day on which the names move, add a solver \`gatewayHTTPRoute\`${parent}, with their names in its \`selector.dnsNames\` (cert-manager has to read Gateway API for that), or use DNS-01, which does not care. While a record is weighted, either kind fails for a part of the requests: move no name whose renewal is due.`,
        ]),
    ...(settled.length === 0
      ? []
      : [
          `- ${called(settled)}: ${settled.every(({ solvers }) => solvers?.every((kind) => kind === 'dns01') ?? false) ? 'no challenge goes through a load balancer' : 'no challenge goes through an Ingress'}; nothing is to be changed for renewals.`,
        ]),
  ];
}
