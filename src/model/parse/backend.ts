import type { IngressBackend } from '../ingress.ts';
import { findObject } from './findings.ts';
import type { IngressVersion } from './kinds.ts';
import { notePlaceholder } from './names.ts';
import { readPort, readV1Port } from './port.ts';
import { type Notes, readMap, readText } from './readers.ts';
import { entriesIn, type SettingNode } from './setting-tree.ts';

/**
 * A backend in the form of any version: `service: {name, port}` (v1), `serviceName` and `servicePort` (v1beta1), `resource`.
 * null where there is none, or nothing in it that names one.
 */
export function readBackend(node: SettingNode | undefined, version: IngressVersion, notes: Notes): IngressBackend | null {
  const backend = readMap(node, notes);
  if (backend === null) return null;
  const isV1 = version === 'networking.k8s.io/v1';
  const service = backend.children.get('service');
  const isOldShape = backend.children.has('serviceName') || backend.children.has('servicePort');
  const hasService = service !== undefined || isOldShape;
  const place = { at: backend.at, ingress: notes.ingress ?? null };
  if ((isV1 && isOldShape) || (!isV1 && service !== undefined)) {
    notes.report(findObject['old-backend-shape']({ field: backend.name, apiVersion: version }, place));
  }
  const resource = readMap(backend.children.get('resource'), notes);
  if (hasService && resource !== null) {
    const used = service === undefined ? 'serviceName' : 'service';
    notes.report(findObject['conflicting-fields']({ field: backend.name, used, ignored: 'resource' }, place));
  }
  if (hasService) return service === undefined ? oldService(backend, notes) : newService(backend, service, notes);
  return resource === null ? null : resourceBackend(backend, resource, notes);
}

function oldService(backend: SettingNode, notes: Notes): IngressBackend | null {
  return serviceBackend(backend, backend.children.get('serviceName'), readPort(backend.children.get('servicePort'), notes), notes);
}

function newService(backend: SettingNode, node: SettingNode, notes: Notes): IngressBackend | null {
  const service = readMap(node, notes);
  if (service === null) return null;
  return serviceBackend(backend, service.children.get('name'), readV1Port(service.children.get('port'), notes), notes);
}

function serviceBackend(
  backend: SettingNode,
  nameNode: SettingNode | undefined,
  port: number | string | null,
  notes: Notes,
): IngressBackend | null {
  const name = readText(nameNode, notes) ?? '';
  if (nameNode === undefined || name === '') return null;
  notePlaceholder(nameNode.name, name, nameNode.at, notes);
  return { kind: 'service', name, port, entries: entriesIn(backend) };
}

function resourceBackend(backend: SettingNode, resource: SettingNode, notes: Notes): IngressBackend {
  const text = (field: string): string => readText(resource.children.get(field), notes) ?? '';
  return { kind: 'resource', apiGroup: text('apiGroup'), resource: text('kind'), name: text('name'), entries: entriesIn(backend) };
}
