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

export const conflictFindings = defineFindings('nginx-inc/conflict', {
  host: {
    level: 'warning',
    message: (a: { host: string; winner: string; loser: string; file: string; line: number }) =>
      `${a.host} belongs to one Ingress alone, the oldest: ${a.winner} (${a.file}:${a.line}) and ${a.loser} both name it, and the files do not say which is older. Written for ${a.winner}; nothing of ${a.loser} is served there`,
    help: () => `${ASK_AGE} To serve a host from several Ingresses, make one the master and the others minions.`,
    differs: EITHER_WAY,
  },
  'host-of-older': {
    level: 'note',
    message: (a: { host: string; winner: string; file: string; line: number }) =>
      `${a.host} belongs to the older Ingress ${a.winner} (${a.file}:${a.line}); the controller rejects this one for the host`,
  },
  'virtual-server': {
    level: 'warning',
    message: (a: { host: string; server: string }) =>
      `${a.host} is also named by VirtualServer ${a.server}, which was not converted; if that is older, the controller serves it instead of the Ingress`,
    help: () => 'Compare their creationTimestamp; a host has one owner, the oldest resource.',
    differs: EITHER_WAY,
  },
});

export const hostFindings = defineFindings('nginx-inc/host', {
  'needs-flag': {
    level: 'warning',
    message: (_: NoArgs) =>
      'a rule without host is served only by controllers that run with -allow-empty-ingress-host; others reject the whole Ingress',
    help: () =>
      'It was written as served, for every host that nobody else names. Remove it from the output if your controller rejects it today.',
    differs: ['wider'],
  },
});

export const editionFindings = defineFindings('nginx-inc/edition', {
  plus: {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} is for NGINX Plus; the controller with open-source NGINX rejects the whole Ingress because of it`,
    help: () => 'It was read as served by NGINX Plus. Remove the routes from the output if your controller rejects the Ingress today.',
    differs: ['wider'],
  },
});

export const tlsFindings = defineFindings('nginx-inc/tls', {
  'without-hosts': {
    level: 'warning',
    message: (_: NoArgs) => 'a tls section without hosts is ignored: the controller serves TLS only for hosts that a section lists',
    help: () =>
      'List the hosts if they are meant to be served over HTTPS, and convert again. As it stands they are served over HTTP alone.',
  },
  'no-rule': {
    level: 'note',
    message: (a: { host: string }) => `no rule of this Ingress serves ${a.host}, so the controller does nothing with its tls entry`,
  },
  later: {
    level: 'note',
    message: (a: { host: string }) => `a later tls section lists ${a.host} too, and the last one counts`,
  },
  'no-secret': {
    level: 'warning',
    message: (a: { host: string }) =>
      `${a.host} names no Secret: the controller uses the one of -wildcard-tls-secret, and without it breaks off every TLS connection`,
    help: () => 'Name it with --default-certificate NAMESPACE/NAME, or in the tls section.',
  },
  'broken-secret': {
    level: 'warning',
    message: (a: { host: string; secret: string; why: string }) =>
      `Secret ${a.secret} ${a.why}, so the controller breaks off every TLS connection for ${a.host}`,
    help: () => 'Correct the Secret: type kubernetes.io/tls with tls.crt and tls.key.',
    differs: ['wider', 'status', 'unreachable'],
  },
});

export const restFindings = defineFindings('nginx-inc/rest', {
  'no-effect': {
    level: 'note',
    message: (a: { setting: string }) => `nothing that the controller serves depends on ${a.setting}`,
  },
  'nothing-served': {
    level: 'note',
    message: (a: { setting: string }) => `${a.setting} has no effect: the controller serves nothing of this Ingress`,
  },
});
