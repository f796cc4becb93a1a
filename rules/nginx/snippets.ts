import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import { type Read, text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, withoutPartner } from './annotation.ts';
import { beside } from './beside.ts';
import { alternativesTo, alternativeTo } from './directive-alternatives.ts';
import { parseNginx } from './nginx-config.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { effectsOf } from './snippet-effects.ts';

const ALLOWED =
  'The controller takes it only with allow-snippet-annotations and annotations-risk-level Critical; without these, check what it serves today.';

const find = defineFindings('nginx/snippet', {
  directives: {
    level: 'warning',
    message: (a: { annotation: string; directives: string; nearest: string }) =>
      `${a.annotation} holds nginx configuration, which no gateway takes over: ${a.directives}`,
    help: (a) => `Nearest alternatives: ${a.nearest}. ${ALLOWED}`,
    differs: ['headers', 'redirect', 'status', 'wrong-path', 'wider', 'wrong-backend'],
  },
  'not-known': {
    level: 'warning',
    message: (a: { annotation: string; directives: string; nearest: string }) =>
      `${a.annotation} holds nginx configuration that is not all known here, and that may restrict access: ${a.directives}`,
    help: (a) => `Nearest alternatives: ${a.nearest}. ${ALLOWED}`,
    security: true,
    differs: ['headers', 'redirect', 'status', 'wrong-path', 'wider', 'wrong-backend', 'protection'],
  },
  restricts: {
    level: 'warning',
    message: (a: { annotation: string; restricts: string; nearest: string }) =>
      `${a.annotation} keeps requests from the backend: ${a.restricts}`,
    help: (a) => `Say the same in a way that can be converted (${a.nearest}), remove it from the snippet and convert again. ${ALLOWED}`,
    security: true,
  },
  stream: {
    level: 'warning',
    message: (a: { directives: string }) =>
      `stream-snippet holds TCP or UDP servers of the whole controller, which were not converted: ${a.directives}`,
    help: () => 'A server with listen and proxy_pass is a listener of its own with a TCPRoute or UDPRoute: write them by hand.',
    differs: ['unreachable'],
  },
  auth: {
    level: 'warning',
    message: (a: { directives: string }) =>
      `auth-snippet changes the request to the authentication service, which no gateway takes over: ${a.directives}`,
    help: () => 'Headers for the authentication service are settings of the implementation, next to its URL.',
    security: true,
    differs: ['status', 'headers'],
  },
  empty: { level: 'note', message: (a: { annotation: string }) => `${a.annotation} holds comments only` },
});

interface Converted {
  readonly intents: readonly Intent[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
}

/** What may keep somebody out withholds the route; the rest is named, directive by directive. */
export const snippets = defineRule({
  id: 'nginx/snippet',
  title: 'Raw nginx configuration',
  docs: manual('configuration-snippet'),
  scope: 'location',
  becomes: 'rawAccessControl, or a finding that names the directives',
  reads: {
    configuration: at(`${PREFIX}configuration-snippet`, text),
    server: at(`${PREFIX}server-snippet`, text),
    stream: at(`${PREFIX}stream-snippet`, text),
    auth: at(`${PREFIX}auth-snippet`, text),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const configuration = convertSnippet(read.configuration);
    const server = convertSnippet(read.server);
    const stream = listed(read.stream, (entry, directives) => find.stream({ directives }, placeOf(entry)));
    const auth =
      beside(ingress, 'auth-url') === null
        ? withoutPartner(read.auth, 'auth-url')
        : listed(read.auth, (entry, directives) => find.auth({ directives }, placeOf(entry)));
    return {
      intents: configuration.intents,
      hostIntents: server.intents,
      settled: [...configuration.settled, ...server.settled, ...stream, ...auth],
      findings: [...configuration.findings, ...server.findings],
    };
  },
});

function convertSnippet(read: Read<string>): Converted {
  const none: Converted = { intents: [], settled: [], findings: [] };
  if (read.state !== 'valid') return none;
  const { entry } = read;
  const annotation = entry.name;
  const { names, restricts } = effectsOf(parseNginx(read.value));
  if (names.length === 0) return { ...none, settled: inert([entry], find.empty({ annotation }, placeOf(entry))) };
  const nearest = alternativesTo(names);
  if (restricts.length > 0) {
    const sentence = restricts.join('; ');
    return {
      ...none,
      intents: [{ kind: 'rawAccessControl', language: 'nginx', restricts: sentence, entries: [entry] }],
      findings: [find.restricts({ annotation, restricts: sentence, nearest }, placeOf(entry))],
    };
  }
  const isKnown = names.every((name) => alternativeTo(name) !== null);
  const finding = find[isKnown ? 'directives' : 'not-known']({ annotation, directives: names.join(', '), nearest }, placeOf(entry));
  return { ...none, settled: endAs('unmapped', [entry], finding) };
}

function listed(read: Read<string>, finding: (entry: Entry, directives: string) => Finding): readonly Settlement[] {
  if (read.state !== 'valid') return [];
  const { names } = effectsOf(parseNginx(read.value));
  if (names.length === 0) return inert([read.entry], find.empty({ annotation: read.entry.name }, placeOf(read.entry)));
  return endAs('unmapped', [read.entry], finding(read.entry, names.join(', ')));
}
