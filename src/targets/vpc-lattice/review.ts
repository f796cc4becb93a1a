import type { GRPCRoute, HTTPRoute, OutputObject } from '../../gateway/types.ts';
import { type Difference, defineFindings, type Finding } from '../../ledger/finding.ts';
import type { WrittenTable } from '../contract.ts';
import { vpcAssociationPolicy } from './kinds.ts';

const ANOTHER_ANSWER: readonly Difference[] = [
  'unreachable',
  'status',
  'narrower',
  'wider',
  'wrong-backend',
  'wrong-path',
  'redirect',
  'weight',
  'headers',
];

const find = defineFindings('vpc-lattice', {
  'service-network/needed': {
    level: 'warning',
    message: (a: { gateway: string; isAssociated: boolean }) =>
      `Gateway ${a.gateway} stands for the service network of its name, which must be there${a.isAssociated ? '; its VpcAssociationPolicy associates it with the VPC of the cluster' : ' and associated with the VPCs of the clients'}`,
    help: (a) => {
      const name = a.gateway.replace(/^.*\//, '');
      const others = a.isAssociated ? 'other VPCs of clients' : 'each VPC';
      return `Unless the controller makes it (DEFAULT_SERVICE_NETWORK=${name}): aws vpc-lattice create-service-network --name ${name}, then aws vpc-lattice create-service-network-vpc-association --service-network-identifier ID --vpc-identifier VPC --security-group-ids GROUP for ${others}. Nodes must admit the prefix lists of VPC Lattice: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values='com.amazonaws.*.vpc-lattice'.`;
    },
  },
  'dns/by-route': {
    level: 'warning',
    message: (a: { routes: number; hosts: string }) =>
      `${a.routes} ${a.routes === 1 ? 'route gets a name of its own' : 'routes get names of their own'}, to which DNS has to lead: ${a.hosts}`,
    help: () =>
      "The name is an annotation of the route: kubectl get httproute NAME -n NAMESPACE -o jsonpath='{.metadata.annotations.application-networking\\.k8s\\.aws/lattice-assigned-domain-name}'. Make a CNAME record for each host in a private hosted zone of the clients' VPC: aws route53 change-resource-record-sets. Try it from a pod first, and delete the Ingresses last.",
  },
  'paths/any-case': {
    level: 'note',
    message: (_: Readonly<Record<never, string>>) => 'VPC Lattice compares paths without regard to case: /A is served like /a',
    help: () => 'Matters only where paths differ by case alone.',
    differs: ANOTHER_ANSWER,
  },
  'paths/capitals': {
    level: 'warning',
    message: (a: { host: string; paths: string }) =>
      `paths of ${a.host} have capitals (${a.paths}), which VPC Lattice does not tell from small letters: each takes the requests of the other`,
    help: () => 'Check that no two of them are for different things, and none is closed whose other spelling is open.',
    differs: ANOTHER_ANSWER,
  },
  'https-redirect/lost': {
    level: 'warning',
    message: (a: { host: string }) =>
      `${a.host} led from HTTP to HTTPS, and VPC Lattice does not redirect: over HTTP nothing answers for it any more`,
    help: () => 'Let clients call https:// themselves.',
    differs: ['redirect', 'unreachable', 'status'],
  },
  'quota/rules': {
    level: 'warning',
    message: (a: { route: string; rules: number; quota: number }) =>
      `route ${a.route} has ${a.rules} rules, above the usual quota of ${a.quota} for a listener`,
    help: () =>
      'Ask for more before applying: aws service-quotas list-service-quotas --service-code vpc-lattice names the code. Documents of AWS say 5 or 10.',
  },
  'quota/parts': {
    level: 'error',
    message: (a: { host: string; routes: number }) =>
      `${a.host} has more rules than one route holds and became ${a.routes} routes: only one service can have the host's name`,
    help: () => 'Put paths of the same Service together until 16 rules are enough, and convert again.',
    differs: ANOTHER_ANSWER,
  },
});

type Route = HTTPRoute | GRPCRoute;

const RULES = 5;

export function review({ table, gateway, place, objects, listeners }: WrittenTable): readonly Finding[] {
  if (listeners.length === 0) return [];
  const routes = objects.filter((object): object is Route => object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute');
  const hosts = routes.map(hostOf);
  const repeated = [...new Set(hosts)].filter((host) => hosts.filter((other) => other === host).length > 1);
  return [
    find['service-network/needed']({ gateway: `${gateway.namespace}/${gateway.name}`, isAssociated: objects.some(associates) }, place),
    find['dns/by-route']({ routes: routes.length, hosts: [...new Set(hosts)].join(', ') }, place),
    find['paths/any-case']({}),
    ...routes.flatMap((route) => capitals(route, place)),
    ...redirectedHosts(table).map((host) => find['https-redirect/lost']({ host: host || 'any host' }, { ...place, host })),
    ...routes
      .filter(({ spec }) => spec.rules.length > RULES)
      .map((route) => find['quota/rules']({ route: nameOf(route), rules: route.spec.rules.length, quota: RULES }, place)),
    ...repeated.map((host) =>
      find['quota/parts']({ host, routes: hosts.filter((other) => other === host).length }, { ...place, host: host === ANY ? '' : host }),
    ),
  ];
}

/** Without a setting that says so: TLS alone makes some controllers redirect. */
function redirectedHosts({ hosts }: WrittenTable['table']): readonly string[] {
  const isRedirected = ({ ports, rules }: (typeof hosts)[number]) =>
    ports.some(({ scheme }) => scheme === 'http') &&
    rules.some(({ httpsRedirect }) => httpsRedirect !== null && httpsRedirect.entries.length === 0);
  return [...new Set(hosts.filter(isRedirected).map(({ host }) => host))];
}

function capitals(route: Route, place: WrittenTable['place']): readonly Finding[] {
  const paths =
    route.kind === 'GRPCRoute' ? [] : route.spec.rules.flatMap(({ matches = [] }) => matches.flatMap(({ path }) => path?.value ?? []));
  const written = [...new Set(paths)].filter((path) => path !== path.toLowerCase());
  const host = hostOf(route);
  if (written.length === 0) return [];
  return [find['paths/capitals']({ host, paths: written.join(', ') }, { ...place, host: host === ANY ? '' : host })];
}

const ANY = 'no host';

function associates({ kind }: OutputObject): boolean {
  return kind === vpcAssociationPolicy.kind;
}

function hostOf({ spec }: Route): string {
  return spec.hostnames?.[0] ?? ANY;
}

function nameOf({ metadata }: OutputObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
