import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';

export const pathFindings = defineFindings('alb/path', {
  wildcard: {
    level: 'error',
    message: (a: { path: string; type: string }) =>
      `${a.path} is of pathType ${a.type}, in which the controller takes no * or ?: it stops there and changes nothing of the load balancer until it is corrected`,
    help: () => 'Patterns are of pathType ImplementationSpecific; as a Prefix, /* is written as /. The path was left out.',
    differs: ['unreachable', 'status'],
  },
  'not-absolute': {
    level: 'error',
    message: (a: { path: string }) =>
      `the path "${a.path}" does not begin with /, so the API server refuses the Ingress; the path was left out`,
    help: () => 'Write the path with a leading slash and convert again.',
    differs: ['unreachable', 'status'],
  },
  'no-backend': {
    level: 'error',
    message: (a: { path: string }) => `${a.path} has no backend that the controller can use, so it stops there; the path was left out`,
    help: () => 'Name a Service, or an action with the port use-annotation, and convert again.',
    differs: ['unreachable', 'status'],
  },
  regex: {
    level: 'warning',
    message: (a: { path: string; pattern: string }) =>
      `${a.path} is a regular expression of the ALB; AWS does not say whether it has to match the whole path, and it was read so (${a.pattern})`,
    help: () => 'Try a few paths on the live load balancer. If it matches anywhere, write .* at the open ends and convert again.',
    differs: ['narrower', 'wider', 'wrong-backend', 'status', 'unreachable'],
  },
});

export const orderFindings = defineFindings('alb/order', {
  dead: {
    level: 'warning',
    message: (a: { path: string; by: string; ingress: string }) =>
      `${a.path} is never reached: the load balancer tries ${a.by} of Ingress ${a.ingress} first, which takes all its requests. It was not written, so that its backend stays as it is today`,
    help: () =>
      'If it should be served, let it come before the other and convert again. Gateway API goes by how specific a path is: a literal conversion may have brought it to life.',
  },
});

export const hostFindings = defineFindings('alb/host', {
  pattern: {
    level: 'error',
    message: (a: { pattern: string }) =>
      `the host pattern ${a.pattern} has no form in Gateway API: exact names and one leading *. are all there is; nothing was written for it`,
    help: () => 'List the names one by one. Until then their requests are answered by broader hosts, if there are any, or with an error.',
    security: true,
    differs: ['unreachable', 'wrong-backend', 'wider', 'status', 'protection'],
  },
  none: {
    level: 'error',
    message: (a: { hosts: string }) => `no host of this load balancer can be written (${a.hosts}), so this setting has no place either`,
    help: () => 'Fill in the placeholders, or correct the names, and convert again.',
  },
});

export const conditionFindings = defineFindings('alb/conditions', {
  case: {
    level: 'note',
    message: (a: { what: string }) => `the load balancer compares ${a.what} without regard to case, Gateway API with`,
    help: () => 'If clients send it in other case, write the conditions once for each.',
    differs: ['narrower', 'wrong-backend', 'status'],
  },
});

export const backendFindings = defineFindings('alb/backend', {
  'no-action': {
    level: 'warning',
    message: (a: { name: string }) =>
      `no annotation actions.${a.name} says what to do, so the load balancer answers 503 "Backend action does not exist"`,
    help: () => 'Write the annotation, or route to a Service.',
  },
  'unused-annotation': {
    level: 'warning',
    message: (a: { annotation: string; name: string }) =>
      `${a.annotation} has no effect: no backend of this Ingress is called "${a.name}" that it could act on`,
    help: () => 'An action needs a backend of that name with the port use-annotation; conditions and transforms need one of that name.',
  },
  'unreached-annotation': {
    level: 'note',
    message: (a: { annotation: string; name: string }) =>
      `${a.annotation} has no effect: no path with the backend ${a.name} is ever reached`,
  },
  'rewrite-unsupported': {
    level: 'error',
    message: (a: { regex: string; replace: string }) =>
      `the rewrite of ${a.regex} to ${a.replace} cannot be followed: what is left of the URL beside the match is not known from the manual`,
    help: () => 'Anchor the expression with ^ and $, so that it takes the whole path, and convert again.',
    differs: ['wrong-path', 'unreachable', 'status'],
  },
  'redirect-keeps-port': {
    level: 'warning',
    message: (a: { location: string; port: number }) =>
      `the redirect names no port, so that it keeps ${a.port}: it leads to ${a.location}, where that protocol is not spoken`,
    help: (a) => `It was written with port ${a.port} as it is. Most likely "port": "443" was meant.`,
  },
});

export const groupFindings = defineFindings('alb/group', {
  members: {
    level: 'note',
    message: (a: { group: string; members: number }) =>
      `load balancer group ${a.group} has ${a.members} member${a.members === 1 ? '' : 's'} in the input; any other in the cluster takes part in the order of rules and in the settings`,
    help: () =>
      `Check with: kubectl get ingress -A -o custom-columns='NS:.metadata.namespace,NAME:.metadata.name,GROUP:.metadata.annotations.alb\\.ingress\\.kubernetes\\.io/group\\.name'`,
  },
  'protocol-conflict': {
    level: 'error',
    message: (a: { port: number; kept: string; other: string }) =>
      `port ${a.port} is ${a.kept} on one member of the group and ${a.other} here: the controller stops there`,
    help: () => 'Let the members agree. What the later one serves on that port was left out.',
    security: true,
    differs: ['unreachable', 'status'],
  },
  'auto-mode': {
    level: 'warning',
    message: (a: { setting: string }) => `${a.setting} is not supported by EKS Auto Mode: the Ingress has a load balancer of its own`,
    help: () => 'In Auto Mode the group is named in IngressClassParams.',
  },
});

export const paramsFindings = defineFindings('alb/class-params', {
  missing: {
    level: 'warning',
    message: (a: { params: string; class: string }) =>
      `class ${a.class} takes its parameters from IngressClassParams ${a.params}, which are not in the input: what they set was not seen`,
    help: (a) =>
      `Add them: kubectl get ingressclassparams ${a.params} -o yaml. They beat the annotations, also in scheme, certificates, address ranges and firewall.`,
    security: true,
  },
  unused: {
    level: 'note',
    message: (_: NoArgs) => 'no Ingress of the input has a class with these parameters',
  },
});

export const tlsFindings = defineFindings('alb/tls', {
  'not-read': {
    level: 'note',
    message: (_: NoArgs) => 'the controller reads no Secret: certificates of an ALB live in ACM',
    help: () => 'If the Secret holds a certificate for these hosts, a portable listener can use it: --default-certificate NAMESPACE/NAME.',
  },
  'no-search': {
    level: 'note',
    message: (_: NoArgs) => 'hosts of a TLS section only lead the search for certificates in ACM, and none takes place here',
  },
});
