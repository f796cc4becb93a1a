import { goInt } from '../../src/rule/codec.ts';
import { inertRow, lostRow, type Row } from '../../src/rule/row.ts';
import { nginxTime, size, unsigned } from './codecs.ts';

/** Annotations of `nginx.org/` with one value, one effect and no partner. */
export const orgRows: readonly Row[] = [
  lostRow({
    name: 'keepalive',
    codec: goInt,
    default: 0,
    onInvalid: 'refused',
    why: 'how many idle connections to the backend are kept open is up to the implementation, which mostly keeps some by default',
    instead: 'Look for connection pool settings of the implementation if the number matters.',
  }),
  lostRow({
    name: 'max-conns',
    codec: unsigned,
    default: 0,
    onInvalid: 'refused',
    why: 'the number of connections to one endpoint cannot be bounded with the portable Gateway API: a backend that relies on it may get more than it can bear',
    instead:
      'Most implementations have a circuit breaker (Envoy Gateway BackendTrafficPolicy, Istio DestinationRule); a limit in the backend itself is safer.',
    differs: ['status'],
  }),
  inertRow({
    name: 'upstream-zone-size',
    codec: size,
    onInvalid: 'refused',
    why: 'it sizes memory that nginx shares among its own workers and changes no request',
  }),
];

/** Of `nginx.com/`. */
export const comRows: readonly Row[] = [
  lostRow({
    name: 'slow-start',
    codec: nginxTime,
    default: 0,
    onInvalid: 'refused',
    why: 'that an endpoint gets its full share only some time after it came back cannot be written in the portable Gateway API',
    instead:
      'Envoy Gateway (BackendTrafficPolicy slowStart) and Istio (warmup) have it; a readiness probe that waits for warm caches needs neither.',
  }),
];
