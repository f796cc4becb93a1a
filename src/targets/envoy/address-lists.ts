import type { Intent, IntentOf } from '../../intent/intent.ts';
import { type AddressRange, EVERY_ADDRESS, parseRange, without } from '../address-ranges.ts';
import type { LoweringContext } from '../contract.ts';

/** All lists of a rule together. */
export interface AddressLists {
  /** What is in every allow list; null: there is none. */
  readonly allowed: readonly AddressRange[] | null;
  /** What is in a deny list, list by list. */
  readonly denied: readonly (readonly AddressRange[])[];
}

/** Of the rule and the intent that is asked about. null: something in them is no address or range. */
export function addressLists(
  intent: IntentOf<'allowList'> | IntentOf<'denyList'>,
  { rule }: Pick<LoweringContext, 'rule'>,
): AddressLists | null {
  // An intent in another vendor's words is asked about without being among those of the rule.
  const all = rule.intents.includes(intent) ? rule.intents : [...rule.intents, intent];
  const allowed = all.flatMap((each: Intent) => (each.kind === 'allowList' ? [rangesOf(each.ranges)] : []));
  const denied = all.flatMap((each: Intent) => (each.kind === 'denyList' ? [rangesOf(each.ranges)] : []));
  const [readable, refused] = [allowed.filter((list) => list !== null), denied.filter((list) => list !== null)];
  if (readable.length < allowed.length || refused.length < denied.length) return null;
  return { allowed: readable.length === 0 ? null : shared(readable), denied: refused };
}

function rangesOf(texts: readonly string[]): readonly AddressRange[] | null {
  const ranges = texts.map((text) => parseRange(text.trim())).filter((range) => range !== null);
  return ranges.length === texts.length ? ranges : null;
}

/** What is in each of the lists: of one list, the list itself. */
function shared([first = EVERY_ADDRESS, ...others]: readonly (readonly AddressRange[])[]): readonly AddressRange[] {
  return others.reduce((left, list) => without(left, without(EVERY_ADDRESS, list)), first);
}
