import { type Difference, defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';

/** What a directive may change that is not carried over. */
const ANYTHING: readonly Difference[] = [
  'headers',
  'redirect',
  'status',
  'wrong-path',
  'wrong-backend',
  'wider',
  'narrower',
  'unreachable',
];

export const snippetFindings = defineFindings('nginx/snippet', {
  permission: {
    level: 'note',
    message: (_: NoArgs) =>
      'snippets are taken as they are in force: the controller needs allow-snippet-annotations "true" and annotations-risk-level Critical for them',
    help: () =>
      'Without the first it drops the snippets and serves the rest; without the second, 1.12 and newer do not serve Ingresses that have any.',
  },
  dropped: {
    level: 'warning',
    message: (a: { annotation: string }) =>
      `the controller drops ${a.annotation}: its ConfigMap says allow-snippet-annotations "false", so nothing of it is in force today`,
    help: () => 'Nothing was made of it. If it was meant to keep requests out, it does not: say so with annotations of their own.',
    security: true,
  },
  empty: { level: 'note', message: (a: { annotation: string }) => `${a.annotation} holds comments only` },
  invalid: {
    level: 'error',
    message: (a: { annotation: string; reason: string }) =>
      `${a.annotation} is no valid nginx configuration (${a.reason}): nginx refuses it, and the controller stays on an older configuration`,
    help: () => 'Nothing was made of the snippet. Correct it and convert again; see with nginx -t in the controller what is served today.',
    security: true,
    differs: ANYTHING,
  },
  misplaced: {
    level: 'error',
    message: (a: { directive: string; why: string }) =>
      `nginx refuses \`${a.directive}\` (${a.why}), and with it every new configuration of the controller`,
    help: () =>
      'The rest of the snippet was read as if it were not there. Correct or remove it, and see whether what is served today changes.',
    differs: ANYTHING,
  },
  'written-twice': {
    level: 'error',
    message: (a: { directive: string; instead: string }) =>
      `nginx refuses \`${a.directive}\` here: the controller writes that directive into the location itself, and once is all it takes`,
    help: (a) => `What was meant was converted as far as the target can. Write the annotation ${a.instead} instead, and convert again.`,
    differs: ANYTHING,
  },
  overridden: {
    level: 'note',
    message: (a: { directive: string }) => `\`${a.directive}\` reaches no location: every location of the controller has its own`,
  },
  inherited: {
    level: 'note',
    message: (a: { directive: string; by: string }) => `\`${a.directive}\` does not reach the location: ${a.by} stands in for it there`,
  },
  unreached: {
    level: 'note',
    message: (a: { directive: string }) => `\`${a.directive}\` changes nothing on the hosts and paths of this Ingress`,
  },
  default: {
    level: 'note',
    message: (a: { directive: string }) => `\`${a.directive}\` is what nginx does anyway`,
  },
  'not-carried-over': {
    level: 'warning',
    message: (a: { directive: string; why: string; nearest: string }) =>
      `\`${a.directive}\` was not carried over${a.why === '' ? '' : `: ${a.why}`}`,
    help: (a) => (a.nearest === '' ? 'Let the backend deal with it.' : `Nearest: ${a.nearest}.`),
    differs: ['headers', 'status'],
  },
  'way-not-carried-over': {
    level: 'warning',
    message: (a: { directive: string; why: string; nearest: string }) => `\`${a.directive}\` was not carried over: ${a.why}`,
    help: (a) => (a.nearest === '' ? 'Let the backend deal with it.' : `Nearest: ${a.nearest}.`),
    differs: ANYTHING,
  },
  'of-the-proxy': {
    level: 'note',
    message: (a: { directive: string; nearest: string }) => `\`${a.directive}\` tunes nginx itself and was not carried over`,
    help: (a) => (a.nearest === '' ? '' : `Nearest: ${a.nearest}.`),
    differs: ['status', 'headers'],
  },
  'not-known': {
    level: 'warning',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` is no directive that is known here, and may restrict access; it was not carried over`,
    help: () => 'Find out what it does, and move it to a policy of the implementation or to the backend.',
    security: true,
    differs: [...ANYTHING, 'protection'],
  },
  restricts: {
    level: 'warning',
    message: (a: { directive: string; why: string; nearest: string }) =>
      `\`${a.directive}\` keeps requests from the backend${a.why === '' ? '' : `, and ${a.why}`}`,
    help: (a) =>
      `${a.nearest === '' ? 'Say the same in a way that can be converted' : `Nearest: ${a.nearest}. Say the same in that way`}, remove it from the snippet and convert again.`,
    security: true,
    differs: ANYTHING,
  },
  'success-only': {
    level: 'note',
    message: (a: { header: string }) =>
      `nginx adds ${a.header} to answers with status 200, 201, 204, 206, 301 to 304, 307 and 308 only; a filter adds it to every answer of the backend`,
    differs: ['headers'],
  },
  'header-on-redirect': {
    level: 'note',
    message: (a: { header: string }) => `nginx sends ${a.header} with its redirects as well; redirects of a Gateway are written without`,
    differs: ['headers'],
  },
  'sent-twice': {
    level: 'warning',
    message: (a: { header: string }) =>
      `the controller already sends ${a.header} to the backend, so the backend gets it twice today; it was not carried over`,
    help: (a) =>
      a.header.toLowerCase() === 'host'
        ? 'Use the annotation upstream-vhost for another Host, and convert again.'
        : 'Gateways send X-Forwarded-For and X-Forwarded-Proto of their own; see which of the others the backend reads.',
    differs: ['headers'],
  },
  'other-protocol': {
    level: 'note',
    message: (a: { directive: string; protocol: string }) => `\`${a.directive}\` has no effect towards a backend that speaks ${a.protocol}`,
  },
  fragment: {
    level: 'warning',
    message: (a: { target: string; fragment: string }) =>
      `the redirect to ${a.target} was written without "#${a.fragment}", which Gateway API has no place for`,
    help: () => 'Let a page there lead on to it, or let a backend answer with the redirect.',
    differs: ['redirect'],
  },
  'query-dropped': {
    level: 'note',
    message: (a: { target: string }) => `nginx drops the client's query in the redirect to ${a.target}; a redirect of Gateway API keeps it`,
    differs: ['redirect'],
  },
  'query-joined': {
    level: 'warning',
    message: (a: { target: string }) =>
      `nginx adds the client's query to that of ${a.target}; a redirect of Gateway API has the client's alone`,
    help: () => 'Let a backend answer with the redirect if its own query matters.',
    differs: ['redirect'],
  },
  'query-doubled': {
    level: 'note',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` doubles the query of the client, for lack of a question mark at its end; it was written with the query once`,
    differs: ['redirect'],
  },
  'relative-name': {
    level: 'warning',
    message: (a: { target: string }) => `clients resolve "${a.target}" against the path they asked for; written as a path of the host`,
    help: () => 'Write a full URL, or a path that begins with a slash.',
    differs: ['redirect'],
  },
  'with-query': {
    level: 'note',
    message: (a: { directive: string }) => `\`${a.directive}\` compares the path with its query; what was written looks at the path alone`,
    differs: ANYTHING,
  },
  'nested-match': {
    level: 'note',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` also holds for methods that Gateway API has no name for; those are not told apart`,
    differs: ANYTHING,
  },
  'whole-host': {
    level: 'warning',
    message: (a: { directive: string; host: string }) =>
      `\`${a.directive}\` of the server-snippet answers every request of ${a.host}: none of its paths is reached`,
    help: () => 'Nothing was written for the paths. Remove the directive if they were meant to be served.',
  },
  'duplicate-location': {
    level: 'error',
    message: (a: { location: string; host: string }) =>
      `${a.location} is also a location of the controller on ${a.host}: nginx refuses the second, and the controller stays on an older configuration`,
    help: () => 'Where it restricts access its path stays closed. Remove one of the two, and see whether what is served today changes.',
    security: true,
    differs: ANYTHING,
  },
  'never-chosen': {
    level: 'note',
    message: (a: { location: string; host: string }) =>
      `nginx never chooses ${a.location}: others of ${a.host} come first for all of its paths`,
  },
  'location-order': {
    level: 'error',
    message: (a: { location: string; host: string }) =>
      `which location of ${a.host} comes first where ${a.location} meets others cannot be written in an order of Gateway API`,
    help: () => 'Its paths stay closed. Give each of the locations a path of its own.',
    security: true,
    differs: ANYTHING,
  },
  'answered-by-nginx': {
    level: 'warning',
    message: (a: { location: string; what: string }) =>
      `requests for ${a.location} are answered by nginx itself (${a.what}), which was not carried over`,
    help: () => 'Route them to a backend that answers the same.',
    differs: ANYTHING,
  },
  stream: {
    level: 'warning',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` of the stream-snippet belongs to a TCP or UDP server of the whole controller; it was not carried over`,
    help: () => 'A server with listen and proxy_pass is a listener of its own with a TCPRoute or UDPRoute: write them by hand.',
    differs: ['unreachable'],
  },
  auth: {
    level: 'warning',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` changes the request to the authentication service, which was not carried over`,
    help: () => 'Headers for the authentication service are settings of the implementation, next to its URL.',
    security: true,
    differs: ['status', 'headers'],
  },
  'auth-variable': {
    level: 'warning',
    message: (a: { directive: string; variable: string }) =>
      `\`${a.directive}\` tells the authentication service $${a.variable} of each request, which was not carried over`,
    help: () =>
      'See what the service decides by it: gateways pass the headers of the client on, some of them only those that are listed, and hardly anything else.',
    security: true,
    differs: ['status', 'headers'],
  },
  'auth-sent-twice': {
    level: 'warning',
    message: (a: { directive: string }) =>
      `the controller already sends the header of \`${a.directive}\` to the authentication service, which gets it twice today; it was not carried over`,
    help: () => 'See which of the two the service reads.',
    differs: ['status', 'headers'],
  },
  'auth-lets-in': {
    level: 'warning',
    message: (a: { directive: string }) =>
      `\`${a.directive}\` of the auth-snippet answers in the place of the authentication service; what was written asks the service for these requests as well`,
    help: () => 'Give requests that are let in without it a route of their own, or let the service decide.',
    security: true,
    differs: ['status', 'narrower', 'redirect'],
  },
});
