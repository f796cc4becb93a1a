import type { Conversion } from '../convert.ts';
import type { Finding } from '../ledger/finding.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import { placeText } from '../model/position.ts';
import { entriesBehind } from '../route/entries-behind.ts';
import type { HostTable, RouteRule } from '../route/table.ts';
import type { Unlike } from './unlike.ts';

export interface Subjects {
  /** Findings of the Ingresses behind the two answers; of all the host's, where neither side has a rule. */
  readonly ofRules: (unlike: Unlike) => readonly Finding[];
  /** A finding that stands at a setting of some rules of its Ingress is about those alone. */
  readonly isAbout: (finding: Finding, unlike: Unlike) => boolean;
  /** It stands at a setting of rules, and so is about them rather than about its whole host. */
  readonly isOfRules: (finding: Finding) => boolean;
}

/** Whose traffic findings are about, told by where they stand. */
export function subjects(conversion: Conversion, findings: readonly Finding[]): Subjects {
  const byIngress = new Map<IngressRef, Finding[]>();
  for (const finding of findings) if (finding.ingress !== null) append(byIngress, finding.ingress, finding);
  const origins = new Map(conversion.plan.objects.map(({ object, origin }) => [objectKey(object.kind, object.metadata), origin]));
  const rules = conversion.tables.flatMap(({ hosts }) => hosts.flatMap((host) => host.rules));
  const standing = new Map(rules.map((rule) => [rule, placesBehind(rule)]));
  const someRules = placesOfSome(rules, standing);
  const someSettings = new Set([...standing.values()].flatMap((places) => [...places]));
  const written = placesWritten(conversion);
  const writersOf = (field: WrittenField | null) => (field === null ? [] : (origins.get(objectKey(field.kind, field)) ?? []));
  return {
    ofRules({ host, rule, field }) {
      const refs = [...(rule === null ? [] : [rule.ingress]), ...writersOf(field)];
      const behind = refs.length > 0 || host === null ? refs : ingressesOf(host);
      return [...new Set(behind)].flatMap((ref) => byIngress.get(ref) ?? []);
    },
    isOfRules: ({ ingress, at }) => ingress !== null && at !== null && someSettings.has(placeText(at)),
    isAbout({ ingress, at }, { rule, field }) {
      if (ingress === null || at === null) return true;
      const place = placeText(at);
      if (!someRules.has(place)) return true;
      if (rule !== null && standing.get(rule)?.has(place) === true) return true;
      if (field === null) return rule === null;
      const places = written.get(fieldKey(field));
      // Nothing is said of what stands there to close a path: it may be any rule's of its Ingresses.
      return places === undefined ? writersOf(field).includes(ingress) : places.has(place);
    },
  };
}

/** What is said at a host is about all of the host, whichever rule of its Ingress it stands at. */
function placesBehind(rule: RouteRule): ReadonlySet<string> {
  const settings = entriesBehind(rule).filter(({ name }) => !name.endsWith('.host'));
  return new Set(settings.map(({ at }) => placeText(at)));
}

/** Places of settings on which not every rule of an Ingress stands. */
function placesOfSome(rules: readonly RouteRule[], standing: ReadonlyMap<RouteRule, ReadonlySet<string>>): ReadonlySet<string> {
  const [count, total] = [new Map<string, number>(), new Map<IngressRef, number>()];
  const ingressOf = new Map<string, IngressRef>();
  for (const rule of rules) {
    total.set(rule.ingress, (total.get(rule.ingress) ?? 0) + 1);
    for (const place of standing.get(rule) ?? []) {
      count.set(place, (count.get(place) ?? 0) + 1);
      ingressOf.set(place, rule.ingress);
    }
  }
  const isOfAll = (place: string) => count.get(place) === total.get(ingressOf.get(place) ?? NOBODY);
  return new Set([...count.keys()].filter((place) => !isOfAll(place)));
}

const NOBODY: IngressRef = { kind: 'Ingress', namespace: '', name: '', at: { file: '', line: 0, column: 0 } };

/** Of each rule of a route the places of the settings that were written there. */
function placesWritten({ ledger }: Conversion): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const { entry, wrote } of ledger.entries) {
    for (const field of wrote) {
      const key = fieldKey(field);
      places.set(key, (places.get(key) ?? new Set()).add(placeText(entry.at)));
    }
  }
  return places;
}

/** `HTTPRoute shop/web spec.rules[2]`, whatever the field below it. */
function fieldKey(field: WrittenField): string {
  const [rule = ''] = /^spec\.rules\[\d+\]/.exec(field.field) ?? [];
  return `${objectKey(field.kind, field)} ${rule}`;
}

function ingressesOf(host: HostTable): readonly IngressRef[] {
  return host.rules.map((rule) => rule.ingress);
}

function objectKey(kind: string, { namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return `${kind} ${namespace ?? 'default'}/${name}`;
}

function append<K>(map: Map<K, Finding[]>, key: K, finding: Finding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
}
