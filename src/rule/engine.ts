import type { Intent } from '../intent/intent.ts';
import type { ObjectMetadata } from '../intent/metadata.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import type { Settlement } from '../ledger/outcome.ts';
import type { Entry } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import { strayEntries } from '../model/stray.ts';
import type { ConvertOptions } from '../options.ts';
import { CLASS_ANNOTATION } from './claim.ts';
import { lookPast } from './look-past.ts';
import { nearest } from './nearest.ts';
import { askedRules, isMember, ownershipOf } from './ownership.ts';
import type { IngressView, Pack, ToolRule } from './pack.ts';
import { readAll } from './read-all.ts';
import type { AnyRule, Division, RuleOutput } from './rule.ts';

export const engineFindings = defineFindings('annotation', {
  unknown: {
    level: 'warning',
    message: (a: { name: string; vendor: string }) =>
      `${a.vendor} has no annotation ${a.name}; it has no effect there and was not converted`,
    help: () => "Check the spelling against the controller's manual; if it was meant to protect something, it never did.",
  },
  misspelt: {
    level: 'warning',
    message: (a: { name: string; vendor: string; nearest: string }) =>
      `${a.vendor} has no annotation ${a.name}, so it has no effect there; ${a.nearest} may have been meant`,
    help: (a) => `If ${a.nearest} was meant, the controller never applied it: decide whether it should hold from now on.`,
  },
  'not-text': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} has a value that is not text, with which the API server refuses the whole Ingress`,
    help: () => 'Put the value in quotes if it is meant, and convert again: as it stands it was not converted.',
    security: true,
    differs: ['headers', 'protection'],
  },
  'stray-field': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} is no field that the Ingress API has at this place; the API server drops or refuses it`,
    help: () => 'Check the spelling and the indentation: what was meant here was never in force.',
  },
  'empty-field': {
    level: 'note',
    message: (a: { name: string }) => `${a.name} is empty and says nothing`,
  },
  empty: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} is empty, which the controller reads as absent`,
  },
});

/** What the rules of a pack made of one Ingress. */
export interface RuleRun {
  readonly view: IngressView;
  readonly settled: readonly Settlement[];
  readonly findings: readonly Finding[];
  readonly metadata: readonly ObjectMetadata[];
  readonly divided: readonly Division[];
  /** Set when the controller would not serve the Ingress at all. */
  readonly refused: Finding | null;
}

/** Hands every annotation of an Ingress to the one rule that owns it. */
export function runRules(
  ingress: Ingress,
  className: string | null,
  pack: Pack,
  toolRuleFor: (name: string) => ToolRule,
  estate: Estate,
  options: ConvertOptions,
): RuleRun {
  const made = new Map<AnyRule, RuleOutput<unknown>>();
  const settled: Settlement[] = [];
  const { owned, families } = ownershipOf(pack);
  const readable = readableOf(ingress);
  for (const rule of askedRules(pack, readable)) {
    const output = rule.convert({ ingress, estate, options, read: readAll(rule, readable) });
    const isLookedPast = options.notServed === 'convert' && output.refused != null;
    made.set(rule, isLookedPast ? lookPast(rule, output.refused, ingress) : output);
  }
  const metadata: ObjectMetadata[] = [];
  for (const entry of ingress.annotations) {
    if (entry.name === CLASS_ANNOTATION) continue;
    if (entry.malformed === true) settled.push(end(entry, 'manual', engineFindings['not-text']({ name: entry.name }, place(entry))));
    else if (owned.has(entry.name) || families.some((start) => isMember(entry.name, start))) {
      if (entry.value === '') settled.push(end(entry, 'inert', engineFindings.empty({ name: entry.name }, place(entry))));
    } else if (pack.prefixes.some((prefix) => entry.name.startsWith(prefix))) {
      settled.push(end(entry, 'unknown', unknownAnnotation(entry, pack, [...owned, ...families])));
    } else {
      const output = toolRuleFor(entry.name).convert(entry, ingress);
      if (output.metadata.length === 0) settled.push({ entry, outcome: output.outcome, finding: output.finding, wrote: [] });
      metadata.push(...output.metadata);
    }
  }
  for (const entry of strayEntries(ingress)) {
    const isEmpty = ['', '{}', '[]', 'null'].includes(entry.value);
    const finding = engineFindings[isEmpty ? 'empty-field' : 'stray-field']({ name: entry.name }, place(entry));
    settled.push(end(entry, isEmpty ? 'inert' : 'unknown', finding));
  }
  const outputs = [...made.values()];
  return {
    view: view(ingress, className, made),
    settled: [...settled, ...outputs.flatMap((output) => output.settled ?? [])],
    findings: outputs.flatMap((output) => output.findings ?? []),
    metadata,
    divided: outputs.flatMap((output) => output.divided ?? []),
    refused: outputs.map((output) => output.refused ?? null).find((refused) => refused !== null) ?? null,
  };
}

/** By name, the first of each; what is empty or no text is not read. */
function readableOf(ingress: Ingress): ReadonlyMap<string, Entry> {
  const readable = new Map<string, Entry>();
  for (const entry of ingress.annotations) {
    if (entry.value !== '' && entry.malformed !== true && !readable.has(entry.name)) readable.set(entry.name, entry);
  }
  return readable;
}

function view(ingress: Ingress, className: string | null, outputs: ReadonlyMap<AnyRule, RuleOutput<unknown>>): IngressView {
  const gather = (pick: (output: RuleOutput<unknown>) => readonly Intent[] | undefined) =>
    [...outputs.values()].flatMap((output) => pick(output) ?? []);
  return {
    ingress,
    className,
    intents: gather((output) => output.intents),
    hostIntents: gather((output) => output.hostIntents),
    // Sound: an output is only ever stored under the rule that made it, so its setting is that rule's S.
    setting: ((rule: AnyRule) => outputs.get(rule)?.setting ?? null) as IngressView['setting'],
  };
}

function unknownAnnotation(entry: Entry, pack: Pack, known: readonly string[]): Finding {
  // By what stands behind the prefix: else a long prefix makes everything alike.
  const prefix = pack.prefixes.find((each) => entry.name.startsWith(each)) ?? '';
  const names = known.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const meant = nearest(entry.name.slice(prefix.length), names);
  return meant === null
    ? engineFindings.unknown({ name: entry.name, vendor: pack.title }, place(entry))
    : engineFindings.misspelt({ name: entry.name, vendor: pack.title, nearest: `${prefix}${meant}` }, place(entry));
}

function place(entry: Entry) {
  return { at: entry.at, ingress: entry.ingress };
}

function end(entry: Entry, outcome: Settlement['outcome'], finding: Finding): Settlement {
  return { entry, outcome, finding, wrote: [] };
}
