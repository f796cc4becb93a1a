import type { Finding } from '../../ledger/finding.ts';
import type { ObjectRef } from '../entry.ts';
import { type Json, member } from '../json.ts';
import type { Service, ServicePort } from '../objects.ts';
import type { SourceDocument } from '../source.ts';
import { entryOf, ownerOf, readAnnotations } from './annotations.ts';
import { findObject } from './findings.ts';
import { readLabels, textOf, textsOf } from './identity.ts';
import { typeName } from './readers.ts';
import { entriesIn, settingTree } from './setting-tree.ts';

/** A port whose number is no number is reported and left out: nothing can be looked up through it. */
export function parseService(document: SourceDocument, ref: ObjectRef, report: (finding: Finding) => void): Service {
  const spec = document.value['spec'];
  const ports = member(spec, 'ports');
  const list: readonly Json[] = Array.isArray(ports) ? ports : [];
  const owner = ownerOf(ref);
  const type = textOf(member(spec, 'type')) ?? 'ClusterIP';
  const leaves = () => entriesIn(settingTree(document, ['spec'], (name, value, at) => entryOf(owner, 'field', name, value, at)));
  return {
    ref,
    at: document.at,
    annotations: readAnnotations(document, owner, report),
    type,
    ...(type === 'LoadBalancer' ? { spec: leaves(), balancers: balancersOf(document.value['status']) } : {}),
    externalName: textOf(member(spec, 'externalName')),
    ports: list.flatMap((port, index) => {
      const number = member(port, 'port');
      if (typeof number === 'number') return [readServicePort(port, number)];
      const args = { field: `spec.ports[${index}].port`, expected: 'a number', found: typeName(number ?? null) };
      report(findObject['wrong-type'](args, { at: document.locate(['spec', 'ports', index, 'port'], 'key') }));
      return [];
    }),
    labels: readLabels(document),
    selector: textsOf(member(spec, 'selector')),
  };
}

function balancersOf(status: Json | undefined): readonly string[] {
  const list = member(member(status, 'loadBalancer'), 'ingress');
  return (Array.isArray(list) ? list : []).flatMap((each) => textOf(member(each, 'ip')) ?? textOf(member(each, 'hostname')) ?? []);
}

function readServicePort(port: Json, number: number): ServicePort {
  const targetPort = member(port, 'targetPort');
  const nodePort = member(port, 'nodePort');
  return {
    name: textOf(member(port, 'name')),
    port: number,
    targetPort: typeof targetPort === 'number' ? targetPort : textOf(targetPort),
    protocol: textOf(member(port, 'protocol')) ?? 'TCP',
    appProtocol: textOf(member(port, 'appProtocol')),
    nodePort: typeof nodePort === 'number' ? nodePort : null,
  };
}
