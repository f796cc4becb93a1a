import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';

export const pathFindings = defineFindings('kubernetes/path', {
  'implementation-specific': {
    level: 'note',
    message: (a: { path: string }) => `${a.path} is ImplementationSpecific and no controller is known, so it was read as Prefix`,
    help: () => 'Name the controller with --class NAME=VENDOR if it is one that is known here; its own reading may differ.',
    differs: ['wider', 'narrower', 'wrong-backend', 'status'],
  },
  glob: {
    level: 'warning',
    message: (a: { path: string; stem: string }) =>
      `${a.path} ends in /*, which was read as the prefix ${a.stem}: without a known controller its pattern has no defined meaning`,
    help: () => 'Write it as pathType Prefix, or name the controller with --class NAME=VENDOR.',
    differs: ['wider', 'narrower', 'wrong-backend', 'status'],
  },
  pattern: {
    level: 'warning',
    message: (a: { path: string }) =>
      `${a.path} looks like a pattern, but plain Kubernetes has none: it was read literally, and so will hardly match a request`,
    help: () => 'Name the controller that understands it with --class NAME=VENDOR, or write the paths it means as Prefix and Exact.',
    differs: ['unreachable', 'narrower', 'wrong-backend', 'status'],
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
    message: (a: { path: string }) => `${a.path} has no backend, so the API server refuses the Ingress; the path was left out`,
    help: () => 'Name its Service and convert again.',
    differs: ['unreachable', 'status'],
  },
  duplicate: {
    level: 'warning',
    message: (a: { path: string; kept: string; file: string; backend: string }) =>
      `${a.path} is already served by Ingress ${a.kept} (${a.file}) with backend ${a.backend}, which was kept; Kubernetes does not say which of them wins`,
    help: () => 'Decide which backend is meant, and remove the other path before converting.',
    differs: ['wrong-backend'],
  },
});

export const hostFindings = defineFindings('kubernetes/host', {
  invalid: {
    level: 'warning',
    message: (a: { host: string }) => `"${a.host}" is no host name, so nothing was written for this rule`,
    help: () => 'Convert what is applied in the end, with every placeholder filled in.',
    differs: ['unreachable'],
  },
  unused: {
    level: 'note',
    message: (_: NoArgs) => 'nothing that is served rests on it',
  },
  'unknown-field': {
    level: 'note',
    message: (a: { field: string }) => `an Ingress has no field ${a.field}; the API server drops it`,
    help: () => 'Check its spelling and indentation.',
  },
});

export const backendFindings = defineFindings('kubernetes/backend', {
  resource: {
    level: 'error',
    message: (a: { resource: string; name: string }) =>
      `the backend is a ${a.resource} "${a.name}" and no Service, which the portable Gateway API cannot route to; its requests are answered with an error`,
    help: () => 'Route to a Service that serves the same, or use a backend kind of your implementation.',
    differs: ['unreachable', 'status'],
  },
  'second-default': {
    level: 'warning',
    message: (a: { kept: string }) =>
      `this default backend answers nothing: Ingress ${a.kept} of the same class already has one, and Kubernetes does not say which of them wins`,
    help: () => 'Keep one default backend for each class.',
    differs: ['wrong-backend'],
  },
});

export const certificateFindings = defineFindings('kubernetes/certificate', {
  conflict: {
    level: 'warning',
    message: (a: { host: string; kept: string; other: string }) =>
      `${a.host} has two certificates, ${a.kept} and ${a.other}; the first was kept`,
    help: () => 'Kubernetes does not say which of them is presented: name one.',
  },
  'host-not-served': {
    level: 'note',
    message: (a: { host: string }) => `no rule serves ${a.host}, so its certificate is not used`,
  },
});
