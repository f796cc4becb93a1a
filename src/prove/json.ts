import * as z from 'zod';
import type { Position } from '../model/position.ts';
import { type Answer, answerText } from './answer.ts';
import { gravestFirst } from './differences.ts';
import { jsonDocument } from './json-document.ts';
import type { PortVerification } from './ports.ts';
import { type JsonRequest, jsonRequest, toJsonRequest } from './request-json.ts';
import type { Discrepancy, Verification } from './verify.ts';

const count = z.int().nonnegative();
const share = z.object({ backend: z.string(), weight: z.number(), path: z.string(), host: z.string().nullable() });
const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backends'), shares: z.array(share), protections: z.array(z.string()) }),
  z.object({ kind: z.literal('passthrough'), shares: z.array(share) }),
  z.object({ kind: z.literal('redirect'), status: count, location: z.string() }),
  z.object({ kind: z.literal('error'), status: count }),
  z.object({ kind: z.literal('unreachable') }),
  z.object({ kind: z.literal('undecidable'), because: z.string() }),
]);
const side = z.object({
  answer,
  text: z.string(),
  /** The rule that answers; '' for none. */
  source: z.string(),
  file: z.string().nullable(),
  line: count.nullable(),
});

export const DIFFERENCES = [
  'protection',
  'wider',
  'wrong-backend',
  'unreachable',
  'redirect',
  'wrong-path',
  'weight',
  'narrower',
  'headers',
  'status',
  'setting',
] as const;

/** The public contract of `verify --json`. Additions keep the version, anything else raises it. */
export const jsonVerification = z.object({
  schemaVersion: z.literal(1),
  summary: z.object({
    requests: count,
    /** Combinations of conditions left out of the full product. */
    reduced: count,
    same: count,
    different: count,
    /** Differences that a finding of the conversion names. */
    announced: count,
    unannounced: count,
    /** Requests that were protected before. */
    guarded: count,
    protectionsLost: count,
  }),
  differences: z.array(
    z.object({
      request: jsonRequest,
      /** Gravest first. */
      classes: z.array(z.enum(DIFFERENCES)),
      before: side,
      after: side,
      announcedBy: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
  requests: z.array(jsonRequest),
  /** TCP and UDP ports, where there are any. */
  ports: z
    .object({
      compared: count,
      same: count,
      guarded: count,
      differences: z.array(
        z.object({
          protocol: z.enum(['TCP', 'UDP']),
          port: count,
          classes: z.array(z.enum(DIFFERENCES)),
          before: side,
          after: side,
          announcedBy: z.object({ code: z.string(), message: z.string() }).nullable(),
        }),
      ),
    })
    .optional(),
});

export type JsonVerification = z.infer<typeof jsonVerification>;

export function toJsonVerification(verification: Verification): JsonVerification {
  const { discrepancies } = verification;
  const unannounced = discrepancies.filter(({ explained }) => explained === null).length;
  return {
    schemaVersion: 1,
    summary: {
      requests: verification.requests.length,
      reduced: verification.reduced,
      same: verification.same,
      different: discrepancies.length,
      announced: discrepancies.length - unannounced,
      unannounced,
      guarded: verification.guarded,
      protectionsLost: discrepancies.filter(({ differences }) => differences.includes('protection')).length,
    },
    differences: discrepancies.map((item) => differenceOf(item, verification)),
    requests: requestsOf(verification),
    ...(verification.ports === undefined ? {} : { ports: portsOf(verification.ports) }),
  };
}

function portsOf({ compared, same, guarded, discrepancies }: PortVerification): NonNullable<JsonVerification['ports']> {
  return {
    compared,
    same,
    guarded,
    differences: discrepancies.map(({ protocol, port, differences, before, after, beforeSource, afterSource, at, afterAt, explained }) => ({
      protocol,
      port,
      classes: [...gravestFirst(differences)],
      before: sideOf(before, beforeSource, at),
      after: sideOf(after, afterSource, afterAt),
      announcedBy: explained === null ? null : { code: explained.code, message: explained.message },
    })),
  };
}

/** The comparison as JSON text, with the requests it rests on. */
export function verificationJson(verification: Verification): string {
  return jsonDocument(toJsonVerification(verification));
}

/** The requests alone, as `probe --requests` takes them. */
export function requestsJson(verification: Verification): string {
  return jsonDocument({ schemaVersion: 1, requests: requestsOf(verification) });
}

function requestsOf({ requests, split }: Verification): JsonRequest[] {
  return requests.map((request) => toJsonRequest(request, split.has(request)));
}

function differenceOf(item: Discrepancy, { split }: Verification): JsonVerification['differences'][number] {
  const { request, differences, before, after, explained } = item;
  return {
    request: toJsonRequest(request, split.has(request)),
    classes: [...gravestFirst(differences)],
    before: sideOf(before, item.beforeSource, item.at),
    after: sideOf(after, item.afterSource, item.afterAt),
    announcedBy: explained === null ? null : { code: explained.code, message: explained.message },
  };
}

function sideOf(given: Answer, source: string, at: Position | null): JsonVerification['differences'][number]['before'] {
  return { answer: jsonAnswer(given), text: answerText(given), source, file: at?.file ?? null, line: at?.line ?? null };
}

function jsonAnswer(given: Answer): z.infer<typeof answer> {
  switch (given.kind) {
    case 'backends':
      return { ...given, shares: [...given.shares], protections: [...given.protections] };
    case 'passthrough':
      return { ...given, shares: [...given.shares] };
    case 'redirect':
    case 'error':
    case 'unreachable':
    case 'undecidable':
      return given;
    default:
      return given satisfies never;
  }
}
