import type { Entry } from '../../../src/model/entry.ts';
import { isObject, type Json, type JsonObject, member } from '../../../src/model/json.ts';
import type { OtherObject, Service, ServicePort } from '../../../src/model/objects.ts';
import { NAME as APP_PROTOCOLS, PROTOCOLS } from '../app-protocols.ts';
import { jsonObject } from '../json-object.ts';
import { valueAt } from '../object-fields.ts';
import { readAnnotation } from '../service-annotation.ts';

const OWN_PROTOCOLS = 'networking.gke.io/app-protocols';

/** Read on a MultiClusterService. */
const READ: ReadonlySet<string> = new Set(['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config', OWN_PROTOCOLS]);

/** The Service that a MultiClusterService makes in each of its clusters. */
export function serviceOf(object: OtherObject): Service {
  const spec = valueAt(object, ['spec', 'template', 'spec']);
  const ports = member(spec, 'ports');
  const selector = member(spec, 'selector');
  return {
    ref: object.ref,
    at: object.at,
    annotations: object.entries.filter(({ name }) => READ.has(name)).map(renamed),
    type: 'ClusterIP',
    externalName: null,
    ports: Array.isArray(ports) ? ports.flatMap(portOf) : [],
    labels: {},
    selector: Object.fromEntries(
      isObject(selector) ? Object.entries(selector).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])) : [],
    ),
  };
}

function renamed(entry: Entry): Entry {
  return entry.name === OWN_PROTOCOLS ? { ...entry, name: APP_PROTOCOLS } : entry;
}

function portOf(port: Json): readonly ServicePort[] {
  const number = member(port, 'port');
  const target = member(port, 'targetPort');
  return typeof number !== 'number'
    ? []
    : [
        {
          name: textOf(member(port, 'name')),
          port: number,
          targetPort: typeof target === 'number' ? target : textOf(target),
          protocol: textOf(member(port, 'protocol')) ?? 'TCP',
          appProtocol: null,
          nodePort: null,
        },
      ];
}

/** The clusters it names, as `location/name`; null for every cluster of the fleet. */
export function clustersOf(object: OtherObject): readonly string[] | null {
  const clusters = valueAt(object, ['spec', 'clusters']);
  const links = Array.isArray(clusters) ? clusters.flatMap((cluster) => textOf(member(cluster, 'link')) ?? []) : [];
  return links.length === 0 ? null : links;
}

/** The Service and what exports it, as they have to be in each cluster. */
export function exportedObjects(service: Service): readonly JsonObject[] {
  const { namespace, name } = service.ref;
  const protocols = readAnnotation(service, APP_PROTOCOLS, jsonObject);
  const protocolOf = (port: ServicePort) => {
    const protocol = protocols.state === 'valid' && port.name !== null ? protocols.value[port.name] : undefined;
    return protocol !== 'HTTP' && PROTOCOLS.has(String(protocol)) ? { appProtocol: String(protocol) } : {};
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: {
        selector: { ...service.selector },
        ports: service.ports.map((port) => ({
          ...(port.name === null ? {} : { name: port.name }),
          port: port.port,
          targetPort: port.targetPort ?? port.port,
          protocol: port.protocol,
          ...protocolOf(port),
        })),
      },
    },
    { apiVersion: 'net.gke.io/v1', kind: 'ServiceExport', metadata: { name, namespace } },
  ];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
