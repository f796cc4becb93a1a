import { connectTimeoutOf, idleTimeoutOf } from '../envoy/timing.ts';
import { backends, KGATEWAY, traffic } from './kinds.ts';

/** A setting of the Service. */
export const connectTimeout = connectTimeoutOf(KGATEWAY, {
  field: 'connectTimeout of a BackendConfigPolicy',
  write: (duration, context) => backends({ connectTimeout: duration }, context),
});

export const idleTimeout = idleTimeoutOf(KGATEWAY, {
  field: 'timeouts.streamIdle of a TrafficPolicy',
  write: (duration) => traffic({ timeouts: { streamIdle: duration } }),
});
