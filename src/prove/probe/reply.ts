/** What came back over the wire. */
export type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** By lower-case name; repeated ones joined by a comma. */
      readonly headers: Readonly<Record<string, string>>;
    }
  /** No answer: refused, timed out, TLS not agreed. `network`: the address itself could not be reached. */
  | { readonly kind: 'failed'; readonly reason: string; readonly network: boolean };

/** A reply as far as it is compared. */
export type Seen =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** As clients of the real address would see it; null when there is none. */
      readonly location: string | null;
      /** The headers asked for, by lower-case name; null where absent. */
      readonly headers: Readonly<Record<string, string | null>>;
      /** Who answered, by the header that says so; null when none was asked for or it is absent. */
      readonly backend: string | null;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** `200 from web-2`, `308 → https://…`, `no answer: ECONNREFUSED`. */
export function seenText(seen: Seen): string {
  if (seen.kind === 'failed') return `no answer: ${seen.reason}`;
  const headers = Object.entries(seen.headers).map(([name, value]) => `${name}: ${value ?? '(absent)'}`);
  const location = seen.location === null ? '' : ` → ${seen.location}`;
  const backend = seen.backend === null ? '' : ` from ${seen.backend}`;
  return `${seen.status}${location}${backend}${headers.length === 0 ? '' : ` (${headers.join(', ')})`}`;
}
