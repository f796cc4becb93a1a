import type { CommonIntent } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { speaksGrpc } from '../grpc-rule.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { routePart } from './kinds.ts';
import { nginxTime } from './nginx-units.ts';

const find = defineFindings('nginx-gateway-fabric/timing', {
  rounded: {
    level: 'note',
    message: (a: { ms: number; written: string }) => `${a.ms} ms are written as ${a.written}, the next that can be said`,
  },
  'whole-request': {
    level: 'note',
    message: (a: { ms: number }) =>
      `the time for a whole request (${a.ms} ms) is written as the longest silence of the backend: a response that keeps coming may take longer`,
    help: () => 'NGINX Gateway Fabric ignores the timeouts of a route. Where the whole has to be bounded, let the backend do so.',
    differs: ['status'],
  },
});

/** The directives of ingress-nginx, one by one. */
export const connectTimeout: Lower<'connectTimeout'> = (intent, context) => timeout('connect', intent.ms, intent, context);

export const idleTimeout: Lower<'idleTimeout'> = (intent, context) => timeout(intent.direction, intent.ms, intent, context);

export const requestTimeout: Lower<'requestTimeout'> = (intent, context) => {
  if (speaksGrpc(context.rule)) return ofGrpc('read', intent.ms, intent, context);
  if (intent.ms === 0)
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'NGINX always ends a request whose backend is silent, after 60 s unless told otherwise',
      nearest: 'Set timeout.read of a ProxySettingsPolicy as high as is needed.',
    });
  const lowering = timeout('read', intent.ms, intent, context);
  return lowering.as === 'written'
    ? approximated(lowering.parts, find['whole-request']({ ms: intent.ms }, placeOf(intent, context)))
    : lowering;
};

function timeout(which: 'connect' | 'read' | 'send', ms: number, intent: CommonIntent, context: LoweringContext): Lowering {
  if (speaksGrpc(context.rule)) return ofGrpc(which, ms, intent, context);
  const time = Number.isSafeInteger(ms) && ms >= 0 ? nginxTime(ms) : null;
  if (time === null)
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'it is more than what a ProxySettingsPolicy can say',
      nearest: `Set timeout.${which} of a ProxySettingsPolicy to at most 9999h.`,
    });
  const parts = { policies: [routePart('proxy', { timeout: { [which]: time.text } })] };
  return time.exact && ms > 0 ? converted(parts) : approximated(parts, find.rounded({ ms, written: time.text }, placeOf(intent, context)));
}

/** A ProxySettingsPolicy writes `proxy_…_timeout` whatever the route (2.6), and calls go by `grpc_…_timeout`: 60 s. */
function ofGrpc(which: 'connect' | 'read' | 'send', ms: number, intent: CommonIntent, context: LoweringContext): Lowering {
  if (ms === GRPC_TIMEOUT) return converted({});
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return lost('nginx-gateway-fabric', intent, context, {
    why: 'the timeouts of a ProxySettingsPolicy hold for HTTP alone, and calls of gRPC have 60 s',
    nearest: `Where the controller runs with --snippets, add a SnippetsFilter to the rule with snippets: [{context: http.server.location, value: "grpc_${which}_timeout ${seconds}s;"}]. Without it a call whose other side is silent for longer is cut off.`,
  });
}

const GRPC_TIMEOUT = 60_000;

/** NGINX tries every endpoint once on errors and timeouts of the connection, and cannot be told otherwise. */
export const retry: Lower<'retry'> = (intent, context) =>
  intent.tries === 0 && intent.totalMs === 0 && [...intent.on].sort().join() === 'error,timeout'
    ? converted({})
    : lost('nginx-gateway-fabric', intent, context, {
        why: 'retries of a route are ignored, and NGINX goes on to the next endpoint on errors and timeouts of the connection, until all have been tried',
        nearest: 'Where requests must not be repeated, let the backend notice it.',
      });
