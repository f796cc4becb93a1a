import type { Comparand } from './compare/comparand.ts';
import { type Comparison, comparisonOf } from './compare/comparison.ts';
import { convertFor, type Interpretation, interpret, needingAttention } from './convert.ts';
import type { SupportedFeatures } from './gateway/features.ts';
import type { Estate } from './model/estate.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from './options.ts';
import { outputOf } from './output.ts';
import { isLost } from './reported.ts';
import { targetNamed, versionedName } from './targets/index.ts';
import { applyWaivers } from './waivers/apply.ts';
import type { Waiver } from './waivers/waiver.ts';

export interface ComparisonContext {
  readonly waivers: readonly Waiver[];
  /** `YYYY-MM-DD`: waivers may have an end. */
  readonly today: string;
  /** Called before each target. */
  readonly step?: (target: string, index: number) => void;
  /** What the implementation of a target says that it supports; absent or null: what is known of the target. */
  readonly featuresFor?: (target: string) => SupportedFeatures | null;
}

/**
 * The estate converted for each target. What the controllers serve is worked out once.
 *
 * @param targets names, with `@VERSION` where one is meant, each once
 */
export function compareTargets(
  input: Estate,
  options: Omit<ConvertOptions, 'target'>,
  targets: readonly string[],
  context: ComparisonContext,
): { readonly comparison: Comparison; readonly bugs: readonly string[] } {
  const interpretation = interpret(input, { ...options, target: DEFAULT_OPTIONS.target });
  const comparands = targets.map((target, index) => {
    context.step?.(target, index);
    return comparand(interpretation, { ...options, target, features: context.featuresFor?.(target) ?? options.features }, context);
  });
  return {
    comparison: comparisonOf(
      comparands.map(({ result }) => result),
      input.files,
    ),
    bugs: comparands.flatMap(({ bug, result }) => (bug ? [result.name] : [])),
  };
}

/** Keeps of a conversion only what is counted: objects of many targets would not fit into memory together. */
function comparand(interpretation: Interpretation, options: ConvertOptions, { waivers, today }: ComparisonContext) {
  const conversion = convertFor(interpretation, options);
  const { ledger, refused } = outputOf(conversion);
  const { withheld } = conversion.plan;
  const waived = applyWaivers(ledger, withheld, { fromConfig: waivers, today, attention: needingAttention });
  const target = targetNamed(options.target);
  const { label, version } = versionedName(target);
  const result: Comparand = {
    name: label,
    title: target.title,
    version,
    ledger: waived.ledger,
    withheld: withheld.map(({ ingress, host, path, reason }) => ({ ingress, host, path, reason })),
  };
  return { result, bug: refused.length > 0 || ledger.entries.some(isLost) };
}
