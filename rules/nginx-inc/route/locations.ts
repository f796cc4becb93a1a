import type { Entry } from '../../../src/model/entry.ts';
import type { IngressBackend, IngressPath, IngressRule } from '../../../src/model/ingress.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { valueOr } from '../../../src/rule/codec.ts';
import { mergeableFindings } from '../mergeable.ts';
import { pathFindings, pathRegex } from '../paths.ts';
import { endAs, inert } from '../settlement.ts';
import { byAge, type Facts, isDecided, readsAt } from './facts.ts';
import type { Owned } from './ownership.ts';

type ServiceBackend = Extract<IngressBackend, { kind: 'service' }>;

/** One path of a host, with the Ingress whose settings hold for it. */
export interface Location {
  /** `namespace/name rules[0].paths[1]` and the like. */
  readonly id: string;
  /** As written; `/` where nothing is. */
  readonly path: string;
  readonly form: Form;
  readonly facts: Facts;
  readonly backend: ServiceBackend;
  /** Host, path, path type and path-regex, as far as written. */
  readonly entries: readonly Entry[];
}

/** What nginx compares: the whole path; its start, which ends in a slash on this host (`prefix`) or anywhere (`text`); a pattern at its start. */
type Form = 'exact' | 'prefix' | 'text' | 'pattern' | 'pattern-any-case';

export function matchOf({ form, path }: Pick<Location, 'form' | 'path'>): PathMatch {
  switch (form) {
    case 'exact':
      return { kind: 'exact', value: path };
    case 'prefix':
      return { kind: 'prefix', value: path };
    case 'text':
      return startOf(path);
    case 'pattern':
    case 'pattern-any-case':
      return { kind: 'regex', pattern: path, caseInsensitive: form === 'pattern-any-case' };
    default:
      return form satisfies never;
  }
}

/**
 * The start of a path, element or not, is a pattern for its text: then what closes it takes `/adminx` as well, and whatever overlaps it
 * on the host is ranked with it.
 */
export function startOf(text: string, rest: '' | '(.*)' = ''): Extract<PathMatch, { kind: 'regex' }> {
  return { kind: 'regex', pattern: text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + rest, caseInsensitive: false };
}

/** The locations of a host in the order of the configuration, each text and form once. */
export function locationsOf({ host, owner, minions }: Owned, books: Books): readonly Location[] {
  const declared =
    owner.role === 'master'
      ? ofMinions(minions, books)
      : owner.ingress.rules.flatMap((rule, index) => (rule.host === host ? declaredBy(owner, rule, index, books) : []));
  const fallback = owner.role === 'master' ? null : fallbackOf(owner, declared, host);
  return asTexts(distinct([...declared, ...(fallback === null ? [] : [fallback])], host, books));
}

/** Prefixes are path elements only where all of the host end in a slash and no pattern overlaps them. */
function asTexts(locations: readonly Location[]): readonly Location[] {
  if (locations.every(({ form, path }) => form === 'exact' || (form === 'prefix' && path.endsWith('/')))) return locations;
  return locations.map((location) => (location.form === 'prefix' ? { ...location, form: 'text' } : location));
}

/** A path of several minions belongs to the oldest; of one minion that has it twice, to nobody (`buildMinionConfigs`). */
function ofMinions(minions: readonly Facts[], books: Books): readonly Location[] {
  const holders = new Map<string, Facts>();
  for (const minion of [...minions].sort(byAge)) {
    for (const { path } of minion.ingress.rules[0]?.paths ?? []) if (!holders.has(path)) holders.set(path, minion);
  }
  return minions.flatMap((minion) => {
    const [rule] = minion.ingress.rules;
    if (rule === undefined) return [];
    const paths = rule.paths ?? [];
    const kept = paths.filter((path) => {
      const place = { at: path.entries[0]?.at ?? minion.ref.at, ingress: minion.ref, host: rule.host };
      const entries = [...path.entries, ...(path.backend?.entries ?? [])];
      const holder = holders.get(path.path) ?? minion;
      if (holder !== minion) {
        const args = { path: path.path || '/', winner: holder.name, file: holder.ref.at.file, line: holder.ref.at.line };
        const decided = isDecided(holder, minion);
        const finding = mergeableFindings[decided ? 'path-of-older' : 'path-taken'](args, place);
        if (!decided) books.findings.push(finding);
        books.settled.push(...(decided ? inert(entries, finding) : endAs('manual', entries, finding)));
        return false;
      }
      if (paths.filter((other) => other.path === path.path).length < 2) return true;
      const finding = mergeableFindings['path-twice']({ path: path.path || '/' }, place);
      books.findings.push(finding);
      books.settled.push(...inert(entries, finding));
      return false;
    });
    return declaredBy(minion, { ...rule, paths: kept }, 0, books, paths);
  });
}

function declaredBy(
  facts: Facts,
  rule: IngressRule,
  index: number,
  books: Books,
  numbered: readonly IngressPath[] = rule.paths ?? [],
): readonly Location[] {
  const { mode } = readsAt(pathRegex, facts, null);
  const shaped = mode.state === 'valid' ? [mode.entry] : [];
  return (rule.paths ?? []).flatMap((each): readonly Location[] => {
    const { backend } = each;
    if (backend?.kind !== 'service') return [];
    const path = each.path === '' ? '/' : each.path;
    const isExact = each.pathType === 'Exact';
    if (isExact && mode.state === 'valid') {
      const place = { at: each.entries[0]?.at ?? facts.ref.at, ingress: facts.ref, host: rule.host };
      const finding = pathFindings['never-matches']({ path, mode: mode.value }, place);
      books.findings.push(finding);
      books.settled.push(...inert([...each.entries, ...backend.entries], finding));
      return [];
    }
    return [
      {
        id: `${facts.name} rules[${index}].paths[${numbered.indexOf(each)}]`,
        path,
        form: isExact ? 'exact' : formOf(valueOr(mode, null)),
        facts,
        backend,
        entries: [...rule.entries, ...each.entries, ...shaped, ...facts.roleEntries],
      },
    ];
  });
}

function formOf(mode: 'case_sensitive' | 'case_insensitive' | 'exact' | null): Form {
  switch (mode) {
    case null:
      return 'prefix';
    case 'exact':
      return 'exact';
    case 'case_sensitive':
      return 'pattern';
    case 'case_insensitive':
      return 'pattern-any-case';
    default:
      return mode satisfies never;
  }
}

/** The default backend has `/`, in the form of the Ingress's paths, unless the path is declared with another type than Exact. */
function fallbackOf(owner: Facts, declared: readonly Location[], host: string): Location | null {
  const backend = owner.ingress.defaultBackend;
  const { mode } = readsAt(pathRegex, owner, null);
  const isDeclared = owner.ingress.rules.some(
    (rule) => rule.host === host && (rule.paths ?? []).some(({ path, pathType }) => (path === '' || path === '/') && pathType !== 'Exact'),
  );
  if (backend?.kind !== 'service' || isDeclared) return null;
  const ruled = declared.length > 0 ? [] : owner.ingress.rules.filter((rule) => rule.host === host).flatMap((rule) => rule.entries);
  return {
    id: `${owner.name} defaultBackend`,
    path: '/',
    form: formOf(valueOr(mode, null)),
    facts: owner,
    backend,
    entries: [...ruled, ...(mode.state === 'valid' ? [mode.entry] : [])],
  };
}

function distinct(all: readonly Location[], host: string, books: Books): readonly Location[] {
  const known = new Set<string>();
  return all.filter((location) => {
    const key = `${location.form} ${location.path}`;
    if (!known.has(key)) {
      known.add(key);
      return true;
    }
    const own = [...location.entries.filter(({ name }) => /\.path(?:Type)?$/.test(name)), ...location.backend.entries];
    const place = { at: own[0]?.at ?? location.facts.ref.at, ingress: location.facts.ref, host };
    const finding = pathFindings.duplicate({ path: `${host}${location.path}` }, place);
    books.findings.push(finding);
    books.settled.push(...inert(own, finding));
    return false;
  });
}
