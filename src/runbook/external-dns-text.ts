import { type Dns, type DnsInstance, dnsOf } from './external-dns.ts';
import type { RunbookInput } from './input.ts';
import { block, code, listed, stepText, table, word } from './markdown.ts';
import { allGateways, nameOf } from './names.ts';
import { isBefore } from './programs.ts';

const SOURCES: ReadonlyMap<string, string> = new Map([
  ['HTTPRoute', 'gateway-httproute'],
  ['GRPCRoute', 'gateway-grpcroute'],
  ['TLSRoute', 'gateway-tlsroute'],
]);

export function externalDnsSection(input: RunbookInput): readonly string[] {
  const dns = dnsOf(input);
  return [
    '### 3.1 external-dns',
    ...(dns.kind === 'absent' ? absentText(input) : dns.kind === 'seen' ? seenText(dns.instances, input) : unknownText(input)),
    ...(dns.kind === 'absent' ? [] : [routeText(dns, input), ...saidTable(input)]),
  ];
}

function absentText(input: RunbookInput): readonly string[] {
  const said = saidTable(input);
  return [
    'No Deployment of external-dns is in the cluster: records are changed by hand, or by whatever else makes them.',
    ...(said.length === 0
      ? []
      : ['Ingresses speak to it all the same. See whether one elsewhere reads this cluster before a record is moved:', ...said]),
  ];
}

function seenText(instances: readonly DnsInstance[], input: RunbookInput): readonly string[] {
  const wanted = sourcesOf(input);
  return [
    table(
      ['instance', 'release', 'provider', 'sources', 'policy', 'registry, owner', 'filters'],
      instances.map((instance) => [
        code(nameIn(instance)),
        instance.program.version?.join('.') ?? 'not known',
        code(instance.provider || 'not known'),
        instance.sources.map(code).join(', '),
        code(instance.policy),
        `${instance.registry}, ${code(instance.owner)}`,
        instance.filters.map(code).join(', ') || 'none',
      ]),
    ),
    ...(instances.length === 1
      ? []
      : ['More than one reads Ingresses: the owner in the TXT record of a name says which of them it belongs to.']),
    ...instances.flatMap((instance) => instanceText(instance, wanted, input)),
    ...instances.flatMap((instance, index) => sourceStep(instance, index, wanted, input)),
  ];
}

function instanceText(instance: DnsInstance, wanted: readonly string[], input: RunbookInput): readonly string[] {
  const { program, policy, registry } = instance;
  const name = code(nameIn(instance));
  const lines = [
    ...(policy === 'create-only' ? [`${name} changes no record that is there (\`create-only\`): all of them are moved by hand.`] : []),
    ...(policy === 'upsert-only'
      ? [
          `${name} deletes nothing (\`upsert-only\`): a record that changes from an IP address to a name, or back, has to be deleted by hand first, and those of deleted Ingresses stay.`,
        ]
      : []),
    ...(registry === 'noop'
      ? [
          `${name} keeps no owner (\`noop\`): once it reads routes, each name leads at once to whichever of the two addresses comes first as text. Give it the source only when all names may move.`,
        ]
      : []),
    ...(instance.filters.length === 0
      ? []
      : [
          `${name} publishes only what passes ${listed(instance.filters.map(code))}: a route that does not pass has no record. Labels and annotations of the routes decide, not those of the Ingresses.`,
        ]),
    ...(hasListenerSets(input) && !instance.listenerSets
      ? [
          `${name} does not look at ListenerSets, to which routes of the output are bound: it needs release 0.21 and \`--gateway-listener-sets\`${isBefore(program, 0, 21) ? ', so upgrade it' : ''}.`,
        ]
      : []),
  ];
  const missing = wanted.filter((source) => !instance.sources.includes(source));
  return [
    [
      missing.length === 0
        ? `- ${name} reads ${listed(wanted.map(code))} already.`
        : `- **${name} does not read ${listed(missing.map(code))}**: under \`${policy}\` a record of an Ingress that goes ${policy === 'sync' ? 'is deleted' : 'stays, and leads to nobody'}.`,
      ...lines.map((line) => `- ${line}`),
    ].join('\n'),
  ];
}

/** Adding the source is a step of its own: it needs rights, and an answer to the one case in which it moves records. */
function sourceStep(instance: DnsInstance, index: number, wanted: readonly string[], input: RunbookInput): readonly string[] {
  const { program, sources } = instance;
  const missing = wanted.filter((source) => !sources.includes(source));
  if (missing.length === 0) return [];
  const { kubectl } = input.commands;
  const where = `${word(program.name)} -n ${word(program.namespace)}`;
  const account = word(`system:serviceaccount:${program.namespace}:${program.serviceAccount}`);
  const kinds = ['gateways', ...missing.map((source) => `${source.replace('gateway-', '')}s`)].map(
    (kind) => `${kind}.gateway.networking.k8s.io`,
  );
  const patch = missing.map((source) => ({
    op: 'add',
    path: `/spec/template/spec/containers/${program.container}/args/-`,
    value: `--source=${source}`,
  }));
  return stepText({
    title: `3.1.${index + 1} Let ${nameIn(instance)} read the routes`,
    check: [
      `${kubectl} get deployment ${where} -o jsonpath='{.spec.template.spec.containers[${program.container}].args}{"\\n"}'`,
      ...[...kinds, 'namespaces'].map((kind) => `${kubectl} auth can-i list ${kind} --all-namespaces --as=${account}`),
      ...allGateways(input.objects)
        .slice(0, 8)
        .map(({ name, namespace }) => `new ${word(namespace)} ${word(name)}; echo`),
    ],
    expect: `each \`can-i\` says yes (where one does not, its ClusterRole lacks \`get\`, \`list\` and \`watch\` on it), and new addresses are of the same kind as those of today${todayKinds(input)}. ${
      instance.provider === 'aws'
        ? 'Load balancers of AWS become alias records in Route 53, and count as IP addresses.'
        : 'Where one is a name and the other an IP address, the name moves as soon as this is done: CNAME and A cannot stand together, and the IP address wins.'
    }`,
    act: [
      '# or in the values of its chart, where Helm or Git would put the Deployment back',
      `${kubectl} patch deployment ${where} --type=json -p ${word(JSON.stringify(patch))}`,
    ],
    after: [
      `${kubectl} rollout status deployment ${where} --timeout=120s`,
      `${kubectl} logs deployment/${word(program.name)} -n ${word(program.namespace)} --since=5m | grep -iE 'forbidden|error|gateway' | tail`,
    ],
    back: [
      `\`${kubectl} rollout undo deployment ${where}\`. Records that belong to routes by then would be deleted: move them back first.`,
    ],
  });
}

function todayKinds({ estate }: RunbookInput): string {
  const addresses = [...new Set(estate.ingresses.flatMap((ingress) => ingress.addresses))];
  if (addresses.length === 0) return '';
  const isIp = addresses.map((address) => /^[\d.]+$|:/.test(address));
  return isIp.every(Boolean) ? ' (IP addresses)' : isIp.some(Boolean) ? ' (IP addresses and names)' : ' (names)';
}

function unknownText(input: RunbookInput): readonly string[] {
  const { kubectl } = input.commands;
  const host = input.tables.flatMap((each) => each.hosts.map((one) => one.host)).find((name) => name !== '' && !name.startsWith('*'));
  return [
    'It publishes an Ingress without being asked to. Whether it does is told by the TXT record beside the record (with `--txt-prefix` or `--txt-suffix` in its name, where those are set: put them into `owner` above):',
    block([
      ...(host === undefined ? [] : [`owner ${word(host)}`]),
      `${kubectl} get deployments -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec.template.spec.containers[*].args}{"\\n"}{end}' | grep -- --source=`,
    ]),
    [
      '- **Without `--source=gateway-httproute` a record goes with its Ingress**: deleted under `--policy=sync`, left to an address that nobody serves under `--policy=upsert-only`. Add the source (`gateway-grpcroute`, `gateway-tlsroute` as needed) and `get`, `list`, `watch` on Gateways, routes and Namespaces before any record moves.',
      '- **One of the two addresses a name and the other an IP address**: then the IP address wins as soon as the source is there (CNAME and A cannot stand together). Load balancers of AWS become alias records in Route 53, and count as IP addresses. `--policy=upsert-only` cannot change the kind: delete the old record by hand. `--registry=noop` keeps no owner: with it names move as soon as the source is there.',
      '- **Filters count for routes too**: `--label-filter`, `--annotation-filter`, `--namespace`, `--gateway-name`, `--gateway-namespace`, `--gateway-label-filter`.',
      ...(hasListenerSets(input)
        ? ['- Routes of the output are bound to ListenerSets, which it reads since 0.21 with `--gateway-listener-sets` alone.']
        : []),
    ].join('\n'),
  ];
}

/** What holds for every instance. */
function routeText(dns: Dns, _input: RunbookInput): string {
  const mayBeAws = dns.kind !== 'seen' || dns.instances.some(({ provider }) => provider === 'aws');
  return [
    '- **While both exist the record stays with the resource that its TXT record names**, so the source alone moves nothing of one kind. Add it to the instance that owns the records: one with another `--txt-owner-id` never takes over what the first one owns, and the first deletes it with the Ingress.',
    '- A route that is not accepted, or whose Gateway has no address, has no record: an Ingress that is told to let go then loses its record. From a Gateway it reads `target` alone; `ttl`, `hostname`, `controller` and what is for the provider from the routes.',
    '- Where Argo CD or Flux applies Ingresses, set the annotations of the waves in Git: what `kubectl annotate` writes would be put back, and the record with it.',
    ...(dns.kind === 'seen'
      ? []
      : [
          '- Since 0.22 the prefix of its annotations is `external-dns.kubernetes.io/`, before it `external-dns.alpha.kubernetes.io/`: the commands below set both.',
        ]),
    ...(mayBeAws
      ? [
          '- Weights by external-dns, in Route 53: `set-identifier` and `aws-weight` on the Ingress and, with another identifier, on the routes. Route 53 takes no weighted record beside a simple one of that name and type: give the Ingress its identifier first, in a quiet hour, and see that the record is back before the routes get theirs.',
        ]
      : []),
  ].join('\n');
}

function saidTable(input: RunbookInput): readonly string[] {
  const rows = input.estate.ingresses.flatMap((ingress) =>
    input.automationOf(ingress).dns.map(({ name, value }) => [code(nameOf(ingress)), code(name), code(value)]),
  );
  return rows.length === 0 ? [] : ['What Ingresses say to it:', table(['Ingress', 'annotation', 'value'], rows)];
}

/** Those that routes of the output need. */
function sourcesOf({ objects }: RunbookInput): readonly string[] {
  return [...SOURCES].flatMap(([kind, source]) => (objects.some(({ object }) => object.kind === kind) ? [source] : []));
}

function hasListenerSets({ objects }: RunbookInput): boolean {
  return objects.some(({ object }) => object.kind === 'ListenerSet' || object.kind === 'XListenerSet');
}

function nameIn({ program }: DnsInstance): string {
  return `${program.namespace}/${program.name}`;
}
