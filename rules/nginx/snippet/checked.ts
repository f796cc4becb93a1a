import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { placeWithin } from '../../../src/model/text-piece.ts';
import type { Division } from '../../../src/rule/rule.ts';
import { type Directive, entriesOf, readSnippet, type Snippet } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { snippetFindings } from './findings.ts';
import { restrictionOf } from './levels.ts';
import { refuses } from './restricting.ts';
import { checkDirectives, type SnippetPlace } from './validity.ts';

/** The directives of a snippet that nginx takes. */
export interface ValidSnippet {
  readonly annotation: Entry;
  readonly directives: readonly Directive[];
  /** Refused by nginx because the controller has them already: converted for what they say. */
  readonly twice: readonly Directive[];
}

/** A snippet with what is to be said of all that nginx does not take. */
export interface CheckedSnippet {
  readonly snippet: ValidSnippet | null;
  readonly divided: readonly Division[];
  /** Of what was meant to keep requests out. */
  readonly intents: readonly Intent[];
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
}

export const NO_SNIPPET: CheckedSnippet = { snippet: null, divided: [], intents: [], settled: [], findings: [] };

/** Of an annotation that the controller does not look at. */
export function droppedSnippet(annotation: Entry): CheckedSnippet {
  const finding = snippetFindings.dropped({ annotation: annotation.name }, placeOf(annotation));
  return { ...NO_SNIPPET, settled: inert([annotation], finding), findings: [finding] };
}

/** `whole`: the annotation, or the value of the ConfigMap. */
export function checkSnippet(whole: Entry, place: SnippetPlace): CheckedSnippet {
  const snippet = readSnippet(whole);
  const { annotation, directives } = snippet;
  const parts = entriesOf(directives);
  if (snippet.problem !== null) return { ...NO_SNIPPET, ...broken(snippet, snippet.problem) };
  if (parts.length === 0)
    return { ...NO_SNIPPET, settled: inert([annotation], snippetFindings.empty({ annotation: annotation.name }, placeOf(annotation))) };
  const { valid, refused } = checkDirectives(directives, place === 'auth' ? 'location' : place, place);
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
function broken(snippet: Snippet, problem: NonNullable<Snippet['problem']>): Omit<CheckedSnippet, 'snippet'> {
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
