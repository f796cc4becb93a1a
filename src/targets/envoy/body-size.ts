import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import type { Implementation } from './implementation.ts';
import { byteQuantity, LARGEST_HELD_BODY } from './quantity.ts';

/** Envoy has no limit of its own; with one it holds each body until it is whole. `write` makes the parts of a quantity. */
export function bodySizeOf({ name, title }: Implementation, field: string, write: (limit: string) => RuleParts): Lower<'bodySize'> {
  const find = defineFindings(`${name}/body-size`, {
    held: {
      level: 'warning',
      message: (a: { limit: string }) =>
        `bodies above ${a.limit} are refused with 413 as before, but Envoy now holds each request in memory until its body is whole`,
      help: () =>
        `WebSockets and streamed uploads hang on a route with ${field}: remove it from the policy where the paths serve any, and let the backend limit the size.`,
      differs: ['status'],
    },
    'too-large': {
      level: 'warning',
      message: (a: { limit: string }) =>
        `request bodies above ${a.limit} will no longer be refused: ${title} would have to hold such bodies in memory, so no limit was written`,
      help: () => `Check that the backend has a limit of its own, or set ${field} to what the memory of the proxies bears.`,
      differs: ['status'],
    },
    streams: {
      level: 'warning',
      message: (a: { limit: string }) =>
        `request bodies above ${a.limit} will no longer be refused: the backend speaks gRPC, whose streams would hang if bodies were held`,
      help: () => 'gRPC servers have a limit of their own for each message (4 MiB by default).',
      differs: ['status'],
    },
  });
  return (intent, context) => {
    if (intent.bytes === 0) return converted({});
    const place = placeOf(intent, context);
    const limit = byteQuantity(intent.bytes);
    if (speaksGrpc(context)) return unmapped(find.streams({ limit }, place));
    if (intent.bytes > LARGEST_HELD_BODY) return unmapped(find['too-large']({ limit }, place));
    return approximated(write(limit), find.held({ limit }, place));
  };
}

function speaksGrpc({ rule }: LoweringContext): boolean {
  return rule.intents.some((intent) => intent.kind === 'backendProtocol' && (intent.protocol === 'GRPC' || intent.protocol === 'GRPCS'));
}
