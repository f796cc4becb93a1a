import { defineFindings } from '../../src/ledger/finding.ts';
import { compareText } from '../../src/model/position.ts';
import { placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { type Member, nameOf } from './group.ts';
import type { Found } from './setting.ts';

export const groupValueFindings = defineFindings('alb/group', {
  conflict: {
    level: 'error',
    message: (a: { setting: string; value: string; kept: string; by: string }) =>
      `${a.setting} is ${a.value} here and ${a.kept} on ${a.by} of the same load balancer: the controller stops there and changes nothing of it until they agree`,
    help: (a) => `Decide which is meant. What was written goes by ${a.by}.`,
    security: true,
  },
});

/** What a member says: its class first, whose word makes the annotation ineffective. */
export function classFirst<T>(ofClass: Found<T> | null, ofIngress: Found<T> | null, books: Books): Found<T> | null {
  if (ofClass === null || ofIngress === null) return ofClass ?? ofIngress;
  for (const entry of ofIngress.entries) {
    const args = { setting: entry.name, by: ofClass.entries[0]?.key ?? 'the class' };
    settle(books, [entry], 'inert', valueFindings.overridden(args, placeOf(entry)));
  }
  return ofClass;
}

/**
 * The value of a setting that the members of a group (or of a listener) have to agree on: that of the first who has one.
 * Whoever differs is reported.
 */
export function exclusive<T>(
  setting: string,
  members: readonly Member[],
  of: (member: Member) => Found<T> | null,
  books: Books,
  textOf: (value: T) => string = (value) => JSON.stringify(value),
): Found<T> | null {
  const found = members.flatMap((member) => {
    const own = of(member);
    return own === null ? [] : [{ member, own }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const kept = textOf(first.own.value);
  const agreeing = found.filter(({ own }) => textOf(own.value) === kept);
  for (const { own } of found.filter((each) => !agreeing.includes(each))) {
    const args = { setting, value: textOf(own.value), kept, by: nameOf(first.member) };
    for (const entry of own.entries) settle(books, [entry], 'manual', groupValueFindings.conflict(args, placeOf(entry)));
  }
  return { value: first.own.value, entries: [...new Set(agreeing.flatMap(({ own }) => own.entries))] };
}

type Pairs = readonly { readonly key: string; readonly value: string }[];

/** Maps united key by key over the members; the class wins for its keys, members that disagree are reported. By key. */
export function merged(
  setting: string,
  members: readonly Member[],
  of: (member: Member) => { readonly ofClass: Found<Pairs> | null; readonly ofIngress: Found<Pairs> | null },
  books: Books,
): Found<Pairs> | null {
  const values = new Map<string, { readonly value: string; readonly by: Member; readonly fixed: boolean }>();
  const entries = new Set<Found<Pairs>['entries'][number]>();
  for (const member of members) {
    const { ofClass, ofIngress } = of(member);
    for (const { key, value } of ofClass?.value ?? []) values.set(key, { value, by: member, fixed: true });
    for (const entry of ofClass?.entries ?? []) entries.add(entry);
    for (const { key, value } of ofIngress?.value ?? []) {
      const known = values.get(key);
      if (known === undefined) values.set(key, { value, by: member, fixed: false });
      else if (!known.fixed && known.value !== value) {
        const args = { setting: `${setting} ${key}`, value, kept: known.value, by: nameOf(known.by) };
        for (const entry of ofIngress?.entries ?? []) settle(books, [entry], 'manual', groupValueFindings.conflict(args, placeOf(entry)));
      }
    }
    for (const entry of ofIngress?.entries ?? []) entries.add(entry);
  }
  if (entries.size === 0) return null;
  const pairs = [...values].sort(([a], [b]) => compareText(a, b)).map(([key, { value }]) => ({ key, value }));
  return { value: pairs, entries: [...entries] };
}
