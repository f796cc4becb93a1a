import { defineFindings } from '../../src/ledger/finding.ts';

export const policyFindings = defineFindings('nginx-inc/policies', {
  'not-in-input': {
    level: 'error',
    message: (a: { policy: string }) =>
      `Policy ${a.policy} is not in the input, so what it protects cannot be known; without it in the cluster the controller answers 500`,
    help: () => 'Add it to the input (kubectl get policies.k8s.nginx.org -A -o yaml) and convert again.',
    security: true,
  },
  closed: {
    level: 'error',
    message: (a: { policy: string; why: string }) => `Policy ${a.policy} ${a.why}, so the controller answers every request with 500`,
    help: () => 'Correct the policy, or remove it from the Ingress if the paths are meant to be open, and convert again.',
    security: true,
  },
  'overridden-deny': {
    level: 'warning',
    message: (a: { ranges: string }) =>
      `the refused ranges ${a.ranges} have no effect beside allowed ones: everybody else is refused anyway`,
    help: () => 'An address in both is let in today. Remove the policy with deny, or leave the ranges out of the allowed ones.',
    security: true,
  },
  second: {
    level: 'warning',
    message: (a: { policy: string; kind: string }) =>
      `the controller ignores Policy ${a.policy}: another of the kind ${a.kind} stands before it`,
    help: () => 'Leave one of them.',
    security: true,
  },
  revocation: {
    level: 'warning',
    message: (a: { policy: string }) => `Policy ${a.policy} refuses revoked certificates (crlFileName), which no gateway is told`,
    help: () => 'Use short-lived client certificates, or check revocation in the backend.',
    security: true,
    differs: ['wider'],
  },
  'sign-in-path': {
    level: 'warning',
    message: (a: { path: string; policy: string }) =>
      `because of Policy ${a.policy} the controller also serves ${a.path} from the authentication service, without asking it first; nothing was written for that`,
    help: () => 'Add a rule for the path with the authentication service as its backend, and without authentication.',
    differs: ['unreachable', 'status'],
  },
  snippet: {
    level: 'warning',
    message: (a: { policy: string }) =>
      `authSnippets of Policy ${a.policy} change the request to the authentication service and were not carried over`,
    help: () => 'Headers for the authentication service are settings of the implementation, next to its address.',
    security: true,
    differs: ['status', 'headers'],
  },
  'waf-off': {
    level: 'note',
    message: (a: { policy: string }) => `Policy ${a.policy} switches the WAF off, which is how a gateway starts out`,
  },
});
