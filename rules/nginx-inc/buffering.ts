import type { Intent } from '../../src/intent/intent.ts';
import { goBool, type Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { bufferCount, offset, size } from './codecs.ts';
import { entriesOf, idle, type Part, part, settledOf } from './part.ts';

/** 1m by default; 0 is no limit. */
export const bodySize = defineEffective({
  id: 'nginx-inc/body-size',
  title: 'Largest request body',
  docs: manual('general-customization'),
  scope: 'location',
  becomes: 'bodySize',
  placed: 'location',
  reads: { limit: at(`${ORG}client-max-body-size`, offset) },
  findings: { default: valueFindings.default },
  effect({ limit }) {
    const bytes = part(limit, 1024 ** 2);
    const intents: readonly Intent[] = [{ kind: 'bodySize', bytes: bytes.value, entries: bytes.entries }];
    return { settled: bytes.settled, intents: bytes.entries.length === 0 ? [] : intents };
  },
});

/** Responses are buffered by default. Sizes are for memory and disk; none of them is a limit for bodies. */
export const buffering = defineEffective({
  id: 'nginx-inc/buffering',
  title: 'Buffering of requests and responses',
  docs: manual('general-customization'),
  scope: 'location',
  becomes: 'buffering',
  placed: 'location',
  reads: {
    response: at(`${ORG}proxy-buffering`, goBool),
    bodyBuffer: at(`${ORG}client-body-buffer-size`, size),
    buffers: at(`${ORG}proxy-buffers`, bufferCount),
    bufferSize: at(`${ORG}proxy-buffer-size`, size),
    busy: at(`${ORG}proxy-busy-buffers-size`, size),
    tempFile: at(`${ORG}proxy-max-temp-file-size`, size),
  },
  findings: { default: valueFindings.default, 'without-partner': valueFindings['without-partner'] },
  effect(read) {
    const response = part(read.response, true);
    const whenBuffered = <T>(each: Read<T>): Part<T | null> =>
      response.value ? part(each, null) : idle<T | null>(each, null, 'proxy-buffering');
    const parameters = {
      clientBodyBufferSize: part(read.bodyBuffer, null),
      // Also the most that the headers of a response may take: beyond it the client gets 502.
      bufferSize: part(read.bufferSize, null),
      buffers: whenBuffered(read.buffers),
      busyBuffersSize: whenBuffered(read.busy),
      maxTempFileSize: whenBuffered(read.tempFile),
    };
    const parts = [response, ...Object.values(parameters)];
    const entries = entriesOf(...parts);
    if (entries.length === 0) return { settled: settledOf(...parts) };
    const written = Object.entries(parameters).flatMap(([name, each]) => (each.entries.length === 0 ? [] : [[name, String(each.value)]]));
    return {
      settled: settledOf(...parts),
      intents: [
        {
          kind: 'buffering',
          request: null,
          response: response.entries.length === 0 ? null : response.value,
          parameters: Object.fromEntries(written),
          entries,
        },
      ],
    };
  },
});
