import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { placeWithin } from '../../../src/model/text-piece.ts';
import { type Read, text } from '../../../src/rule/codec.ts';
import { at, type Division, defineRule } from '../../../src/rule/rule.ts';
import { manual, PREFIX } from '../annotation.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { type Directive, entriesOf, readSnippet, type Snippet } from './directive.ts';
import { snippetFindings } from './findings.ts';
import { restrictionOf } from './levels.ts';
import { refuses } from './restricting.ts';
import { checkDirectives } from './validity.ts';

/** The directives that nginx takes, of the two snippets that stand among the controller's own configuration. */
export interface SnippetSetting {
  /** In every location of the Ingress. */
  readonly configuration: ValidSnippet | null;
  /** In the server of every host, where it is the first. */
  readonly server: ValidSnippet | null;
}

export interface ValidSnippet {
  readonly annotation: Entry;
  readonly directives: readonly Directive[];
  /** Refused by nginx because the controller has them already: converted for what they say. */
  readonly twice: readonly Directive[];
}

/** Each directive is a setting of its own. What they do depends on the host and the path: the router follows them. */
export const snippets = defineRule({
  id: 'nginx/snippet',
  title: 'Raw nginx configuration',
  docs: manual('configuration-snippet'),
  scope: 'location',
  becomes: 'rules, redirects and intents of the routing table; rawAccessControl for what restricts and cannot be converted',
  reads: { configuration: at(`${PREFIX}configuration-snippet`, text), server: at(`${PREFIX}server-snippet`, text) },
  findings: snippetFindings,
  convert({ read }) {
    const configuration = readOne(read.configuration, 'location');
    const server = readOne(read.server, 'server');
    const setting: SnippetSetting = { configuration: configuration.snippet, server: server.snippet };
    const isAny = setting.configuration !== null || setting.server !== null;
    return {
      ...(isAny ? { setting } : {}),
      intents: configuration.intents,
      hostIntents: server.intents,
      routed: [setting.configuration, setting.server].flatMap((each) => entriesOf([...(each?.directives ?? []), ...(each?.twice ?? [])])),
      divided: [...configuration.divided, ...server.divided],
      settled: [...configuration.settled, ...server.settled],
      findings: [...configuration.findings, ...server.findings],
    };
  },
});

interface ReadOne {
  readonly snippet: ValidSnippet | null;
  readonly divided: readonly Division[];
  readonly intents: readonly Intent[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
}

function readOne(read: Read<string>, context: 'location' | 'server'): ReadOne {
  const none: ReadOne = { snippet: null, divided: [], intents: [], settled: [], findings: [] };
  if (read.state !== 'valid') return none;
  const snippet = readSnippet(read.entry);
  const { annotation, directives } = snippet;
  const parts = entriesOf(directives);
  if (snippet.problem !== null) return { ...none, ...broken(snippet, snippet.problem) };
  if (parts.length === 0)
    return { ...none, settled: inert([annotation], snippetFindings.empty({ annotation: annotation.name }, placeOf(annotation))) };
  const { valid, refused } = checkDirectives(directives, context, context === 'location');
  const closing = refused.filter(({ directive }) => refuses(directive));
  return {
    snippet: { annotation, directives: valid, twice: refused.filter(({ twice }) => twice).map(({ directive }) => directive) },
    divided: [{ whole: annotation, parts }],
    intents: closing.map(({ directive }) => restriction([directive])),
    settled: refused.flatMap(({ directive, finding }) => endAs('manual', entriesOf([directive]), finding)),
    findings: refused.map(({ finding }) => finding),
  };
}

/** Of a text that nginx refuses nothing is in force; what it was to close stays closed. */
function broken(snippet: Snippet, problem: NonNullable<Snippet['problem']>): Omit<ReadOne, 'snippet'> {
  const { annotation, directives } = snippet;
  const parts = entriesOf(directives);
  const at = placeWithin(annotation, problem.at);
  const finding = snippetFindings.invalid({ annotation: annotation.name, reason: problem.reason }, { at, ingress: annotation.ingress });
  const all = parts.length === 0 ? [annotation] : parts;
  const closes = directives.some(refuses);
  return {
    divided: parts.length === 0 ? [] : [{ whole: annotation, parts }],
    intents: closes ? [restriction(directives)] : [],
    settled: endAs('manual', all, finding),
    findings: [finding],
  };
}

function restriction(directives: readonly Directive[]): Intent {
  const restricts = directives.map(restrictionOf).join('; ');
  return { kind: 'rawAccessControl', language: 'nginx', restricts, entries: entriesOf(directives) };
}
