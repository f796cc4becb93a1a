import type { Difference } from '../../ledger/finding.ts';
import type { SentRequest } from '../request-json.ts';
import { type Address, publicLocation } from './address.ts';
import type { Reply, Seen } from './reply.ts';

export interface Compared {
  /** Response headers that have to be alike, lower case. */
  readonly headers: readonly string[];
  /** The response header that names the backend, lower case; null when there is none. */
  readonly backendHeader: string | null;
}

export function seenOf(reply: Reply, request: SentRequest, address: Address, { headers, backendHeader }: Compared): Seen {
  if (reply.kind === 'failed') return { kind: 'failed', reason: reply.reason };
  const location = reply.headers['location'];
  return {
    kind: 'reply',
    status: reply.status,
    location: location === undefined ? null : publicLocation(location, request, address),
    headers: Object.fromEntries(headers.map((name) => [name, reply.headers[name] ?? null])),
    backend: backendHeader === null ? null : (reply.headers[backendHeader] ?? null),
  };
}

/** How two replies to one request differ; empty when they do not. Two that did not come are alike. */
export function compareSeen(before: Seen, after: Seen, request: SentRequest): readonly Difference[] {
  if (before.kind === 'failed') return after.kind === 'reply' && after.status < 400 ? ['wider'] : [];
  if (after.kind === 'failed') return ['unreachable'];
  const answered = compareStatus(before, after, request);
  const names = Object.keys(before.headers);
  // Where weights decide, two answers from different backends say nothing.
  const otherBackend = !request.split && before.backend !== after.backend && answered.length === 0;
  return [
    ...answered,
    ...(otherBackend ? (['wrong-backend'] as const) : []),
    ...(names.some((name) => before.headers[name] !== after.headers[name]) ? (['headers'] as const) : []),
  ];
}

type Answered = Extract<Seen, { kind: 'reply' }>;

function compareStatus(before: Answered, after: Answered, request: SentRequest): readonly Difference[] {
  const [was, is] = [sortOf(before), sortOf(after)];
  if (was === 'redirect' && is === 'redirect')
    return before.status === after.status && before.location === after.location ? [] : ['redirect'];
  if (was === 'redirect') return is === 'served' && isUpgrade(before, request) ? ['protection'] : ['redirect'];
  if (is === 'redirect') return was === 'served' ? ['redirect'] : ['wider'];
  if (was === 'served' && is === 'served') return before.status === after.status ? [] : ['status'];
  if (was === 'served') return [after.status >= 500 ? 'unreachable' : 'narrower'];
  if (is === 'served') return [was === 'denied' ? 'protection' : 'wider'];
  return before.status === after.status ? [] : ['status'];
}

function sortOf({ status, location }: Answered): 'served' | 'redirect' | 'denied' | 'error' {
  if (status >= 300 && status < 400 && location !== null) return 'redirect';
  if (status < 400) return 'served';
  return status === 401 || status === 403 || status === 407 ? 'denied' : 'error';
}

/** Clear text was sent to https before. */
function isUpgrade({ location }: Answered, request: SentRequest): boolean {
  return (
    request.scheme === 'http' &&
    location !== null &&
    (location.startsWith(`https://${request.host}/`) || location.startsWith(`https://${request.host}:`))
  );
}
