import { defineFindings, type NoArgs } from '../../ledger/finding.ts';

/** What could not be read of a cluster, and what its installation says about the output. */
export const clusterFindings = defineFindings('cluster', {
  unread: {
    level: 'error',
    message: (a: { kind: string; reason: string }) => `${a.kind} could not be read from the cluster: ${a.reason}.`,
    help: (a) =>
      `What they say is not part of the result. Grant \`list\` on ${a.kind}, or have somebody who may read them run: kubectl get ${a.kind} -A -o yaml`,
  },
  gap: {
    level: 'warning',
    message: (a: { kind: string; reason: string; lost: string }) => `${a.kind} could not be read from the cluster: ${a.reason}.`,
    help: (a) => a.lost,
  },
  'own-namespaces': {
    level: 'warning',
    message: (a: { kind: string; namespaces: string }) =>
      `${a.kind} may be read in ${a.namespaces} alone: what a controller in another namespace is told for all Ingresses is not known.`,
    help: (a) => `Grant \`list\` on ${a.kind} in the controller's namespace, or add its manifests as files beside --cluster.`,
    security: true,
  },
  'some-namespaces': {
    level: 'note',
    message: (a: { namespaces: string }) =>
      `Only ${a.namespaces} was read: Ingresses elsewhere that share a host with these are not part of the result.`,
    help: () => 'Leave --namespace away to read all of them.',
  },
  selected: {
    level: 'note',
    message: (a: { selector: string }) =>
      `Only Ingresses with ${a.selector} were read: others that share a host with these are not part of the result.`,
    help: () => 'Leave --selector away to read all of them.',
  },
  solvers: {
    level: 'note',
    message: (a: { ingresses: string }) => `${a.ingresses}: made by cert-manager for a challenge that is running, and left out.`,
    help: () => 'It goes by itself when the challenge is over.',
  },
  leaving: {
    level: 'warning',
    message: (a: { ingresses: string }) => `${a.ingresses}: being deleted, and left out.`,
    help: () => 'Where it stays like that, its finalizer waits for its controller: kubectl describe ingress says what for.',
  },
  challenged: {
    level: 'warning',
    message: (a: { ingresses: string }) =>
      `${a.ingresses}: a challenge of cert-manager is running, whose path was read as one of the Ingress.`,
    help: () => 'Run it again when the challenge is over: kubectl get challenges -A',
  },
  'older-route': {
    level: 'warning',
    message: (a: { route: string; older: string; gateway: string; match: string }) =>
      `${a.older} is on Gateway ${a.gateway} already with ${a.match}: the older of two routes is served, so ${a.route} gets none of those requests.`,
    help: () =>
      'Take the match out of the older route, or delete that route, when the new one is to serve; or choose another Gateway with --gateway.',
    differs: ['wrong-backend'],
  },
  'no-secret': {
    level: 'warning',
    message: (a: { secret: string; by: string }) => `Secret ${a.secret} is not in the cluster, which ${a.by} names.`,
    help: () =>
      'What needs it does not work today either, or the controller has something of its own in its place. Make it before the output is applied.',
  },
  'no-discovery': {
    level: 'warning',
    message: (a: { reason: string }) => `Not every API of the cluster answered: ${a.reason}.`,
    help: () =>
      'Objects of the APIs that did not answer (BackendConfig, IngressClassParams, Gateway API …) may be missing from the result.',
  },
  'no-gateway-api': {
    level: 'warning',
    message: (a: { version: string; channel: string }) =>
      `Gateway API is not installed in this cluster; what is written is for release ${a.version}, ${a.channel} channel.`,
    help: (a) =>
      `Install that release before the output is applied, or choose another with --gateway-api: https://github.com/kubernetes-sigs/gateway-api/releases (v${a.version})`,
  },
  'release-unknown': {
    level: 'warning',
    message: (a: { said: string; version: string; channel: string }) =>
      `The cluster's Gateway API CRDs say "${a.said}" for their release, which is not one that is known here; ${a.version} (${a.channel}) is written for.`,
    help: () => 'The output is held against those CRDs as well; to be told for sure, name the release with --gateway-api and --channel.',
  },
  'release-differs': {
    level: 'warning',
    message: (a: { asked: string; installed: string }) =>
      `The output is written for Gateway API ${a.asked}, as asked for; the cluster has ${a.installed}, which drops what it does not know.`,
    help: () => 'Leave --gateway-api and --channel away to write for what is installed, or upgrade the CRDs before applying.',
  },
  crd: {
    level: 'error',
    message: (a: { object: string; path: string; reason: string }) => `the CRDs in the cluster refuse ${a.object}: ${a.path} ${a.reason}`,
    help: () => 'Upgrade the CRDs before applying, or choose what is installed with --gateway-api, --channel and --target NAME@VERSION.',
    differs: ['unreachable'],
  },
  'no-crd': {
    level: 'warning',
    message: (a: { kind: string; apiVersion: string }) => `the cluster has no CRD for kind ${a.kind} of ${a.apiVersion}`,
    help: () => 'Install the implementation and its CRDs before the output is applied.',
  },
  empty: {
    level: 'error',
    message: (_: NoArgs) => 'There is no Ingress in what was read of the cluster.',
    help: () => 'Check --context, --namespace and --selector: kubectl config current-context',
  },
});
