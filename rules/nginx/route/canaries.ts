import type { Entry } from '../../../src/model/entry.ts';
import type { IngressBackend } from '../../../src/model/ingress.ts';
import type { Books } from '../../../src/rule/books.ts';
import { type CanarySetting, canaryFindings } from '../canary.ts';
import { inert } from '../settlement.ts';
import type { Facts } from './facts.ts';
import type { Location, Server } from './location.ts';
import { type Upstream, upstreamKey } from './upstreams.ts';

/** A canary as it hangs on the upstream of a primary. */
export interface Alternative {
  readonly upstream: Upstream;
  readonly policy: CanarySetting;
  /** The paths it was attached through. */
  readonly paths: readonly CanaryPath[];
}

export interface CanaryPath {
  readonly facts: Facts;
  readonly host: string;
  readonly path: string;
  readonly type: 'exact' | 'prefix';
  /** null: spec.defaultBackend of the canary, which goes with every path of the default server. */
  readonly isDefault: boolean;
  readonly backend: Extract<IngressBackend, { kind: 'service' }>;
  readonly entries: readonly Entry[];
}

interface Attached {
  readonly upstream: Upstream;
  readonly paths: CanaryPath[];
}

/**
 * Hangs every canary on the upstreams of the paths it repeats (`mergeAlternativeBackends`): by key of the primary upstream, the
 * one alternative that is consulted. Because it hangs on the upstream, every other path with that Service and port has it too.
 */
export function attachCanaries(
  facts: readonly Facts[],
  servers: ReadonlyMap<string, Server>,
  upstreams: ReadonlyMap<string, Upstream>,
  books: Books,
): ReadonlyMap<string, Alternative> {
  const attached = new Map<string, Attached[]>();
  const dropped = new Map<string, CanaryPath>();
  const placed: CanaryPath[] = [];
  for (const path of facts.filter((each) => each.canary !== null).flatMap(canaryPaths)) {
    const upstream = upstreams.get(upstreamKey(path.facts.ref.namespace, path.backend));
    const server = servers.get(path.host);
    if (upstream === undefined || server === undefined) {
      reportOrphan(path, books);
      continue;
    }
    if (dropped.has(upstream.key)) continue;
    const outcome = attach(path, upstream, server.locations, attached);
    if (outcome === 'attached') placed.push(path);
    else if (outcome === 'is-primary') reportPrimary(path, books);
    else {
      dropped.set(upstream.key, path);
      reportOrphan(path, books);
    }
  }
  reportDead(placed, dropped, books);
  return new Map([...attached].flatMap(([primary, all]) => consulted(primary, all, dropped, books)));
}

function canaryPaths(facts: Facts): readonly CanaryPath[] {
  const fallback = facts.ingress.defaultBackend;
  const own: readonly CanaryPath[] =
    fallback?.kind === 'service' ? [{ facts, host: '', path: '/', type: 'prefix', isDefault: true, backend: fallback, entries: [] }] : [];
  const paths = facts.ingress.rules.flatMap((rule) =>
    (rule.paths ?? []).flatMap(({ path, pathType, backend, entries }): CanaryPath[] =>
      backend?.kind === 'service'
        ? [
            {
              facts,
              host: rule.host,
              path: path === '' ? '/' : path,
              type: pathType === 'Exact' ? 'exact' : 'prefix',
              isDefault: false,
              backend,
              entries: [...rule.entries, ...entries],
            },
          ]
        : [],
    ),
  );
  return [...own, ...paths];
}

function attach(
  path: CanaryPath,
  upstream: Upstream,
  locations: readonly Location[],
  attached: Map<string, Attached[]>,
): 'attached' | 'is-primary' | 'orphan' {
  let merged = false;
  for (const location of locations) {
    const primary = location.upstream;
    if (primary === null) continue;
    if (primary.key === upstream.key) return 'is-primary';
    if (primary.canaryOnly || !(path.isDefault || (location.path === path.path && location.type === path.type))) continue;
    const all = attached.get(primary.key) ?? [];
    attached.set(primary.key, all);
    const known = all.find((each) => each.upstream.key === upstream.key);
    if (known === undefined) all.push({ upstream, paths: [path] });
    else if (!known.paths.includes(path)) known.paths.push(path);
    merged = true;
  }
  return merged ? 'attached' : 'orphan';
}

/** Only the first alternative counts, even if it has been dropped since. */
function consulted(
  primary: string,
  all: readonly Attached[],
  dropped: ReadonlyMap<string, CanaryPath>,
  books: Books,
): readonly (readonly [string, Alternative])[] {
  const [first, ...rest] = all;
  if (first === undefined) return [];
  for (const path of rest.filter(({ upstream }) => !dropped.has(upstream.key)).flatMap(({ paths }) => paths)) {
    const finding = canaryFindings.second({ path: nameOf(path), first: first.upstream.service }, placeOf(path));
    books.findings.push(finding);
    books.settled.push(...inert([...path.entries, ...path.backend.entries], finding));
  }
  if (dropped.has(first.upstream.key)) return [];
  const policy = first.upstream.canaryOnly ? first.upstream.creator.canary : null;
  if (policy === null) {
    for (const path of first.paths) reportPrimary(path, books);
    return [];
  }
  return [[primary, { upstream: first.upstream, policy, paths: first.paths }]];
}

function reportDead(placed: readonly CanaryPath[], dropped: ReadonlyMap<string, CanaryPath>, books: Books): void {
  for (const path of placed) {
    const culprit = dropped.get(upstreamKey(path.facts.ref.namespace, path.backend));
    if (culprit === undefined) continue;
    const finding = canaryFindings.dead({ service: path.backend.name, path: nameOf(culprit) }, placeOf(path));
    books.findings.push(finding);
    books.settled.push(...inert([...path.entries, ...path.backend.entries], finding));
  }
}

function reportOrphan(path: CanaryPath, books: Books): void {
  const finding = canaryFindings['no-primary']({ host: path.host, path: path.path }, placeOf(path));
  books.findings.push(finding);
  books.settled.push(...inert([...path.entries, ...path.backend.entries], finding));
}

function reportPrimary(path: CanaryPath, books: Books): void {
  const finding = canaryFindings['service-is-primary']({ service: path.backend.name, path: nameOf(path) }, placeOf(path));
  books.findings.push(finding);
  books.settled.push(...inert([...path.entries, ...path.backend.entries], finding));
}

function nameOf(path: CanaryPath): string {
  return path.isDefault ? 'the default backend' : `${path.host}${path.path}`;
}

function placeOf(path: CanaryPath) {
  const own = path.entries.filter((entry) => !entry.name.endsWith('.host'));
  return { at: own[0]?.at ?? path.backend.entries[0]?.at ?? path.facts.ref.at, ingress: path.facts.ref };
}
