import { packs, toolRules } from '../../rules/index.ts';
import { compareText } from '../model/position.ts';
import type { Vendor } from '../route/table.ts';
import type { AnyRule } from '../rule/rule.ts';
import type { Target } from '../targets/contract.ts';
import { kindsIn, outcomesOf, type ReferenceOutcome } from './outcomes.ts';
import { toolOutcomes } from './tools.ts';

/** What is known of one annotation, from the rule that owns it. */
export interface AnnotationReference {
  /** In full; of a family with `*` for the name that the user chooses, of a tool's prefix with `*` for the rest. */
  readonly name: string;
  /** null for tools around the controllers, which mean the same with every vendor. */
  readonly vendor: Vendor | null;
  readonly rule: string;
  readonly title: string;
  readonly scope: AnyRule['scope'];
  /** How its value is read: the name of its codec; '' for tools. */
  readonly takes: string;
  /** Intents by name, or in words what the router does with it. */
  readonly becomes: string;
  readonly docs: string;
  /** By target, the most common first. */
  readonly outcomes: Readonly<Record<string, readonly ReferenceOutcome[]>>;
}

/** Every annotation of every pack and tool, by vendor and name. Nothing here is written by hand: it is what the rules say of themselves. */
export function annotationReference(targets: readonly Target[], vendor: Vendor | null = null): readonly AnnotationReference[] {
  const ofPacks = packs
    .filter((pack) => vendor === null || pack.vendor === vendor)
    .flatMap((pack) => pack.rules.flatMap((rule) => ofRule(rule, pack.vendor, targets)));
  const references = vendor === null ? [...ofPacks, ...ofTools(targets)] : ofPacks;
  return references.sort((a, b) => compareText(a.vendor ?? '~', b.vendor ?? '~') || compareText(a.name, b.name));
}

function ofRule(rule: AnyRule, vendor: Vendor, targets: readonly Target[]): readonly AnnotationReference[] {
  const { id, title, scope, docs } = rule;
  const outcomesFor = (becomes: string) => {
    const kinds = kindsIn(becomes);
    return Object.fromEntries(targets.map((target) => [target.name, outcomesOf(becomes, kinds, target)]));
  };
  const common = outcomesFor(rule.becomes);
  return Object.values(rule.reads).map(({ annotation, codec, becomes }) => ({
    name: annotation,
    vendor,
    rule: id,
    title,
    scope,
    takes: codec.name,
    becomes: becomes ?? rule.becomes,
    docs,
    outcomes: becomes === undefined ? common : outcomesFor(becomes),
  }));
}

function ofTools(targets: readonly Target[]): readonly AnnotationReference[] {
  const byName = toolRules.flatMap(({ annotations }) => annotations.filter((each) => !/[/.]$/.test(each)));
  return toolRules.flatMap((rule) => {
    const names = rule.annotations.length === 0 ? [''] : rule.annotations;
    return names.map((annotation): AnnotationReference => {
      const name = annotation === '' || /[/.]$/.test(annotation) ? `${annotation}*` : annotation;
      const { becomes, outcomes } = toolOutcomes(rule, name, byName);
      return {
        name,
        vendor: null,
        rule: rule.id,
        title: rule.title,
        scope: 'tool',
        takes: '',
        becomes,
        docs: rule.docs,
        outcomes: Object.fromEntries(targets.map((target) => [target.name, outcomes])),
      };
    });
  });
}
