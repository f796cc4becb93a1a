import { type Difference, defineFindings, type NoArgs } from '../ledger/finding.ts';

/** How the requests may differ that another rule answers now, or an error. */
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

/** Ends the reason for which a load balancer with a default backend keeps its address: another help is given. */
export const ANY_HOST = 'any host';

/** How the requests differ that a rule of the controller answered and an error answers now. */
const NOT_SERVED: readonly Difference[] = ['unreachable', 'narrower', 'redirect', 'status'];

/** Without a host the route is one of any. */
function routeText({ host, path }: { readonly host: string; readonly path: string }): string {
  return host === '' ? `${path} of any host` : `${host}${path}`;
}

/** What planning itself has to report. Differences of single intents belong to the targets. */
export const planFindings = defineFindings('plan', {
  withheld: {
    level: 'error',
    message: (a: { host: string; path: string; lost: string }) =>
      `${routeText(a)} was not written: ${a.lost} cannot be expressed by this target, and without it the route would be open`,
    help: () =>
      'Choose a target that has a policy for it, protect the route by other means and write it by hand, or accept the loss for the whole run with --on-security-loss emit.',
    security: true,
    differs: ['unreachable', 'status', 'narrower', 'protection', 'redirect'],
  },
  'protection-lost': {
    level: 'error',
    message: (a: { host: string; path: string; lost: string }) =>
      `${routeText(a)} was written WITHOUT ${a.lost}, as --on-security-loss emit asks`,
    help: () => 'Protect it before the new address receives traffic.',
    security: true,
    differs: ['protection', 'wider'],
  },
  'covered-by-withheld': {
    level: 'error',
    message: (a: { host: string; path: string }) =>
      `${routeText(a)} was not written: it would answer requests that another route of the host keeps from it`,
    help: () => 'It comes back as soon as the protected route beside it can be written, or no longer overlaps with it.',
    security: true,
    differs: NOT_SERVED,
  },
  'broader-host-first': {
    level: 'error',
    message: (a: { host: string; broader: string; path: string }) =>
      `requests of ${a.host} that ${a.path} takes are answered by ${a.broader}: its path is the longer one, and this implementation goes by paths before it goes by hosts`,
    help: (a) => `Give ${a.host} rules of its own for what ${a.path} takes, or the two hosts entry points (ports) of their own.`,
    differs: ANOTHER_ANSWER,
  },
  'backend-unresolved': {
    level: 'error',
    message: (a: { service: string; port: string; why: string }) => `the port "${a.port}" of Service ${a.service} is not known: ${a.why}`,
    help: (a) =>
      `Add Service ${a.service} to the input, or write the port as a number. Until then its requests are answered with an error.`,
    differs: NOT_SERVED,
  },
  'backend-outside-cluster': {
    level: 'error',
    message: (a: { group: string }) => `${a.group} is no Service, and this target can send to Services only`,
    help: () =>
      'Its requests are answered with an error. Make what is behind it reachable as a Service (without selector, with EndpointSlices), or use the target of that cloud.',
    differs: NOT_SERVED,
  },
  'backend-assumed': {
    level: 'warning',
    message: (a: { service: string; port: string; number: number }) =>
      `port "${a.port}" of Service ${a.service} was read as ${a.number}, the well-known port of that name: the Service is not in the input`,
    help: (a) =>
      `Check with: kubectl get service ${a.service.replace(/^.*\//, '')} -n ${a.service.replace(/\/.*$/, '')} -o jsonpath='{.spec.ports}'`,
  },
  'backends-too-many': {
    level: 'error',
    message: (a: { backends: number; limit: number }) => `${a.backends} backends are more than the ${a.limit} that one rule holds`,
    help: () => 'Its requests are answered with an error. Put Services with the same pods together.',
    differs: NOT_SERVED,
  },
  'backends-weightless': {
    level: 'warning',
    message: (_: NoArgs) => 'every backend has the weight 0: its requests are answered with an error, as before',
    differs: ['status'],
  },
  'match-refused': {
    level: 'error',
    message: (a: { path: string; why: string }) => `${a.path} cannot be written as a match of this target: ${a.why}`,
    help: () => 'Its requests are answered with an error, or by another route that takes them too.',
    differs: ANOTHER_ANSWER,
  },
  'headers-too-many': {
    level: 'warning',
    message: (a: { headers: string }) => `more headers than one filter holds: ${a.headers} were left out`,
    help: () => 'Let the backend deal with the headers that were left out.',
    differs: ['headers'],
  },
  'backend-external-name': {
    level: 'error',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ExternalName, which Gateway API implementations should not and mostly do not route to`,
    help: () => 'Use a backend kind of your implementation for external hosts, or a headless Service with an EndpointSlice.',
    differs: NOT_SERVED,
  },
  'path-not-expressible': {
    level: 'error',
    message: (a: { path: string; why: string }) => `the path ${a.path} cannot be written as a Gateway API match: ${a.why}`,
    help: () =>
      'Its requests are answered with an error, or by another route that takes them too. Write the match by hand for your implementation.',
    differs: ANOTHER_ANSWER,
  },
  'path-regex': {
    level: 'warning',
    message: (a: { pattern: string; written: string }) =>
      `${a.pattern} stays a regular expression (${a.written}); Gateway API leaves dialect and precedence of such paths to the implementation`,
    help: () => 'Check on your implementation that the pattern is tried before broader paths of the same host.',
    differs: ANOTHER_ANSWER,
  },
  'path-literal-as-regex': {
    level: 'note',
    message: (a: { path: string; written: string }) =>
      `${a.path} is written as the regular expression ${a.written}, so that it is ranked among the patterns of its host as the controller does`,
    differs: ANOTHER_ANSWER,
  },
  'path-narrower': {
    level: 'warning',
    message: (a: { path: string; written: string; example: string }) =>
      `${a.path} becomes ${a.written}, which no longer takes requests such as ${a.example}`,
    help: () => 'The controller compared without regard to case or to path elements. If clients rely on it, add a match for those paths.',
    differs: ANOTHER_ANSWER,
  },
  'path-wider': {
    level: 'warning',
    message: (a: { path: string; written: string; example: string }) =>
      `${a.path} becomes ${a.written}, which also takes requests such as ${a.example}`,
    help: () => 'The controller answered those from another route or not at all.',
    differs: ANOTHER_ANSWER,
  },
  'rewrite-differs': {
    level: 'warning',
    message: (a: { path: string; example: string; before: string; after: string }) =>
      `the rewrite of ${a.path} differs: ${a.example} reaches the backend as ${a.after} instead of ${a.before}`,
    help: () => 'Check that the backend treats both paths alike.',
    differs: ['wrong-path', 'redirect'],
  },
  'rewrite-not-expressible': {
    level: 'error',
    message: (a: { path: string; replacement: string }) =>
      `the rewrite of ${a.path} to ${a.replacement} has no portable form: it rearranges parts of the path`,
    help: () =>
      'Use a target with regular-expression rewrites, let the backend accept the original path, or split the path into fixed prefixes. Until then its requests are answered with an error.',
    differs: NOT_SERVED,
  },
  'match-not-expressible': {
    level: 'error',
    message: (a: { what: string }) => `a condition on ${a.what} has no portable form`,
    help: () => 'The route was not written; its requests are answered by another route that takes them too, or with an error.',
    differs: ANOTHER_ANSWER,
  },
  'cookie-match': {
    level: 'note',
    message: (a: { cookie: string }) =>
      `the cookie ${a.cookie} is matched by a regular expression on the Cookie header, whose dialect is the implementation's`,
    differs: ['weight', 'wrong-backend'],
  },
  'header-regex': {
    level: 'note',
    message: (a: { header: string }) => `the pattern for header ${a.header} is a regular expression, whose dialect is the implementation's`,
    differs: ['weight', 'wrong-backend'],
  },
  'several-clusters': {
    level: 'error',
    message: (a: { name: string; who: string }) =>
      `${a.name} was not converted: it sends to Pods of several clusters, which ${a.who} cannot be told to`,
    help: () =>
      'With --target gke it becomes a Gateway of class gke-l7-global-external-managed-mc, whose routes name ServiceImports. Elsewhere a gateway in each cluster, and DNS before them, comes nearest.',
    differs: NOT_SERVED,
  },
  'redirect-query': {
    level: 'note',
    message: (_: NoArgs) => "the client's query is kept in the redirect; the controller drops it",
    differs: ['redirect'],
  },
  'redirect-query-lost': {
    level: 'warning',
    message: (a: { query: string }) => `the redirect's own query "${a.query}" cannot be written: Gateway API keeps the client's`,
    help: () => 'Let the backend answer with the redirect if the query matters.',
    differs: ['redirect'],
  },
  'redirect-status': {
    level: 'warning',
    message: (a: { status: number; written: number }) =>
      `redirect status ${a.status} is not in this Gateway API release; ${a.written} was written`,
    help: () => 'Clients may change the method of the redirected request. --gateway-api 1.5 or newer has 303, 307 and 308.',
    differs: ['redirect'],
  },
  'redirect-not-expressible': {
    level: 'error',
    message: (a: { why: string }) => `the redirect cannot be written: ${a.why}`,
    help: () => 'Its requests are answered with an error. Let the backend answer with the redirect.',
    differs: NOT_SERVED,
  },
  'fixed-response': {
    level: 'warning',
    message: (a: { status: number }) =>
      a.status >= 400
        ? `a fixed response with status ${a.status} has no portable form: a rule without backend refuses in its place, with 500`
        : `a fixed response with status ${a.status} has no portable form`,
    help: (a) => (a.status >= 400 ? 'Add a backend that answers so if the status matters.' : 'Route to a small backend that answers it.'),
    differs: NOT_SERVED,
  },
  'answered-by-another': {
    level: 'warning',
    message: (a: { path: string; example: string; other: string }) =>
      `requests such as ${a.example} were for ${a.path}, which was not written, and are answered by ${a.other} now: what stands in its place takes no longer all of them`,
    help: () => 'If clients send such requests, add a rule without backend for them, or the route itself by hand.',
    differs: ['wrong-backend', 'wrong-path', 'weight', 'headers', 'redirect'],
  },
  'unmatched-path': {
    level: 'note',
    message: (a: { host: string; broader: string }) =>
      `unmatched paths of ${a.host} are answered with 500 by a rule without backend: else ${a.broader} would answer them`,
    help: () => 'The controller answers them with 404. Add a backend to that rule if the status matters.',
    differs: ['status'],
  },
  'bare-path': {
    level: 'note',
    message: (a: { host: string; path: string }) =>
      `${routeText(a)} without a slash at its end is answered with 500 by a rule without backend: else that of ${a.path}/ would take it`,
    help: () => 'The controller answers it with 404. Add a backend to that rule if the status matters.',
    differs: ['status'],
  },
  'bare-rewrite': {
    level: 'warning',
    message: (a: { host: string; path: string }) =>
      `${routeText(a)} without a slash at its end is answered with 500: its path is to be replaced as a whole, and this target replaces matched prefixes alone`,
    help: (a) => `Let clients ask for ${a.path}/, or the backend accept the original path.`,
    differs: NOT_SERVED,
  },
  'path-encoding': {
    level: 'note',
    message: (_: NoArgs) =>
      'the controller decodes percent-encoded characters and merges slashes before it compares paths; Gateway API leaves that to the implementation',
    help: () =>
      'Matters only for requests such as /a%2Fb: check path normalisation on your implementation if protected paths depend on it.',
    differs: ANOTHER_ANSWER,
  },
  'path-spelled': {
    level: 'note',
    message: (a: { path: string; written: string; other: string }) =>
      `${a.path} is written percent-encoded, as ${a.written}; the controller may take other spellings of it, such as ${a.other}, and a Gateway compares the text`,
    help: (a) =>
      `Look into the access log for requests that write it as ${a.other}, and add a match for the spelling that clients use. If the path is protected, check that no other spelling of it goes by the protection.`,
    differs: ANOTHER_ANSWER,
  },
  'host-invalid': {
    level: 'error',
    message: (a: { host: string }) => `"${a.host}" is no host name that the API server accepts, so nothing was written for it`,
    help: () => 'Fill in the placeholder or correct the name, and convert again.',
    differs: NOT_SERVED,
  },
  'host-refused': {
    level: 'error',
    message: (a: { host: string; why: string }) => `nothing was written for ${a.host || 'any host'}: ${a.why}`,
    help: (a) =>
      a.host.startsWith('*')
        ? 'List the names one by one in the Ingress, and convert again.'
        : 'Choose a target or a GatewayClass that takes it, and convert again.',
    differs: NOT_SERVED,
  },
  'rewrite-whole': {
    level: 'error',
    message: (a: { path: string }) =>
      `${a.path} was not written: its path is to be replaced as a whole, and this target replaces matched prefixes alone`,
    help: () =>
      'Let the backend accept the original path, or put a proxy in front of it that rewrites. Until then its requests are answered with an error.',
    differs: NOT_SERVED,
  },
  'rewrite-unsupported': {
    level: 'error',
    message: (a: { path: string; why: string }) => `${a.path} was not written: ${a.why}`,
    help: () =>
      'Let the backend accept the original path, or put a proxy in front of it that rewrites. Until then its requests are answered with an error.',
    differs: NOT_SERVED,
  },
  'one-route-per-host': {
    level: 'error',
    message: (a: { host: string }) =>
      `${a.host} is served differently over http and over https, and this target has one route for both: only https was written`,
    help: () => 'Serve both alike, or send clients to https.',
    differs: NOT_SERVED,
  },
  'wildcard-depth': {
    level: 'note',
    message: (a: { host: string; example: string }) =>
      `${a.host} covers one label on the controller; with Gateway API also hosts such as ${a.example}`,
    help: () => 'List the names one by one if deeper names must not be served.',
    differs: ANOTHER_ANSWER,
  },
  'certificate-missing': {
    level: 'warning',
    message: (a: { host: string }) =>
      `${a.host} is served with the controller's default certificate, which is not in the input, so no HTTPS listener was written for it`,
    help: () => 'Name the Secret of that certificate with --default-certificate NAMESPACE/NAME.',
    differs: NOT_SERVED,
  },
  'certificate-default': {
    level: 'note',
    message: (a: { gateway: string; hosts: number }) =>
      `hosts of ${a.gateway} without a certificate: ${a.hosts}; the controller also serves them on 443 with its default one, for which no HTTPS listener was written`,
    help: () => 'Name that certificate with --default-certificate NAMESPACE/NAME to keep HTTPS for them.',
    differs: NOT_SERVED,
  },
  'certificate-type': {
    level: 'warning',
    message: (a: { host: string; secret: string; type: string }) =>
      `the certificate of ${a.host} is in Secret ${a.secret} of type ${a.type}; Gateway API asks for kubernetes.io/tls, and an implementation may leave a listener with another out`,
    help: () =>
      'The type of a Secret cannot be changed: make one of type kubernetes.io/tls of the same tls.crt and tls.key (kubectl create secret tls), under another name that the Ingress names, or under the same one, deleted first.',
    differs: ['unreachable', 'status', 'narrower'],
  },
  'certificate-shared': {
    level: 'note',
    message: (a: { host: string; listener: string }) =>
      `${a.host} has no certificate of its own in the input and is served over HTTPS with that of ${a.listener}`,
    help: () => 'The controller showed its default certificate there. Check that the certificate covers the name.',
  },
  'certificate-external': {
    level: 'warning',
    message: (a: { host: string; names: string }) => `the certificate of ${a.host} lives outside the cluster (${a.names})`,
    help: () =>
      'No HTTPS listener was written for it. Put a certificate for the host into a Secret and name it with --default-certificate NAMESPACE/NAME, or use the target of that cloud.',
    differs: NOT_SERVED,
  },
  'gateway-class-assumed': {
    level: 'note',
    message: (a: { gateway: string; class: string; ingressClass: string }) =>
      `Gateway ${a.gateway} asks for GatewayClass "${a.class}", ${a.ingressClass === '' ? 'a name that stands in for yours: its Ingresses name no class' : 'named after the ingress class'}`,
    help: () => 'Name the GatewayClass of your implementation with --gateway-class, or create one of that name.',
  },
  'gateway-namespace': {
    level: 'note',
    message: (a: { gateway: string; namespace: string; namespaces: number }) =>
      `Gateway ${a.gateway} serves ${a.namespaces} namespaces and was put into ${a.namespace}`,
    help: () => 'Choose another with --gateway-namespace.',
  },
  'namespace-needed': {
    level: 'note',
    message: (a: { namespace: string; gateways: string }) =>
      `the namespace ${a.namespace}, which was named for ${a.gateways}, is not in the input: it has to be there before the manifests are applied`,
    help: (a) => `kubectl get namespace ${a.namespace} || kubectl create namespace ${a.namespace}`,
  },
  'no-listener-sets': {
    level: 'warning',
    message: (a: { version: string }) => `Gateway API ${a.version} has no ListenerSet, so all listeners stand on their Gateways`,
    help: () => 'Gateway API 1.5 has it: upgrade the CRDs, and say so with --gateway-api.',
  },
  'listeners-stay': {
    level: 'note',
    message: (a: { gateway: string }) =>
      `the listeners of ${a.gateway} stay on it: other objects say something about the Gateway, and nobody promises that it holds for ListenerSets`,
  },
  'listener-sets-unread': {
    level: 'warning',
    message: (a: { target: string }) =>
      `${a.target} does not read ListenerSets: what stands in one would serve nothing, so all listeners stand on their Gateways`,
    help: () => '--gateway per-namespace gives each team a Gateway of its own.',
  },
  'listeners-shared': {
    level: 'note',
    message: (a: { target: string }) =>
      `with ${a.target} one listener of each port serves the hosts of all teams, so none belongs to one of them: all listeners stand on their Gateways`,
    help: () => '--gateway per-namespace gives each team a Gateway of its own.',
  },
  'sets-admitted': {
    level: 'warning',
    message: (a: { gateway: string; namespaces: string }) =>
      `${a.gateway} of the input says in its own way whose ListenerSets it takes; needed are those of ${a.namespaces}`,
    help: () => 'Let its owner admit these namespaces: listeners that it does not admit serve nothing.',
    differs: ['unreachable'],
  },
  'gateway-apart': {
    level: 'warning',
    message: (a: { loadBalancer: string; gateway: string; other: string; why: string }) =>
      `the load balancer ${a.loadBalancer} keeps a Gateway of its own, ${a.gateway}, and does not share ${a.other}: ${a.why}`,
    help: (a) =>
      a.why.endsWith(ANY_HOST)
        ? 'Name its hosts in rules of their own, in the place of the default backend, and convert again.'
        : 'Where one address for both is wanted all the same, change what tells them apart, and convert again.',
  },
  'gateway-full': {
    level: 'warning',
    message: (a: { gateway: string; further: string; hosts: string }) =>
      `${a.gateway} of the input has no room for all listeners: ${a.hosts} went to ${a.further}, which has an address of its own`,
    help: (a) =>
      `Point the DNS records of these hosts to the address of ${a.further}. With --listeners listenerset all of them keep the address of ${a.gateway}.`,
  },
  'gateway-theirs': {
    level: 'warning',
    message: (a: { gateway: string; policies: string }) =>
      `${a.policies} was written for ${a.gateway} of the input, and holds for what others serve there as well where it is about the whole Gateway`,
    help: () => 'Ask the owner of the Gateway, or name another with --gateway.',
  },
  'listener-admits': {
    level: 'warning',
    message: (a: { gateway: string; listener: string; wanted: string }) =>
      `the listener ${a.listener} of ${a.gateway} is used as it is, and says in its own way which namespaces may have routes on it; needed is ${a.wanted}`,
    help: () => 'Let its owner admit these namespaces: routes that it does not admit serve nothing.',
    differs: ['unreachable'],
  },
  'listener-certificate': {
    level: 'warning',
    message: (a: { gateway: string; listener: string; wanted: string }) =>
      `the listener ${a.listener} of ${a.gateway} is used with the certificates that it has; the Ingresses have ${a.wanted}`,
    help: () => "Compare the certificates, and add the Ingresses' one to the listener where it covers more.",
  },
  'gateway-split': {
    level: 'warning',
    message: (a: { gateway: string; listeners: number; parts: number; others: string }) =>
      `${a.listeners} listeners are more than the 64 that a Gateway holds: ${a.gateway} was split into ${a.parts} (with ${a.others}), each with an address of its own`,
    help: () =>
      'Point the DNS records of each host to the address of the Gateway that its route names. To keep one address: --listeners listenerset where the implementation reads ListenerSets, or --fold-wildcard where hosts have a certificate for their wildcard.',
  },
  'certificates-split': {
    level: 'warning',
    message: (a: { gateway: string; certificates: number; parts: number; others: string }) =>
      `${a.certificates} certificates are more than the 64 that the one listener for TLS holds: ${a.gateway} was split into ${a.parts} (with ${a.others}), each with an address of its own`,
    help: () =>
      'Point the DNS records of each host to the address of the Gateway that its route names. Certificates for several hosts, or for a wildcard, make fewer.',
  },
  'certificate-hosts': {
    level: 'error',
    message: (a: { gateway: string; hosts: string }) =>
      `${a.gateway} has no room for listeners that lead to the certificates of ${a.hosts}: over TLS these hosts show another one`,
    help: () =>
      'Name the certificates of these hosts where the implementation takes them by name, or divide the Gateway: --gateway per-namespace.',
    differs: ['unreachable'],
  },
  'admits-all': {
    level: 'warning',
    message: (a: { gateway: string; listeners: number }) =>
      `${a.listeners} listeners of ${a.gateway} take the routes of EVERY namespace, as --allowed-routes all asks: whoever may write a route anywhere may answer for their hosts`,
    help: () => 'Without --allowed-routes they take the routes of exactly the namespaces that have some.',
    security: true,
  },
  'admits-same': {
    level: 'warning',
    message: (a: { gateway: string; listeners: number; namespaces: string }) =>
      `${a.listeners} listeners of ${a.gateway} have routes of other namespaces (${a.namespaces}) and admit these by name: with --allowed-routes same they would serve nothing`,
    help: () => '--gateway per-namespace, or --listeners listenerset, puts listeners beside their routes.',
  },
  'admits-labelled': {
    level: 'warning',
    message: (a: { gateway: string; label: string; namespaces: string }) =>
      `listeners of ${a.gateway} admit namespaces with the label ${a.label}; that ${a.namespaces} have it is not in the input`,
    help: () => 'Label them before the manifests are applied: routes of a namespace without the label serve nothing.',
    steps: (a) => a.namespaces.split(', ').map((namespace) => `kubectl label namespace ${namespace} ${a.label}`),
  },
  'admits-others': {
    level: 'warning',
    message: (a: { gateway: string; label: string; namespaces: string }) =>
      `the label ${a.label}, which listeners of ${a.gateway} ask for, is also on namespaces without routes on each of them (${a.namespaces}): these may answer for their hosts as well`,
    help: () => 'Choose a label that only namespaces with routes have, or leave --allowed-routes out.',
    security: true,
  },
  'admits-unlabelled': {
    level: 'warning',
    message: (a: { gateway: string; key: string; namespaces: string; listeners: number }) =>
      `${a.listeners} listeners of ${a.gateway} admit namespaces by name: ${a.namespaces} do not have the label ${a.key}`,
    help: () => 'Label the namespaces in the input and convert again.',
  },
  'address-once': {
    level: 'warning',
    message: (a: { gateway: string; address: string; others: string }) =>
      `the address ${a.address} went to the first part of ${a.gateway}: no two Gateways have one address, so that ${a.others} get others`,
    help: (a) =>
      `Reserve an address for each of ${a.others}, write it into its spec.addresses, and point the DNS records of its hosts there.`,
    differs: ['unreachable'],
  },
  'metadata-conflict': {
    level: 'warning',
    message: (a: { name: string; gateway: string }) =>
      `${a.name} was not put on Gateway ${a.gateway}: it would hold for every listener, and not all its Ingresses ask for the same`,
    help: () =>
      'Decide per certificate or per host, and create the object that the annotation stood for (a Certificate, a DNS record) by hand.',
  },
  'order-undefined': {
    level: 'warning',
    message: (a: { first: string; second: string; host: string }) =>
      `on ${a.host} the controller tries ${a.first} before ${a.second}; Gateway API ranks them otherwise or leaves it open`,
    help: () =>
      'Requests that both match may reach the other backend. Make the two paths disjoint, or check the order on your implementation.',
    differs: [...ANOTHER_ANSWER, 'protection'],
  },
  passthrough: {
    level: 'warning',
    message: (a: { host: string }) => `TLS of ${a.host} cannot be passed through: this Gateway API release and channel have no TLSRoute`,
    help: () => 'Use --gateway-api 1.5 or newer.',
    differs: ['unreachable', 'status'],
  },
  'passthrough-unsupported': {
    level: 'warning',
    message: (a: { host: string; why: string }) => `TLS of ${a.host} cannot be passed through: ${a.why}`,
    help: () =>
      'Give the Service a load balancer of its own that works below HTTP (a Service of type LoadBalancer), or terminate TLS at the gateway.',
    differs: ['unreachable', 'status'],
  },
  'policy-conflict': {
    level: 'warning',
    message: (a: { kind: string; name: string }) =>
      `two Ingresses ask for different settings in ${a.kind} ${a.name}; those of the first were written`,
    help: () => 'It holds for every route to the Service: decide on one setting.',
    differs: ['headers'],
  },
  stream: {
    level: 'error',
    message: (a: { protocol: string; port: number; why: string }) => `${a.protocol} port ${a.port} was not written: ${a.why}`,
    help: (a) => `Clients of port ${a.port} need another way: a Service of type LoadBalancer for the backend is the simplest.`,
    differs: ['unreachable'],
  },
  'stream-needs': {
    level: 'warning',
    message: (a: { needs: string }) => a.needs,
    help: () => 'Switch it on before the manifests are applied: until then the listener answers nobody.',
    differs: ['unreachable'],
  },
  'load-balancer-port': {
    level: 'warning',
    message: (a: { protocol: string; port: number; service: string; why: string }) =>
      `${a.protocol} port ${a.port} of Service ${a.service} was not written: ${a.why}`,
    help: () =>
      'The Service keeps its load balancer. Where it speaks HTTP, an Ingress or HTTPRoute with a host name of its own shares the port; else write a Gateway of its own, or move clients to another port.',
    differs: ['unreachable'],
  },
  'load-balancer-sources': {
    level: 'warning',
    message: (a: { protocol: string; port: number; service: string; ranges: string; target: string }) =>
      `${a.protocol} port ${a.port} of Service ${a.service} was not written: it admits ${a.ranges} alone, which ${a.target} cannot say of a ${a.protocol} route`,
    help: () =>
      'The Service keeps its load balancer. To move it all the same, admit these ranges alone at the load balancer of a Gateway of its own, or with a NetworkPolicy where client addresses are kept.',
    security: true,
    differs: ['unreachable'],
  },
  'load-balancer-opened': {
    level: 'error',
    message: (a: { protocol: string; port: number; service: string; ranges: string }) =>
      `${a.protocol} port ${a.port} of Service ${a.service} is written without its list of addresses (${a.ranges}): everybody who reaches the Gateway may connect`,
    help: () => 'Admit these ranges alone at the load balancer of the Gateway before the manifests are applied.',
    security: true,
    differs: ['protection'],
  },
  'load-balancer-address': {
    level: 'warning',
    message: (a: { service: string }) =>
      `the source ranges of Service ${a.service} are written for the address that connects to the Gateway`,
    help: () =>
      'Keep the addresses of clients up to the proxy (externalTrafficPolicy: Local on the Service of the Gateway, or the PROXY protocol), then test from an address outside the ranges.',
    security: true,
  },
  'load-balancer-stays': {
    level: 'note',
    message: (a: { service: string; ports: string }) =>
      `Service ${a.service} still has a load balancer of its own beside the Gateway, which now serves ${a.ports}`,
    help: () =>
      'When no client uses its old address any more, set spec.type: ClusterIP in its manifest and take loadBalancerSourceRanges, loadBalancerIP and externalTrafficPolicy out: the load balancer goes, and its address with it.',
  },
  'service-policy-shared': {
    level: 'warning',
    message: (a: { kind: string; service: string }) =>
      `${a.kind} holds for every route to Service ${a.service}: also for this Ingress, which asks for something else`,
    help: (a) => `Give the Ingress a Service of its own beside ${a.service}, or accept the setting for both.`,
    differs: ['headers'],
  },
  repeated: {
    level: 'note',
    message: (a: { host: string; path: string }) =>
      `${routeText(a)} was not written: an earlier rule of the host has the same match in Gateway API`,
    differs: ['wrong-backend', 'wrong-path', 'weight', 'headers', 'redirect', 'narrower', 'status', 'unreachable'],
  },
  'nothing-written': {
    level: 'note',
    message: (a: { name: string }) => `${a.name} has no place: nothing was written for its Ingress that could carry it`,
    help: () => 'Set it on the Gateway or the route that you write by hand.',
  },
  unused: {
    level: 'note',
    message: (_: NoArgs) => 'nothing that was written rests on it',
  },
});
