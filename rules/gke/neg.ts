import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Service } from '../../src/model/objects.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import type { BackendPart, BackendUse } from './backend-config/rule.ts';
import { jsonObject, memberOf } from './json-object.ts';
import { misplaced } from './misplaced.ts';
import { readAnnotation } from './service-annotation.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const NAME = 'cloud.google.com/neg';
const STATUS = 'cloud.google.com/neg-status';

const find = defineFindings('gke/neg', {
  invalid: {
    level: 'error',
    message: (a: { service: string }) =>
      `cloud.google.com/neg of Service ${a.service} is no JSON object with a boolean "ingress": GKE applies nothing of an Ingress that routes to it`,
    help: () => 'Write {"ingress": true} and convert again.',
  },
  'not-exposed': {
    level: 'error',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ClusterIP and switches network endpoint groups off: GKE cannot reach it and applies nothing of the Ingress`,
    help: () => 'Remove the annotation or write {"ingress": true}. A Gateway reaches its Pods either way.',
  },
  'external-name': {
    level: 'error',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ExternalName, which GKE refuses: nothing of the Ingress is applied`,
    help: () => 'Route to a Service with Pods.',
  },
  'instance-groups': {
    level: 'note',
    message: (a: { service: string; type: string }) =>
      `Service ${a.service} is of type ${a.type} without network endpoint groups: requests may reach its Pods through the nodes today, and come straight from the gateway then`,
    help: () =>
      'Node ports, externalTrafficPolicy and the hop over another node no longer matter; NetworkPolicies have to admit the gateway.',
  },
  standalone: {
    level: 'note',
    message: (_: NoArgs) =>
      'it asks for endpoint groups for load balancers made by hand: it has nothing to do with the Ingress and stays as it is',
  },
  status: {
    level: 'note',
    message: (_: NoArgs) => 'the controller notes here what it made; it is no setting',
  },
});

export const neg = defineRule({
  id: 'gke/neg',
  title: 'Network endpoint groups',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing',
  scope: 'upstream',
  becomes: 'gke containerNative',
  reads: { neg: at(NAME, text), status: at(STATUS, text) },
  findings: find,
  convert: ({ read }) => misplaced('Service', [read.neg, read.status]),
});

export function negPart(service: Service, use: BackendUse): BackendPart {
  const name = `${service.ref.namespace}/${service.ref.name}`;
  const at = { at: service.at, ingress: use.ingress };
  const status = entryOf(readAnnotation(service, STATUS, text)).flatMap((entry) =>
    inert([entry], find.status({}, placeOf(entry, use.ingress))),
  );
  if (service.type === 'ExternalName') return { settled: status, mistakes: [find['external-name']({ service: name }, at)] };
  const read = readAnnotation(service, NAME, jsonObject);
  const isNode = service.type !== 'ClusterIP' && use.scheme === 'external';
  const note = isNode ? [find['instance-groups']({ service: name, type: service.type }, at)] : [];
  if (read.state === 'absent') return { settled: status, findings: note };
  const { entry } = read;
  const ingress = read.state === 'valid' ? (memberOf(read.value, 'ingress') ?? null) : null;
  const place = placeOf(entry, use.ingress);
  if (read.state === 'invalid' || (ingress !== null && typeof ingress !== 'boolean')) {
    const finding = find.invalid({ service: name }, place);
    return { settled: [...status, ...endAs('manual', [entry], finding)], mistakes: [finding] };
  }
  // Internal and regional load balancers have endpoint groups whatever the annotation says.
  if (ingress === true || use.scheme !== 'external')
    return { settled: status, intents: [{ kind: 'gke', feature: 'containerNative', entries: [entry] }] };
  const settled = [...status, ...inert([entry], find.standalone({}, place))];
  if (ingress === false && service.type === 'ClusterIP') return { settled, mistakes: [find['not-exposed']({ service: name }, place)] };
  return { settled, findings: note };
}
