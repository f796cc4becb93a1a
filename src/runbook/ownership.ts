import type { Ingress } from '../model/ingress.ts';
import type { RunbookInput } from './input.ts';
import { block, code, table, word } from './markdown.ts';
import { nameOf } from './names.ts';

/** The record and the Certificate of a host may belong to the Ingress, and go with it. */
export function ownershipSection(input: RunbookInput): readonly string[] {
  const { kubectl } = input.commands;
  const certified = input.estate.ingresses.flatMap((ingress) => {
    const { certificates } = input.automationOf(ingress);
    return certificates === null ? [] : [{ ingress, certificates }];
  });
  return [
    '## 3. Who owns DNS records and Certificates',
    '### 3.1 external-dns',
    'It publishes an Ingress without being asked to. Whether it does is told by the TXT record beside the record (with `--txt-prefix` or `--txt-suffix` in its name, where those are set):',
    block([
      ...firstHosts(input).map(
        (host) =>
          `for n in a- cname- ''; do dig +short TXT "$n"${word(host)}; done   # heritage=external-dns,external-dns/owner=…,external-dns/resource=ingress/…`,
      ),
      `${kubectl} get deployments -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec.template.spec.containers[*].args}{"\\n"}{end}' | grep -- --source=`,
    ]),
    [
      '- **Without `--source=gateway-httproute` a record goes with its Ingress**: deleted under `--policy=sync`, left to an address that nobody serves under `--policy=upsert-only`. Add the source (`gateway-grpcroute`, `gateway-tlsroute` as needed) and `get`, `list`, `watch` on Gateways, routes and Namespaces before any Ingress is deleted.',
      '- **Add it to the instance that owns the records.** A second instance with another `--txt-owner-id` never takes over what the first one owns, and the first deletes it with the Ingress.',
      '- **While both exist the record stays with the resource that its TXT record names.** So adding the source moves nothing, with one exception: where one of the two addresses is a name and the other an IP address, the IP address wins at once (CNAME and A cannot stand together), and the record is made anew instead of changed. Compare the addresses before you add the source.',
      '- **Filters count for routes too**: `--label-filter`, `--annotation-filter`, `--namespace`, `--gateway-name`, `--gateway-namespace`, `--gateway-label-filter`. A route that is not accepted, or whose Gateway has no address, has no record.',
      '- From a Gateway it reads `target` alone; everything else (`ttl`, `hostname`, `controller`, `set-identifier`, weights) from the routes. Since 0.22 the prefix is `external-dns.kubernetes.io/`, before it `external-dns.alpha.kubernetes.io/`: the commands below set both.',
    ].join('\n'),
    'Weights through external-dns and Route 53 need `set-identifier` and `aws-weight` on the Ingress and, with another identifier, on the routes. Route 53 takes no weighted record beside a simple one of that name and type: give the Ingress its identifier first, in a quiet hour, and see that the record is back before the routes get theirs.',
    dnsTable(input),
    '### 3.2 cert-manager',
    ...(certified.length === 0
      ? ['No Ingress asks cert-manager for a certificate, as far as the input says.']
      : certificateText(input, certified)),
  ].filter((part) => part !== '');
}

function firstHosts({ tables }: RunbookInput): readonly string[] {
  const hosts = tables.flatMap((each) => each.hosts.map(({ host }) => host)).filter((host) => host !== '' && !host.startsWith('*'));
  return hosts.slice(0, 1);
}

function dnsTable(input: RunbookInput): string {
  const rows = input.estate.ingresses.flatMap((ingress) =>
    input.automationOf(ingress).dns.map(({ name, value }) => [code(nameOf(ingress)), code(name), code(value)]),
  );
  return rows.length === 0
    ? ''
    : `What Ingresses say to it (the routes of the output say the same):\n\n${table(['Ingress', 'annotation', 'value'], rows)}`;
}

interface Certified {
  readonly ingress: Ingress;
  readonly certificates: NonNullable<ReturnType<RunbookInput['automationOf']>['certificates']>;
}

function certificateText({ commands, objects }: RunbookInput, certified: readonly Certified[]): readonly string[] {
  const { kubectl } = commands;
  const issuers = [
    ...new Set(certified.map(({ certificates: { issuer } }) => (issuer === null ? '' : `${issuer.kind} ${issuer.name}`))),
  ].filter((text) => text !== '');
  const gateway = objects.find(({ object }) => object.kind === 'Gateway')?.object.metadata;
  return [
    [
      '- **A Certificate belongs to its Ingress and is deleted with it.** Its Secret stays (it goes too where cert-manager runs with `--enable-certificate-owner-ref`), and nothing renews it: the site breaks weeks later, when it ends.',
      '- **A Gateway with the same annotations does not take it over**: cert-manager updates no Certificate that another object owns, and is not told when that one is gone. So each Certificate is freed of its owner before the Ingress is deleted; it then lives on by itself and keeps being renewed. Each wave has the commands. Put it into Git as well.',
      "- cert-manager reads Gateways only with `enableGatewayAPI: true` (or `--enable-gateway-api`) and when the CRDs were there at its start, only listeners that have a hostname, and only Secrets of the Gateway's own namespace.",
      `- **HTTP-01 challenges follow the record.** A solver of kind \`ingress\` is answered by the old controller alone: once a name leads to the Gateway, renewals fail. Change the solver to \`gatewayHTTPRoute\` with \`parentRefs\`${gateway === undefined ? '' : ` to ${code(`${gateway.namespace ?? ''}/${gateway.name}`)}`} on the day on which the names move, or use DNS-01, which does not care. While a record is weighted, either kind fails for a part of the requests: move no host whose renewal is due.`,
    ].join('\n'),
    block([
      ...issuers.map((text) => {
        const [kind = '', name = ''] = text.split(' ');
        const own = certified.find(({ certificates: { issuer } }) => issuer?.name === name)?.ingress.ref.namespace ?? 'default';
        return `${kubectl} get ${word(kind.toLowerCase())} ${word(name)}${kind === 'Issuer' ? ` -n ${word(own)}` : ''} -o jsonpath='{.spec.acme.solvers}{"\\n"}'`;
      }),
      `${kubectl} get certificates -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].kind,RENEWAL:.status.renewalTime`,
    ]),
    table(
      ['Ingress', 'Certificates', 'issuer'],
      certified.map(({ ingress, certificates: { names, issuer, solver } }) => [
        code(nameOf(ingress)),
        names.map(code).join(', '),
        `${issuer === null ? "cert-manager's default" : code(`${issuer.kind} ${issuer.name}`)}${solver ? ', HTTP-01 through this Ingress' : ''}`,
      ]),
    ),
  ];
}
