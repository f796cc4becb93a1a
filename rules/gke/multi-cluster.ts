import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import { entriesUnder, lengthAt } from './object-fields.ts';
import { endAs } from './settlement.ts';

const find = defineFindings('gke/multi-cluster', {
  ingress: {
    level: 'warning',
    message: (a: { name: string; services: string }) =>
      `MultiClusterIngress ${a.name} was not converted: it routes to Pods of several clusters (${a.services}), and which objects belong into which cluster cannot be seen here`,
    help: (a) =>
      `In the config cluster: a Gateway of class gke-l7-global-external-managed-mc and HTTPRoutes whose backendRefs are {group: net.gke.io, kind: ServiceImport}, with the same hosts and paths; a path without * is exact. In every member cluster: a Service and a net.gke.io/v1 ServiceExport of the same name for each of ${a.services}.`,
    differs: ['unreachable'],
  },
  service: {
    level: 'warning',
    message: (a: { name: string; clusters: string }) =>
      `MultiClusterService ${a.name} was not converted: it stands for a Service in ${a.clusters}`,
    help: (a) =>
      `Create there a Service with its selector and ports, and a net.gke.io/v1 ServiceExport of the name ${a.name.replace(/^.*\//, '')}. BackendConfigs become policies for the ServiceImport in the config cluster.`,
  },
});

/** Kinds of Google's multi-cluster Ingress: told, with the steps, and not converted. */
export function multiCluster(estate: Estate): {
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly satellites: readonly Entry[];
} {
  const told = estate.others.flatMap((object) => {
    const finding = findingFor(object);
    return finding === null ? [] : [{ finding, entries: object.entries.filter(isSetting) }];
  });
  return {
    settled: told.flatMap(({ entries, finding }) => endAs('manual', entries, finding)),
    findings: told.map(({ finding }) => finding),
    satellites: told.flatMap(({ entries }) => entries),
  };
}

/** Annotations of tools say nothing of what is served. */
function isSetting({ kind, name }: Entry): boolean {
  return kind === 'field' || /^(?:networking\.gke\.io|(?:beta\.)?cloud\.google\.com)\//.test(name);
}

function findingFor(object: OtherObject): Finding | null {
  const name = `${object.ref.namespace}/${object.ref.name}`;
  switch (object.ref.kind) {
    case 'MultiClusterIngress': {
      const services = entriesUnder(object, ['spec'])
        .filter((entry) => entry.name.endsWith('.serviceName'))
        .map((entry) => entry.value);
      return find.ingress({ name, services: [...new Set(services)].sort().join(', ') || 'no Service' }, { at: object.at });
    }
    case 'MultiClusterService': {
      const links = Array.from({ length: lengthAt(object, ['spec', 'clusters']) }, (_, index) =>
        entriesUnder(object, ['spec', 'clusters', index, 'link']).map((entry) => entry.value),
      ).flat();
      return find.service({ name, clusters: links.length === 0 ? 'every member cluster' : links.join(', ') }, { at: object.at });
    }
    default:
      return null;
  }
}
