import * as z from 'zod';
import { gravestFirst, gravity } from '../differences.ts';
import { DIFFERENCES } from '../json.ts';
import { jsonDocument } from '../json-document.ts';
import { count } from '../phrases.ts';
import { jsonRequest, toJsonRequest } from '../request-json.ts';
import { differenceBlocks } from '../text.ts';
import type { ProbeDiscrepancy, ProbeResult } from './probe.ts';
import { type Seen, seenText } from './reply.ts';

/** The report for people. */
export function probeText({ sent, same, unsafe, surplus, discrepancies, unreached }: ProbeResult): string {
  const lines = [
    `${count(sent)} requests sent to both, ${count(same)} answered alike, ${count(discrepancies.length)} differ`,
    ...(surplus === 0 ? [] : [`${count(surplus)} further requests were left out (--max)`]),
    ...(unsafe === 0 ? [] : [`${count(unsafe)} requests were not sent for their method (--method allows one)`]),
    ...(unreached === null
      ? []
      : [`given up: no request reached the ${unreached.side === 'before' ? 'old' : 'new'} address: ${unreached.reason}`]),
  ];
  const shown = discrepancies.toSorted((a, b) => gravity(a.differences) - gravity(b.differences));
  return `${[...lines, ...differenceBlocks(shown.map(shownOf))].join('\n')}\n`;
}

function shownOf({ request, differences, before, after }: ProbeDiscrepancy) {
  const sort = (seen: Seen) => (seen.kind === 'failed' ? seen.reason : `${seen.status} ${seen.backend ?? ''}`);
  return {
    request,
    differences,
    title: null,
    before: [seenText(before)],
    after: [seenText(after)],
    footer: '',
    reason: [differences.join(), request.scheme, request.host, sort(before), sort(after)].join('\n'),
  };
}

const seen = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reply'),
    status: z.int(),
    location: z.string().nullable(),
    headers: z.record(z.string(), z.string().nullable()),
    backend: z.string().nullable(),
  }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
const whole = z.int().nonnegative();

/** The public contract of `probe --json`. Additions keep the version, anything else raises it. */
export const jsonProbe = z.object({
  schemaVersion: z.literal(1),
  summary: z.object({ sent: whole, same: whole, different: whole, unsafe: whole, surplus: whole }),
  /** Set when the probe was given up because nothing reached an address. */
  unreached: z.object({ side: z.enum(['before', 'after']), reason: z.string() }).nullable(),
  differences: z.array(z.object({ request: jsonRequest, classes: z.array(z.enum(DIFFERENCES)), before: seen, after: seen })),
});

export type JsonProbe = z.infer<typeof jsonProbe>;

export function toJsonProbe({ sent, same, unsafe, surplus, discrepancies, unreached }: ProbeResult): JsonProbe {
  return {
    schemaVersion: 1,
    summary: { sent, same, different: discrepancies.length, unsafe, surplus },
    unreached,
    differences: discrepancies.map(({ request, differences, before, after }) => ({
      request: { ...toJsonRequest(request, request.split), url: urlOf(request) },
      classes: [...gravestFirst(differences)],
      before: jsonSeen(before),
      after: jsonSeen(after),
    })),
  };
}

export function probeJson(result: ProbeResult): string {
  return jsonDocument(toJsonProbe(result));
}

function jsonSeen(given: Seen): z.infer<typeof seen> {
  return given.kind === 'failed' ? given : { ...given, headers: { ...given.headers } };
}

/** With the target as it was sent. */
function urlOf(request: ProbeDiscrepancy['request']): string {
  const { url } = toJsonRequest({ ...request, path: '', query: {} }, false);
  return `${url}${request.target}`;
}
