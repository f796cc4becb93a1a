import type { CommonIntent } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { speaksGrpc } from '../grpc-rule.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, type Lower, placeOf } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';

const find = defineFindings('nginx-gateway-fabric/grpc', {
  'response-headers': {
    level: 'warning',
    message: (_: NoArgs) =>
      'headers of responses of gRPC are added, and those of that name which the backend sends are not taken away: NGINX Gateway Fabric hides headers of HTTP backends alone',
    help: () => 'Let the backend leave them out.',
    differs: ['headers'],
  },
});

/** What stands in a filter that a GRPCRoute does not have. */
function ofHttpAlone(intent: CommonIntent, context: LoweringContext, nearest: string): Lowering {
  return speaksGrpc(context.rule)
    ? lost('nginx-gateway-fabric', intent, context, { why: 'the backend speaks gRPC, and a GRPCRoute has no filter for it', nearest })
    : portable(intent, context);
}

export const cors: Lower<'cors'> = (intent, context) =>
  ofHttpAlone(intent, context, 'Browsers need a proxy for gRPC-Web before the backend in any case: let it answer other origins.');

export const upstreamHost: Lower<'upstreamHost'> = (intent, context) =>
  ofHttpAlone(intent, context, "The backend sees the client's :authority: let it accept any.");

/** Headers are written by `write`; those of responses are set by `add_header` and `proxy_hide_header`, which `grpc_pass` does not know. */
export function responseHeaders(write: Lower<'responseHeaders'>): Lower<'responseHeaders'> {
  return (intent, context) => {
    const lowering = write(intent, context);
    const takesAway = intent.set.length + intent.remove.length > 0;
    if (!speaksGrpc(context.rule) || lowering.as !== 'written' || !takesAway) return lowering;
    return approximated(lowering.parts, find['response-headers']({}, placeOf(intent, context)));
  };
}
