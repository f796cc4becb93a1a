import type { Entry } from '../../../src/model/entry.ts';
import type { HttpsRedirect } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { entryOf, valueOr } from '../../../src/rule/codec.ts';
import { httpsFindings } from '../ssl-redirect.ts';
import type { Facts } from './facts.ts';
import type { Location } from './location.ts';

export interface HttpsDecision {
  readonly redirect: HttpsRedirect | null;
  /** Settings that keep the path on HTTP. */
  readonly entries: readonly Entry[];
}

export const NOT_REDIRECTED: HttpsDecision = { redirect: null, entries: [] };

/** Whether a location sends clear-text requests to HTTPS. `registered`: a certificate is registered for the host. */
export function httpsDecision(location: Location, registered: boolean, books: Books): HttpsDecision {
  const { sslRedirect, force, preserveSlash } = location.facts.https;
  const { status, exempt } = location.facts.httpsConfig;
  if (exempt.some((start) => location.path.startsWith(start))) return NOT_REDIRECTED;
  // The default server's root leaves the rewrite group out when it comes from spec.defaultBackend alone.
  const forced = location.rewriting && valueOr(force, false);
  if (!forced && !(location.rewriting && valueOr(sslRedirect, true) && registered)) {
    return {
      redirect: null,
      entries: registered && location.rewriting && sslRedirect.state === 'valid' && !forced ? [sslRedirect.entry] : [],
    };
  }
  const kept = valueOr(preserveSlash, false);
  if (!kept) books.findings.push(httpsFindings['trailing-slash']({}));
  const entries = [
    ...(forced ? entryOf(force) : sslRedirect.state === 'valid' ? [sslRedirect.entry] : []),
    ...(kept ? entryOf(preserveSlash) : []),
  ];
  if (forced && !registered) reportTermination(location.facts, books);
  return { redirect: { status, port: 443, entries }, entries: [] };
}

function reportTermination({ https: { force }, ref }: Facts, books: Books): void {
  const [entry] = entryOf(force);
  books.findings.push(httpsFindings['terminated-before']({}, { at: entry?.at ?? ref.at, ingress: ref }));
}
