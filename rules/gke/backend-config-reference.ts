import type { Intent } from '../../src/intent/intent.ts';
import { isProtection, protectionText as textOf } from '../../src/intent/protection.ts';
import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { isObject, type JsonObject, member } from '../../src/model/json.ts';
import type { OtherObject, Service, ServicePort } from '../../src/model/objects.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { readBackendConfig } from './backend-config/backend-config.ts';
import { type BackendPart, type BackendUse, together } from './backend-config/rule.ts';
import { jsonObject, memberOf } from './json-object.ts';
import { misplaced } from './misplaced.ts';
import { objectNamed, objectsNamed } from './object-fields.ts';
import { readAnnotation } from './service-annotation.ts';
import { inert, placeOf } from './settlement.ts';

const NAME = 'cloud.google.com/backend-config';
const BETA_NAME = 'beta.cloud.google.com/backend-config';

const find = defineFindings('gke/backend-config', {
  'not-in-input': {
    level: 'error',
    message: (a: { config: string; service: string }) =>
      `BackendConfig ${a.config} of Service ${a.service} is not in the input: whether it asks for a login (IAP) or a Cloud Armor policy is not known`,
    help: (a) =>
      `Add it to the input: kubectl get backendconfig ${a.config.replace(/^.*\//, '')} -n ${a.config.replace(/\/.*$/, '')} -o yaml. If it does not exist in the cluster either, GKE applies nothing of this Ingress: remove the annotation.`,
    security: true,
    differs: ['protection', 'unreachable', 'status'],
  },
  'broken-reference': {
    level: 'error',
    message: (a: { service: string; reason: string }) =>
      `which BackendConfig Service ${a.service} has cannot be read (${a.reason}): GKE applies nothing of an Ingress that routes to it`,
    help: () => 'Write {"default": "NAME"} or {"ports": {"PORT": "NAME"}}, and convert again.',
    security: true,
    differs: ['protection', 'unreachable', 'status'],
  },
  beaten: {
    level: 'note',
    message: (a: { winner: string }) => `it is not looked at: ${a.winner} decides`,
  },
  'not-for-port': {
    level: 'note',
    message: (a: { port: string }) => `it names no BackendConfig for port ${a.port}, and no default`,
  },
  'says-nothing': {
    level: 'note',
    message: (_: NoArgs) => 'nothing in the BackendConfig changes what the load balancer does',
  },
});

/** On the Service: `{"default": NAME, "ports": {PORT: NAME}}`, with the name of the port or its number as text. */
export const backendConfigReference = defineRule({
  id: 'gke/backend-config',
  title: 'BackendConfig of a Service',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#associating_backendconfig_with_your_ingress',
  scope: 'upstream',
  becomes: 'what the BackendConfig says',
  reads: { name: at(NAME, text), beta: at(BETA_NAME, text) },
  findings: find,
  convert: ({ read }) => misplaced('Service', [read.name, read.beta]),
});

export function backendConfigPart(service: Service, port: ServicePort | null, use: BackendUse): BackendPart {
  const [current, beta] = [readAnnotation(service, NAME, jsonObject), readAnnotation(service, BETA_NAME, jsonObject)];
  const winner = current.state === 'absent' ? beta : current;
  const beaten = current.state === 'absent' ? [] : entryOf(beta);
  const lost = { settled: beaten.flatMap((entry) => inert([entry], find.beaten({ winner: NAME }, placeOf(entry, use.ingress)))) };
  if (winner.state === 'absent') return lost;
  const { entry } = winner;
  const place = placeOf(entry, use.ingress);
  const name = `${service.ref.namespace}/${service.ref.name}`;
  const reason = winner.state === 'invalid' ? winner.reason : shapeProblem(winner.value);
  if (winner.state === 'invalid' || reason !== null) {
    const finding = find['broken-reference']({ service: name, reason: reason ?? '' }, place);
    return together([lost, { mistakes: [finding], intents: [unknown(`what it asks for cannot be read from Service ${name}`, entry)] }]);
  }
  const wanted = nameFor(winner.value, port);
  if (wanted === null) return together([lost, { settled: inert([entry], find['not-for-port']({ port: portText(port) }, place)) }]);
  const namespace = service.ref.namespace;
  const config = objectNamed(use.estate.others, 'BackendConfig', { namespace, name: wanted }, service.at.file);
  if (config === null) {
    const finding = find['not-in-input']({ config: `${namespace}/${wanted}`, service: name }, place);
    return together([lost, { findings: [finding], intents: [unknown(`BackendConfig ${namespace}/${wanted} is not in the input`, entry)] }]);
  }
  const made = readBackendConfig(config, use);
  const nothing = made.intents.length === 0 ? inert([entry], find['says-nothing']({}, place)) : [];
  // The reference goes where what it refers to goes.
  const intents = [...made.intents, ...otherProtections(config, service.at.file, made.intents, use)].map(
    (intent): Intent => ({ ...intent, entries: [...intent.entries, entry] }),
  );
  return together([lost, { ...made, intents }, { settled: nothing }]);
}

/** Which of several definitions is in the cluster cannot be seen: what any of them protects stays protected. */
function otherProtections(config: OtherObject, file: string, known: readonly Intent[], use: BackendUse): readonly Intent[] {
  if (config.at.file === file) return [];
  const own = new Set(known.filter(isProtection).map(textOf));
  return objectsNamed(use.estate.others, 'BackendConfig', config.ref)
    .filter((other) => other !== config)
    .flatMap((other) => readBackendConfig(other, use).intents)
    .filter((intent) => isProtection(intent) && !own.has(textOf(intent)));
}

/** What may be a login or a firewall stays closed. */
function unknown(restricts: string, entry: Entry): Intent {
  return { kind: 'rawAccessControl', language: 'a BackendConfig', restricts, entries: [entry] };
}

function shapeProblem(value: JsonObject): string | null {
  const [fallback, ports] = [memberOf(value, 'default') ?? '', memberOf(value, 'ports') ?? {}];
  if (typeof fallback !== 'string') return '"default" is no text';
  if (!isObject(ports) || Object.values(ports).some((name) => typeof name !== 'string')) return '"ports" is no map of texts';
  return fallback === '' && Object.keys(ports).length === 0 ? 'it has neither "default" nor "ports"' : null;
}

function nameFor(value: JsonObject, port: ServicePort | null): string | null {
  const ports = memberOf(value, 'ports');
  const names = [
    port?.name == null || port.name === '' ? undefined : member(ports, port.name),
    port === null ? undefined : member(ports, String(port.port)),
    memberOf(value, 'default'),
  ];
  const found = names.find((name) => typeof name === 'string' && name !== '');
  return typeof found === 'string' ? found : null;
}

function portText(port: ServicePort | null): string {
  return port === null ? 'that is not known' : String(port.name ?? port.port);
}
