import { defineFindings } from '../../src/ledger/finding.ts';
import { type Read, text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineEffective, type Effect } from './behaviour.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { readSnippet } from './snippet-reading.ts';

const ENABLED =
  'The controller takes snippets with -enable-snippets only, and rejects the whole Ingress without it: check what it serves today.';

const find = defineFindings('nginx-inc/snippet', {
  directives: {
    level: 'warning',
    message: (a: { annotation: string; directives: string }) =>
      `${a.annotation} holds nginx configuration, which no gateway takes over: ${a.directives}`,
    help: () => `Say the same by the alternatives named. ${ENABLED}`,
    differs: ['headers', 'redirect', 'status', 'wrong-path', 'wider', 'wrong-backend'],
  },
  restricts: {
    level: 'warning',
    message: (a: { annotation: string; restricts: string }) =>
      `${a.annotation} keeps requests from the backend, or may do so: ${a.restricts}`,
    help: () =>
      `Say the same in a way that can be converted (a Policy with accessControl, basic-auth-secret), remove it from the snippet and convert again. ${ENABLED}`,
    security: true,
  },
  empty: { level: 'note', message: (a: { annotation: string }) => `${a.annotation} holds comments only` },
});

/** What may keep somebody out withholds the routes; the rest is named, directive by directive. */
function snippetEffect(read: Read<string>): Partial<Effect> {
  if (read.state !== 'valid') return {};
  const { entry } = read;
  const annotation = entry.name;
  const { restricts, harmless } = readSnippet(read.value);
  if (restricts.length > 0) {
    const sentence = restricts.join('; ');
    return {
      intents: [{ kind: 'rawAccessControl', language: 'nginx', restricts: sentence, entries: [entry] }],
      findings: [find.restricts({ annotation, restricts: sentence }, placeOf(entry))],
    };
  }
  if (harmless.length === 0) return { settled: inert([entry], find.empty({ annotation }, placeOf(entry))) };
  return { settled: endAs('unmapped', [entry], find.directives({ annotation, directives: harmless.join('; ') }, placeOf(entry))) };
}

export const serverSnippets = defineEffective({
  id: 'nginx-inc/server-snippets',
  title: 'Raw configuration of the host',
  docs: manual('snippets-and-custom-templates'),
  scope: 'host',
  becomes: 'rawAccessControl, or a finding that names the directives',
  placed: 'server',
  reads: { snippets: at(`${ORG}server-snippets`, text) },
  findings: find,
  effect: ({ snippets }) => snippetEffect(snippets),
});

export const locationSnippets = defineEffective({
  id: 'nginx-inc/location-snippets',
  title: 'Raw configuration of the paths',
  docs: manual('snippets-and-custom-templates'),
  scope: 'location',
  becomes: 'rawAccessControl, or a finding that names the directives',
  placed: 'location',
  reads: { snippets: at(`${ORG}location-snippets`, text) },
  findings: find,
  effect: ({ snippets }) => snippetEffect(snippets),
});
