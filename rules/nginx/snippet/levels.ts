import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { alternativeTo } from './alternatives.ts';
import { snippetFindings } from './findings.ts';
import type { Variables } from './variables.ts';

/** The directives that are in force at a place, as far as they are no rewrites, the outermost level first. */
export interface Levels {
  /** Above all servers. */
  readonly http: readonly Directive[];
  readonly server: readonly Directive[];
  readonly location: readonly Directive[];
  /** Of the `if` that was entered last. */
  readonly inner: readonly Directive[];
}

/** The place whose directives they are. */
export interface Scope {
  readonly variables: Variables;
  /** The backend speaks gRPC, for which other directives count. */
  readonly grpc: boolean;
  /** Whether the Ingress of the location has an annotation, by its name without prefix. */
  readonly has: (annotation: string) => boolean;
}

/** What the directives of a place amount to. */
export interface Effects {
  readonly intents: Intent[];
  readonly settled: Settlement[];
  readonly findings: Finding[];
  /** Every request is refused with 403, in the access phase. */
  closed: readonly Entry[] | null;
  /** Requests with other methods are refused with 403. */
  onlyMethods: { readonly methods: readonly string[]; readonly entries: readonly Entry[] } | null;
}

export function noEffects(): Effects {
  return { intents: [], settled: [], findings: [], closed: null, onlyMethods: null };
}

/** Reads the directives of one kind; `names` are all that it takes care of. */
export interface Family {
  readonly names: ReadonlySet<string>;
  readonly apply: (levels: Levels, scope: Scope, effects: Effects) => void;
}

/** All directives of the names, the outermost first. */
export function allOf({ http, server, location, inner }: Levels, ...names: readonly string[]): readonly Directive[] {
  return [...http, ...server, ...location, ...inner].filter(({ name }) => names.includes(name));
}

/** Those of the innermost level that has any: they take the place of the others, which is said. */
export function innermostOf(levels: Levels, effects: Effects, ...names: readonly string[]): readonly Directive[] {
  const { http, server, location, inner } = levels;
  const [winner = [], ...losers] = [inner, location, server, http]
    .map((level) => level.filter(({ name }) => names.includes(name)))
    .filter(isAny);
  const by = winner[0] === undefined ? '' : `"${textOf(winner[0])}"`;
  for (const directive of losers.flat()) {
    const finding = snippetFindings.inherited({ directive: textOf(directive), by }, placeOf(directive.entry));
    effects.settled.push(...inert([directive.entry], finding));
  }
  return winner;
}

function isAny(directives: readonly Directive[]): boolean {
  return directives.length > 0;
}

export function asDefault(directive: Directive, effects: Effects): void {
  effects.settled.push(...inert([directive.entry], snippetFindings.default({ directive: textOf(directive) }, placeOf(directive.entry))));
}

/** Not carried over, for a reason, with what comes nearest. */
export function notCarried(directive: Directive, why: string, effects: Effects): void {
  const nearest = alternativeTo(directive.name) ?? '';
  const finding = snippetFindings['not-carried-over']({ directive: textOf(directive), why, nearest }, placeOf(directive.entry));
  effects.settled.push(...endAs('unmapped', [directive.entry], finding));
}

/** Keeps requests out and cannot be said otherwise: the routes it holds for are withheld. */
export function restricted(directives: readonly Directive[], why: string, effects: Effects): void {
  const [first] = directives;
  if (first === undefined) return;
  const entries = directives.flatMap(entriesWithin);
  effects.intents.push({ kind: 'rawAccessControl', language: 'nginx', restricts: directives.map(restrictionOf).join('; '), entries });
  effects.findings.push(restrictsFinding(first, why));
}

export function restrictsFinding(directive: Directive, why: string): Finding {
  const nearest = alternativeTo(directive.name) ?? '';
  return snippetFindings.restricts({ directive: restrictionOf(directive), why, nearest }, placeOf(directive.entry));
}

function entriesWithin({ entry, block }: Directive): readonly Entry[] {
  return [entry, ...(block ?? []).flatMap(entriesWithin)];
}

/** `if ($a) { return 403 }` in one line. */
export function restrictionOf(directive: Directive): string {
  const { block } = directive;
  if (block === null) return textOf(directive);
  return `${textOf(directive)} { ${block.length === 0 ? '…' : block.map(restrictionOf).join('; ')} }`;
}
