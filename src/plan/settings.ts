import type { HTTPRouteRule } from '../gateway/types.ts';
import type { RuleParts } from '../targets/contract.ts';
import type { DraftRule } from './draft.ts';

/** Timeouts of all parts together; of retries and persistence the last one. */
export function mergeSettings(parts: readonly RuleParts[]): DraftRule['settings'] {
  const timeouts = bounded(Object.assign({}, ...parts.map((part) => part.timeouts)));
  const retry = parts.findLast((part) => part.retry !== undefined)?.retry;
  const sessionPersistence = parts.findLast((part) => part.sessionPersistence !== undefined)?.sessionPersistence;
  return {
    ...(Object.keys(timeouts).length === 0 ? {} : { timeouts }),
    ...(retry === undefined ? {} : { retry }),
    ...(sessionPersistence === undefined ? {} : { sessionPersistence }),
  };
}

type Timeouts = NonNullable<HTTPRouteRule['timeouts']>;

/** The API server refuses an attempt that may take longer than the whole request; the request's limit holds for it anyway. */
function bounded(timeouts: Timeouts): Timeouts {
  const { request, backendRequest } = timeouts;
  if (request === undefined || backendRequest === undefined) return timeouts;
  const limit = milliseconds(request);
  return limit > 0 && milliseconds(backendRequest) > limit ? { request } : timeouts;
}

const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Of a Gateway API duration: `1h30m`, `500ms`. */
function milliseconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unit === 'h' || unit === 'm' || unit === 's' || unit === 'ms' ? UNITS[unit] : 0),
    0,
  );
}
