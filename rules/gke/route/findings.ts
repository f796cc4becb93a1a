import { type Difference, defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';

/** What nobody can know while something else than the manifest is in force. */
const ANYTHING: readonly Difference[] = ['unreachable', 'wrong-backend', 'redirect', 'wider', 'narrower', 'status', 'headers'];

export const pathFindings = defineFindings('gke/path', {
  refused: {
    level: 'error',
    message: (a: { path: string; why: string }) => `the path ${a.path} is refused (${a.why}): GKE applies nothing of this Ingress`,
    help: () =>
      'The path was left out. Correct it and convert again: a path is literal, or ends in /* with the type ImplementationSpecific.',
    differs: ANYTHING,
  },
  overwritten: {
    level: 'warning',
    message: (a: { path: string; winner: string }) =>
      `${a.path} answers nothing: a later path of the same host comes to the same (${a.winner})`,
    help: () => 'Remove it, or move it behind the other if it was meant to win.',
  },
  'partly-overwritten': {
    level: 'note',
    message: (a: { path: string; lost: string; winner: string }) =>
      `of ${a.path} the part ${a.lost} is answered by a later path (${a.winner})`,
  },
  'no-backend': {
    level: 'error',
    message: (a: { path: string; why: string }) => `${a.path} leads nowhere (${a.why}): GKE applies nothing of this Ingress`,
    help: () => 'Name a Service and its port, and convert again.',
    differs: ANYTHING,
  },
});

export const hostFindings = defineFindings('gke/host', {
  replaced: {
    level: 'warning',
    message: (a: { host: string }) => `a later rule names ${a.host} again and takes its place: none of the paths here answers`,
    help: () => 'Put the paths of a host into one rule.',
  },
  'no-paths': {
    level: 'note',
    message: (_: NoArgs) => 'a rule without http is skipped: its host is not served',
  },
  invalid: {
    level: 'error',
    message: (a: { host: string }) => `"${a.host}" is no host name, so nothing was written for this rule`,
    help: () => 'Convert what is applied in the end, with every placeholder filled in.',
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
});

export const backendFindings = defineFindings('gke/backend', {
  'no-such-port': {
    level: 'error',
    message: (a: { service: string; port: string }) => `Service ${a.service} has no port ${a.port}: GKE applies nothing of this Ingress`,
    help: () => 'Name a port that the Service has, and convert again.',
    differs: ANYTHING,
  },
  'not-in-input': {
    level: 'warning',
    message: (a: { kind: string; service: string }) =>
      `${a.kind} ${a.service} is not in the input: whether it has a BackendConfig (with a login, Cloud Armor, a health check) is not known`,
    help: (a) =>
      `Add it to the input: kubectl get ${a.kind.toLowerCase()} ${a.service.replace(/^.*\//, '')} -n ${a.service.replace(/\/.*$/, '')} -o yaml`,
    security: true,
  },
  'defined-twice': {
    level: 'error',
    message: (a: { service: string }) =>
      `several files define Service ${a.service} or its BackendConfig, and not all with the same protection: which of them the cluster has cannot be seen, and all of it was taken for in force`,
    help: () => 'Give only the files of one environment, or remove the definitions that are out of date.',
    security: true,
  },
  'by-hand': {
    level: 'note',
    message: (_: NoArgs) =>
      'what was set on the load balancers with gcloud or in the console is in no manifest: GKE Ingress leaves it alone, and a new load balancer does not have it',
    help: () =>
      'Compare: gcloud compute backend-services list --filter="name~^k8s" --format="table(name,timeoutSec,sessionAffinity,securityPolicy.basename(),iap.enabled,enableCDN,customRequestHeaders)"',
  },
});

export const frontFindings = defineFindings('gke/frontend', {
  'no-protocol': {
    level: 'error',
    message: (_: NoArgs) => 'port 80 is closed and there is no certificate: no protocol is left, and GKE applies nothing of this Ingress',
    help: () => 'Add a certificate, or remove kubernetes.io/ingress.allow-http.',
    differs: ANYTHING,
  },
  'http-closed': {
    level: 'note',
    message: (_: NoArgs) => 'port 80 is closed, so there is nothing to redirect',
  },
  'nowhere-to-redirect': {
    level: 'warning',
    message: (_: NoArgs) => 'clear text is redirected to HTTPS, and there is no certificate: nothing answers where clients are sent',
    help: () => 'Add a certificate, or remove the redirect.',
  },
  'redirect-seen': {
    level: 'warning',
    message: (_: NoArgs) =>
      'the controller notes that it redirects to HTTPS, and the FrontendConfig that asks for it is not in the input: 301 was taken for its status',
    help: () => 'Add the FrontendConfig to the input: kubectl get frontendconfig -o yaml',
  },
  'no-secret': {
    level: 'error',
    message: (_: NoArgs) => 'a TLS section without secretName is refused: GKE applies nothing of this Ingress',
    help: () => 'Name a Secret, or remove the section.',
    differs: ANYTHING,
  },
  'hosts-not-read': {
    level: 'note',
    message: (a: { host: string }) => `GKE does not look at the hosts of a TLS section, and no rule serves ${a.host}`,
  },
  'certificate-guessed': {
    level: 'note',
    message: (a: { host: string; secret: string; secrets: string }) =>
      `all certificates (${a.secrets}) stand on one proxy and are chosen by the name a client asks for; for ${a.host} Secret ${a.secret} was taken`,
    help: () => 'Check that the certificate covers the host, and name the right Secret on the listener if not.',
  },
  'shared-address': {
    level: 'error',
    message: (_: NoArgs) =>
      'an internal load balancer with both HTTP and HTTPS needs a reserved address of purpose SHARED_LOADBALANCER_VIP, and none is named: GKE applies nothing of this Ingress',
    help: () => 'Reserve one and name it with kubernetes.io/ingress.regional-static-ip-name, or close port 80.',
  },
  frozen: {
    level: 'error',
    message: (a: { reasons: string }) =>
      `what is served today is not this manifest: GKE applies an Ingress as a whole, and refuses this one (${a.reasons})`,
    help: () =>
      'The load balancer keeps what it was last given. Correct the manifest, compare it with what is served (kubectl describe ingress), and convert again before the switch.',
    security: true,
    differs: ANYTHING,
  },
  unused: {
    level: 'note',
    message: (_: NoArgs) => 'nothing that is served rests on it',
  },
});
