import { defineFindings } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import type { Implementation } from './implementation.ts';

/** Of one response; the controller answers 502 where its buffer is smaller. */
const ENVOY_RESPONSE_HEADERS = 60 * 1024;

/** Envoy passes bodies on as they come, in both directions. */
export function bufferingOf({ name, title }: Implementation): Lower<'buffering'> {
  const find = defineFindings(`${name}/buffering`, {
    streamed: {
      level: 'note',
      message: (a: { what: string }) => `${a.what} are no longer buffered: ${title} passes them on as they come`,
      help: () =>
        'It matters for backends with few workers and slow clients: see that the backend bears connections that are open for long.',
    },
    'no-buffers': {
      level: 'note',
      message: (a: { headers: string }) =>
        `there are no buffers whose sizes could be set: ${title} passes bodies on as they come${a.headers}`,
    },
    'large-headers': {
      level: 'warning',
      message: (a: { bytes: number }) =>
        `response headers up to ${a.bytes} bytes are taken today; Envoy takes 60 KiB and answers 502 or 503 beyond`,
      help: () => "Let the backend send fewer or smaller headers (usually cookies); the implementation has no field for Envoy's limit.",
      differs: ['status'],
    },
  });
  return (intent, context) => {
    const place = placeOf(intent, context);
    const held = [...(intent.request === true ? ['requests'] : []), ...(intent.response === true ? ['responses'] : [])];
    if (held.length > 0) return unmapped(find.streamed({ what: held.join(' and ') }, place));
    const bufferSize = Number(intent.parameters['bufferSize'] ?? 0);
    if (bufferSize > ENVOY_RESPONSE_HEADERS) return approximated({}, find['large-headers']({ bytes: bufferSize }, place));
    if (Object.keys(intent.parameters).length === 0) return converted({});
    return approximated({}, find['no-buffers']({ headers: bufferSize > 0 ? ', and takes 60 KiB of response headers' : '' }, place));
  };
}
