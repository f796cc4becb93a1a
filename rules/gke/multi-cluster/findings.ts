import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';

export const fleetFindings = defineFindings('gke/multi-cluster', {
  service: {
    level: 'warning',
    message: (a: { name: string; clusters: string }) =>
      `MultiClusterService ${a.name} stands for a Service in ${a.clusters}: each needs one of that name, and a ServiceExport`,
    help: () => 'Apply them before the routes. They may stand beside the MultiClusterService until it is gone.',
    steps: (a: { name: string; clusters: string; commands: string }) => a.commands.split('\n'),
  },
  address: {
    level: 'warning',
    message: (a: { address: string }) => `the address ${a.address} is reserved under a name that is not known here, so it was not written`,
    help: (a) =>
      `Look its name up: gcloud compute addresses list --global --filter="address=${a.address}" --format="value(name)". Write the name into the annotation as the URL of the address, and convert again.`,
  },
  'no-default': {
    level: 'error',
    message: (_: NoArgs) => 'a MultiClusterIngress needs a default backend: without one the API refuses it, and nothing of it is served',
    help: () => 'Compare with what is served before the switch.',
    differs: ['unreachable', 'wrong-backend', 'status', 'wider'],
  },
  'not-read': {
    level: 'note',
    message: (a: { annotation: string; kind: string }) => `${a.annotation} is not read on a ${a.kind}: it has no effect`,
  },
  ports: {
    level: 'error',
    message: (a: { service: string }) =>
      `the ports of MultiClusterService ${a.service} have different BackendConfigs, with a login or a Cloud Armor policy: a policy of a ServiceImport holds for all of its ports`,
    help: () => 'Make a MultiClusterService for each of the ports, let the rules name them, and convert again.',
    security: true,
    differs: ['protection', 'unreachable', 'status'],
  },
});
