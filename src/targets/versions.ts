import type { GatewayApiVersion } from '../gateway/release.ts';
import type { HTTPRouteMatch } from '../gateway/types.ts';
import type { RuleParts } from './rule-parts.ts';

/** Minor versions of an implementation, and what came with which of them. One table a target; `in-version.ts` consults it. */
export interface Versions {
  /** Newest first. The first is what the target writes for; nothing is known to be missing there. */
  readonly known: readonly [KnownVersion, ...KnownVersion[]];
  /**
   * By version, then by kind: fields below `spec` that it brought (`a.b[].c`), `a=value` for a value of a field, `*` for the whole
   * kind. `Gateway API` stands for parts of rules that it began to read, `HTTPRoute.matches` for conditions, by their names.
   */
  readonly since: Readonly<Record<string, Additions>>;
  /** Kinds by `apiVersion` and what they were served as before a version. */
  readonly served?: readonly { readonly apiVersion: string; readonly before: string; readonly as: string }[];
}

export type Additions = Readonly<Record<string, readonly string[]>> & {
  readonly [GATEWAY_API]?: readonly PartName[];
  readonly [MATCHES]?: readonly (keyof HTTPRouteMatch)[];
};

/** `part:key` where the part is a map. */
export type PartName = keyof RuleParts | `${keyof RuleParts}:${string}`;

export interface KnownVersion {
  /** `1.9` */
  readonly version: string;
  /** The newest Gateway API that it was built for: of what came later it knows nothing. */
  readonly gatewayApi: GatewayApiVersion;
}

export const GATEWAY_API = 'Gateway API';
export const MATCHES = 'HTTPRoute.matches';

/** Something that a version does not have. */
export interface Missing {
  /** In words for a sentence. */
  readonly what: string;
  readonly since: string;
}

/** By number, part by part: 1.10 is newer than 1.9. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (const [index, part] of left.entries()) if (part !== (right[index] ?? 0)) return part - (right[index] ?? 0);
  return 0;
}

/** Whether an older version was asked for than the one that brought something: a target may have had another way then. */
export function isBefore({ version }: { readonly version?: string }, since: string): boolean {
  return version !== undefined && compareVersions(version, since) < 0;
}

/** The minor version that somebody means with `1.8`, `v1.8` or `1.8.2`; null where it is not known. */
export function knownVersion({ known }: Versions, text: string): KnownVersion | null {
  const [, minor] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text) ?? [];
  return known.find(({ version }) => version === minor) ?? null;
}
