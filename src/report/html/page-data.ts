/**
 * What the script of the page is given, packed: texts are positions in `strings`, so that a name that occurs ten thousand
 * times is written once; `NONE` where there is nothing. The tuples are rows of tables.
 */
export interface PageData {
  readonly strings: readonly string[];
  readonly ingresses: readonly IngressRow[];
  readonly findings: readonly FindingRow[];
  readonly settings: readonly SettingRow[];
  readonly routes: readonly RouteRow[];
  readonly withheld: readonly WithheldRow[];
  readonly waived: readonly WaivedRow[];
}

export const NONE = -1;

/** namespace, name, vendor, status, reason, file, line */
export type IngressRow = readonly [number, number, number, number, number, number, number];

/**
 * code, level, message, help, file, line, column, Ingress (its row), source line, flags. Findings that are only the reason
 * of a setting (of what had no effect before, or is accepted) are not `LISTED`.
 */
export type FindingRow = readonly [number, number, number, number, number, number, number, number, number, number];

export const SECURITY = 1;
export const KNOWN = 2;
export const LISTED = 4;

/** Ingress, key, value, file, line, outcome, finding (its row), where it was written */
export type SettingRow = readonly [number, number, number, number, number, number, number, number];

/** Ingress, host, state, path before, targets before, codes, rows after: route, path, targets. Lists are texts with line ends. */
export type RouteRow = readonly [number, number, number, number, number, number, readonly (readonly [number, number, number])[]];

/** Ingress, host, path, finding */
export type WithheldRow = readonly [number, number, number, number];

/** finding, reason, until, by */
export type WaivedRow = readonly [number, number, number, number];
