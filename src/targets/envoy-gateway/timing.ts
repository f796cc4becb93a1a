import { connectTimeoutOf, idleTimeoutOf } from '../envoy/timing.ts';
import { ENVOY_GATEWAY, traffic } from './kinds.ts';

export const connectTimeout = connectTimeoutOf(ENVOY_GATEWAY, {
  field: 'timeout.tcp.connectTimeout of a BackendTrafficPolicy',
  write: (duration) => traffic({ timeout: { tcp: { connectTimeout: duration } } }),
});

export const idleTimeout = idleTimeoutOf(ENVOY_GATEWAY, {
  field: 'timeout.http.streamIdleTimeout of a BackendTrafficPolicy',
  write: (duration) => traffic({ timeout: { http: { streamIdleTimeout: duration } } }),
});
