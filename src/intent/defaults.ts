/**
 * What a controller or an implementation does where nobody says anything. null: not known, or a matter of the installation.
 * Milliseconds and bytes; 0 = no limit.
 */
export interface Defaults {
  readonly bodyBytes: number | null;
  /** Longest silence of a backend. */
  readonly idleMs: number | null;
  readonly connectMs: number | null;
  /** How often a request is tried in all, on errors of the connection; 1 = once. */
  readonly tries: number | null;
  /** Strict-Transport-Security on HTTPS responses; '' = none. */
  readonly hsts: string | null;
  /** Headers that backends get besides those of the client. */
  readonly requestHeaders: readonly string[] | null;
}

export const UNKNOWN_DEFAULTS: Defaults = { bodyBytes: null, idleMs: null, connectMs: null, tries: null, hsts: null, requestHeaders: null };
