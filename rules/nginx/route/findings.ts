import { type Difference, defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';

/** What depends on which of two Ingresses is older can be any of these. */
const EITHER_WAY: readonly Difference[] = [
  'wrong-backend',
  'wrong-path',
  'redirect',
  'protection',
  'unreachable',
  'status',
  'wider',
  'narrower',
  'headers',
];

const ASK_AGE = 'Compare with: kubectl get ingress -A --sort-by=.metadata.creationTimestamp. The oldest wins.';

export const conflictFindings = defineFindings('nginx/conflict', {
  shadowed: {
    level: 'note',
    message: (a: { path: string; winner: string; file: string; line: number }) =>
      `${a.path} is served by ${a.winner} (${a.file}:${a.line}), so the controller drops this one`,
    help: () => 'Nothing was written for it.',
  },
  path: {
    level: 'warning',
    message: (a: { path: string; winner: string; file: string; line: number; loser: string }) =>
      `${a.path} is in ${a.winner} (${a.file}:${a.line}) and in ${a.loser}; the older Ingress serves it, and the files do not say which that is. Written for ${a.winner}, which wins where both are equally old`,
    help: () => ASK_AGE,
    differs: EITHER_WAY,
  },
  'duplicate-location': {
    level: 'error',
    message: (a: { path: string; other: string; file: string; line: number }) =>
      `${a.path} and a path of ${a.other} (${a.file}:${a.line}) make the same nginx location twice: nginx refuses that, and the controller stays on an older configuration`,
    help: () => 'Nothing was written for this one. Remove one of the two paths, and see whether what is served today changes.',
    differs: EITHER_WAY,
  },
  owner: {
    level: 'warning',
    message: (a: { host: string; winner: string; others: string }) =>
      `paths of ${a.host} that nobody declares are answered by its oldest Ingress, taken to be ${a.winner}; the files do not say whether ${a.others} is older`,
    help: () => ASK_AGE,
    differs: EITHER_WAY,
  },
  certificate: {
    level: 'warning',
    message: (a: { host: string; winner: string; secret: string; loser: string; other: string }) =>
      `${a.host} gets its certificate from its oldest Ingress with a tls section, taken to be ${a.winner} (${a.secret}); ${a.loser} names ${a.other}, and the files do not say which is older`,
    help: () => ASK_AGE,
    differs: ['protection', 'unreachable'],
  },
  'host-setting': {
    level: 'warning',
    message: (a: { host: string; setting: string; winner: string; loser: string }) =>
      `${a.setting} holds for the whole of ${a.host} and is taken from ${a.winner}; the controller ignores that of ${a.loser}`,
    help: () => ASK_AGE,
    differs: ['protection', 'redirect'],
  },
  'upstream-setting': {
    level: 'warning',
    message: (a: { setting: string; service: string; winner: string; loser: string }) =>
      `${a.setting} belongs to Service ${a.service}, which ${a.winner} mentions first; the controller ignores that of ${a.loser}`,
    help: () => ASK_AGE,
    differs: ['weight'],
  },
  affinity: {
    level: 'warning',
    message: (a: { service: string; what: string; winner: string; loser: string }) =>
      `Service ${a.service} has one session affinity wherever it is used, with ${a.what} as ${a.winner} asks for it and not ${a.loser}`,
    help: () =>
      'Taken over the same way. The youngest of the Ingresses decides on the cookie, the oldest that names one on the mode: compare with kubectl get ingress -A --sort-by=.metadata.creationTimestamp.',
  },
  'default-backend': {
    level: 'warning',
    message: (a: { winner: string; loser: string }) =>
      `${a.winner} and ${a.loser} both want the requests of unknown hosts; the older Ingress gets them, taken to be ${a.winner}`,
    help: () => ASK_AGE,
    differs: EITHER_WAY,
  },
});

export const locationFindings = defineFindings('nginx/location', {
  'resource-backend': {
    level: 'warning',
    message: (a: { path: string; resource: string }) =>
      `the controller skips paths with a resource backend (${a.resource}): requests for ${a.path} go to the next matching path`,
    help: () => 'Nothing was written for it.',
  },
  'no-backend': {
    level: 'warning',
    message: (a: { path: string }) => `${a.path} has no backend, so the controller skips it`,
    help: () => 'Nothing was written for it.',
  },
  'never-matched': {
    level: 'warning',
    message: (a: { path: string }) => `"${a.path}" does not begin with a slash, so no request matches it`,
    help: () => 'Nothing was written for it.',
  },
  'never-reached': {
    level: 'warning',
    message: (a: { path: string; host: string; first: string }) =>
      `the paths of ${hostWords(a.host)} are regular expressions, so ${a.path} is never reached: ${a.first} takes the same requests and is tried first`,
    help: () =>
      'Nothing was written for it, as the controller never uses it. If it is the one that was meant, remove the other or change its path.',
  },
  'literal-pattern': {
    level: 'warning',
    message: (a: { path: string; host: string }) =>
      `${a.path} looks like a regular expression, but nothing makes the paths of ${hostWords(a.host)} regular expressions: the controller compares it letter by letter`,
    help: () => 'Written the same way. If it was meant as a pattern, it lacks use-regex or a rewrite-target that the controller accepts.',
  },
  'regex-elsewhere': {
    level: 'note',
    message: (a: { path: string; host: string; cause: string; file: string; line: number }) =>
      `all paths of ${hostWords(a.host)} are regular expressions without regard to case, because of ${a.cause} (${a.file}:${a.line}): ${a.path} takes everything that begins like it`,
  },
  'target-port': {
    level: 'note',
    message: (a: { service: string; written: string; port: number }) =>
      `${a.written} is no port of Service ${a.service} but a targetPort, which the controller takes as well; written as port ${a.port}`,
  },
  'protected-elsewhere': {
    level: 'note',
    message: (a: { host: string; protections: string }) =>
      `paths of ${a.host} that nobody declares are checked (${a.protections}) before they are answered with 404; nothing was written for them, so that they are 404 for everybody`,
    differs: ['status'],
  },
});

export const tlsFindings = defineFindings('nginx/tls', {
  'no-rule': {
    level: 'note',
    message: (a: { host: string }) => `no rule of this Ingress serves ${a.host}, so the controller does nothing with its tls entry`,
  },
  'not-first': {
    level: 'note',
    message: (a: { host: string; winner: string }) =>
      `${a.host} has its certificate from ${a.winner}: the controller looks at one tls section for each host`,
  },
  hostless: {
    level: 'warning',
    message: (_: NoArgs) =>
      'rules without host are always served with the default certificate of the controller; this tls section is ignored',
    help: () => 'Name the Secret of the default certificate with --default-certificate NAMESPACE/NAME.',
  },
  canary: {
    level: 'note',
    message: (_: NoArgs) => 'the tls section of a canary is ignored: its host has that of the primary',
  },
  'not-listed': {
    level: 'warning',
    message: (a: { host: string; ingress: string }) =>
      `${a.host} is in no tls section of ${a.ingress}: the controller serves it with the default certificate, unless one of the Secrets there has the name in its certificate`,
    help: (a) =>
      `List ${a.host} under spec.tls with its Secret, or name the default certificate with --default-certificate NAMESPACE/NAME.`,
    differs: ['unreachable', 'status', 'narrower'],
  },
  'assumed-names': {
    level: 'note',
    message: (a: { host: string; secret: string }) =>
      `the certificate in ${a.secret} was taken to name ${a.host}: its tls section does not list the host, and the controller then looks into the certificate`,
    help: () => 'If it does not name the host, the controller serves its default certificate.',
  },
  'broken-secret': {
    level: 'warning',
    message: (a: { host: string; secret: string }) =>
      `Secret ${a.secret} has no tls.crt and tls.key, so the controller serves ${a.host} with its default certificate`,
    help: () => 'Correct the Secret, or name the default certificate with --default-certificate NAMESPACE/NAME.',
  },
});

export const restFindings = defineFindings('nginx/rest', {
  'no-location': {
    level: 'note',
    message: (a: { setting: string }) => `${a.setting} has no effect: the controller serves no path of this Ingress`,
  },
  denied: {
    level: 'note',
    message: (a: { setting: string }) =>
      `${a.setting} has no effect: another value of this Ingress makes the controller answer with an error`,
  },
  'catch-all': {
    level: 'note',
    message: (a: { setting: string }) =>
      `${a.setting} has no effect: the controller leaves redirects and rewrites out where a default backend stands without rules`,
  },
  'no-effect': {
    level: 'note',
    message: (a: { setting: string }) => `nothing that the controller serves depends on ${a.setting}`,
  },
  'rewrite-to-itself': {
    level: 'note',
    message: (a: { target: string }) => `rewrite-target ${a.target} is the path itself, so the controller rewrites nothing`,
  },
  'prefix-without-rewrite': {
    level: 'note',
    message: (_: NoArgs) => 'X-Forwarded-Prefix is sent only where a rewrite is active, which it is on no path of this Ingress',
  },
  'default-backend-unused': {
    level: 'note',
    message: (_: NoArgs) =>
      'spec.defaultBackend beside rules answers undeclared paths of the hosts that this Ingress creates; every such path is answered by another',
  },
  'root-declared': {
    level: 'note',
    message: (a: { host: string }) => `the path / of ${a.host} is declared by another Ingress, so nothing is left for this rule`,
  },
});

/** '' is the server for any host. */
function hostWords(host: string): string {
  return host === '' ? 'the server for any host' : host;
}
