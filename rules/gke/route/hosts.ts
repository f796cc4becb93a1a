import { isValidHost } from '../../../src/model/host.ts';
import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../../../src/model/ingress.ts';
import type { placeOf } from '../settlement.ts';
import { type Sheet, settle } from './books.ts';
import { hostFindings, pathFindings } from './findings.ts';
import { expandPath } from './url-map.ts';

/** One path of the manifest, with the backend it leads to. */
export interface PathSource {
  readonly id: string;
  readonly rule: IngressRule;
  readonly path: IngressPath;
  readonly backend: Extract<IngressBackend, { kind: 'service' }>;
}

/** Host ('' for the rule without one) → path of the URL map → where it comes from. */
export type UrlMap = ReadonlyMap<string, ReadonlyMap<string, PathSource>>;

/** What the controller makes of the rules: the last rule of a host takes the place of those before, and so does the last of equal paths. */
export function urlMapOf(ingress: Ingress, sheet: Sheet): UrlMap {
  const hosts = new Map<string, { readonly rule: IngressRule; readonly paths: ReadonlyMap<string, PathSource> }>();
  ingress.rules.forEach((rule, index) => {
    const place = { at: rule.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref };
    if (rule.paths === null) {
      settle(sheet, 'inert', rule.entries, hostFindings['no-paths']({}, place));
      return;
    }
    if (rule.host !== '' && !isValidHost(rule.host)) {
      settle(sheet, 'manual', leavesOf(rule), hostFindings.invalid({ host: rule.host }, place));
      return;
    }
    const before = hosts.get(rule.host);
    if (before !== undefined) {
      const name = rule.host === '' ? 'every other host' : rule.host;
      const finding = hostFindings.replaced({ host: name }, { at: before.rule.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref });
      settle(sheet, 'inert', leavesOf(before.rule), finding);
      sheet.findings.push(finding);
    }
    hosts.set(rule.host, { rule, paths: pathsOf(ingress, rule, index, sheet) });
  });
  return new Map([...hosts].map(([host, { paths }]) => [host, paths]));
}

function pathsOf(ingress: Ingress, rule: IngressRule, ruleIndex: number, sheet: Sheet): ReadonlyMap<string, PathSource> {
  const paths = new Map<string, PathSource>();
  const lost = new Map<PathSource, { readonly path: string; readonly winner: PathSource }[]>();
  (rule.paths ?? []).forEach((path, pathIndex) => {
    const source = sourceOf(ingress, rule, path, `rules[${ruleIndex}].paths[${pathIndex}]`, sheet);
    if (source === null) return;
    for (const expanded of source.expanded) {
      const loser = paths.get(expanded);
      if (loser !== undefined) lost.set(loser, [...(lost.get(loser) ?? []), { path: expanded, winner: source.source }]);
      paths.set(expanded, source.source);
    }
  });
  for (const [loser, parts] of lost) noteOverwritten(loser, parts, [...paths.values()].includes(loser), ingress, sheet);
  return paths;
}

function sourceOf(
  ingress: Ingress,
  rule: IngressRule,
  path: IngressPath,
  place: string,
  sheet: Sheet,
): { readonly source: PathSource; readonly expanded: readonly string[] } | null {
  const at = { at: path.entries[0]?.at ?? path.backend?.entries[0]?.at ?? ingress.ref.at, ingress: ingress.ref };
  const label = `${rule.host}${path.path || '/*'}`;
  const leaves = [...path.entries, ...(path.backend?.entries ?? [])];
  const expansion = expandPath(path);
  if (expansion.kind === 'refused') {
    mistake(sheet, leaves, pathFindings.refused({ path: label, why: expansion.why }, at));
    return null;
  }
  const { backend } = path;
  const why = backendProblem(backend);
  if (why !== null || backend?.kind !== 'service') {
    mistake(sheet, leaves, pathFindings['no-backend']({ path: label, why: why ?? 'it names no Service' }, at));
    return null;
  }
  const id = `${ingress.ref.namespace}/${ingress.ref.name} ${place}`;
  return { source: { id, rule, path, backend }, expanded: expansion.paths };
}

/** Why a backend of a manifest is refused before any Service is looked up; null when it is not. */
export function backendProblem(backend: IngressBackend | null): string | null {
  if (backend === null) return 'it names no Service';
  if (backend.kind === 'resource') return `its backend is a ${backend.resource} and no Service`;
  return backend.port === null ? `it names no port of Service ${backend.name}` : null;
}

function noteOverwritten(
  loser: PathSource,
  parts: readonly { readonly path: string; readonly winner: PathSource }[],
  survives: boolean,
  ingress: Ingress,
  sheet: Sheet,
): void {
  const [part] = parts;
  // The very same once more changes nothing.
  if (part === undefined) return;
  const at = loser.path.entries[0]?.at ?? loser.backend.entries[0]?.at ?? ingress.ref.at;
  const place = { at, ingress: ingress.ref };
  const label = `${loser.rule.host}${loser.path.path || '/*'}`;
  const winner = `${part.winner.path.path || '/*'} to Service ${part.winner.backend.name}`;
  const finding = survives
    ? pathFindings['partly-overwritten']({ path: label, lost: part.path, winner }, place)
    : pathFindings.overwritten({ path: label, winner }, place);
  sheet.findings.push(finding);
  if (!survives) settle(sheet, 'inert', [...loser.path.entries, ...loser.backend.entries], finding);
}

export function mistake(
  sheet: Sheet,
  entries: readonly Parameters<typeof placeOf>[0][],
  finding: ReturnType<typeof pathFindings.refused>,
): void {
  sheet.mistakes.push(finding);
  settle(sheet, 'manual', entries, finding);
}

function leavesOf(rule: IngressRule) {
  return [...rule.entries, ...(rule.paths ?? []).flatMap((path) => [...path.entries, ...(path.backend?.entries ?? [])])];
}
