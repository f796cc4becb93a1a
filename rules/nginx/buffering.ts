import { defineFindings } from '../../src/ledger/finding.ts';
import { goInt, type Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, idle, type Part, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { offset, onOff, type Size, size } from './value-codecs.ts';

const find = defineFindings('nginx/buffering', {
  'not-written': {
    level: 'note',
    message: (a: { annotation: string; value: string }) =>
      `${a.annotation} "${a.value}" passes the controller's check and is then left out of its configuration for its unit`,
  },
});

/** Requests are buffered by default, responses are not. Sizes are for memory and disk; none of them is a limit for bodies. */
export const buffering = defineRule({
  id: 'nginx/buffering',
  title: 'Buffering of requests and responses',
  docs: manual('proxy-buffering'),
  scope: 'location',
  becomes: 'buffering',
  reads: {
    request: at(`${PREFIX}proxy-request-buffering`, onOff),
    response: at(`${PREFIX}proxy-buffering`, onOff),
    bodyBuffer: at(`${PREFIX}client-body-buffer-size`, size),
    buffers: at(`${PREFIX}proxy-buffers-number`, goInt),
    bufferSize: at(`${PREFIX}proxy-buffer-size`, size),
    busy: at(`${PREFIX}proxy-busy-buffers-size`, size),
    tempFile: at(`${PREFIX}proxy-max-temp-file-size`, offset),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const refused = refusal(read.bodyBuffer);
    if (refused !== null) return { refused };
    const request = part(read.request, 'on');
    const response = part(read.response, 'off');
    const isBuffered = response.value === 'on';
    const whenBuffered = <T, F>(each: Read<T>, fallback: F, said?: string): Part<T | F> =>
      isBuffered ? part(each, fallback, said) : idle(each, fallback, 'proxy-buffering: "on"');
    const parameters = {
      clientBodyBufferSize: written(part(read.bodyBuffer, 8192)),
      // Also the most that the headers of a response may take, buffered or not: beyond it the client gets 502.
      bufferSize: written(part(read.bufferSize, 4096, '4k')),
      buffersNumber: whenBuffered(read.buffers, 4),
      busyBuffersSize: written(whenBuffered<Size, undefined>(read.busy, undefined, 'absent')),
      maxTempFileSize: written(whenBuffered(read.tempFile, 1024 ** 3, '1024m')),
    };
    const parts = [request, response, ...Object.values(parameters)];
    const settled = settledOf(...parts);
    const entries = entriesOf(...parts);
    const findings = warningsOf(settled);
    if (entries.length === 0) return { settled, findings };
    return {
      settled,
      findings,
      intents: [
        {
          kind: 'buffering',
          request: request.entries.length === 0 ? null : request.value === 'on',
          response: response.entries.length === 0 ? null : response.value === 'on',
          parameters: Object.fromEntries(
            Object.entries(parameters).flatMap(([name, each]) => (each.entries.length === 0 ? [] : [[name, String(each.value)]])),
          ),
          entries,
        },
      ],
    };
  },
});

/** A size with a unit that nginx does not know at this place is left out by the template. */
function written(each: Part<Size | undefined>): Part<Size | undefined> {
  if (each.value !== null || each.entries.length === 0) return each;
  const unused = each.entries.flatMap((entry) =>
    inert([entry], find['not-written']({ annotation: entry.name, value: entry.value }, placeOf(entry))),
  );
  return { value: null, entries: [], settled: [...each.settled, ...unused] };
}
