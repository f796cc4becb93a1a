import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { RuleParts } from '../contract.ts';
import { speaksGrpc } from '../grpc-rule.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, inert, type Lower, placeOf, unfinished } from '../lowering.ts';
import { gatewayDefaults, routePart } from './kinds.ts';
import { nginxSize } from './nginx-units.ts';

const find = defineFindings('nginx-gateway-fabric/messages', {
  buffering: {
    level: 'note',
    message: (a: { lost: string }) => `buffering is written, except that ${a.lost}`,
    help: () => 'NGINX reads requests whole before it sends them on.',
  },
  'grpc-unbuffered': {
    level: 'note',
    message: (_: NoArgs) => 'NGINX passes the messages of gRPC on as they come, today as from now on: buffering is a matter of HTTP',
  },
  tracing: {
    level: 'warning',
    message: (a: { lost: string }) => `tracing is switched on by an ObservabilityPolicy; where the traces go is not part of it${a.lost}`,
    help: () => 'Name the collector in spec.telemetry.exporter.endpoint of the NginxProxy of the GatewayClass or of the Gateway.',
  },
});

/** Responses are passed on as they come unless a route says otherwise; NGINX by itself holds them back. */
export function passedOn(): RuleParts {
  return { policies: [gatewayDefaults({ buffering: { disable: true } })] };
}

/**
 * The controller sets the first buffer and all the others to one size; NGINX refuses a configuration in which the first is
 * larger than the others allow, so that they go together.
 */
export const buffering: Lower<'buffering'> = (intent, context) => {
  if (speaksGrpc(context.rule)) return inert(find['grpc-unbuffered']({}, placeOf(intent, context)));
  const { bufferSize, buffersNumber, busyBuffersSize, ...other } = intent.parameters;
  const size = sizeOf(bufferSize) ?? (buffersNumber === undefined ? null : '4k');
  const number = Math.min(Math.max(2, Number(buffersNumber ?? 4)), 256);
  const busy = sizeOf(busyBuffersSize);
  const spec: JsonObject = {
    ...(intent.response === null ? {} : { disable: !intent.response }),
    ...(size === null ? {} : { bufferSize: size, buffers: { number, size } }),
    ...(busy === null ? {} : { busyBuffersSize: busy }),
  };
  const parts = Object.keys(spec).length === 0 ? {} : { policies: [routePart('proxy', { buffering: spec })] };
  const left = differences(intent, Object.keys(other));
  return left.length === 0 ? converted(parts) : approximated(parts, find.buffering({ lost: left.join('; ') }, placeOf(intent, context)));
};

function sizeOf(bytes: string | undefined): string | null {
  return bytes === undefined || !/^[0-9]+$/.test(bytes) ? null : (nginxSize(Number(bytes))?.text ?? null);
}

function differences({ request }: IntentOf<'buffering'>, others: readonly string[]): readonly string[] {
  return [
    ...(request === false ? ['requests are read whole before they are sent on'] : []),
    ...(others.length === 0 ? [] : ['sizes for bodies of requests and for files on disk are those of NGINX']),
  ];
}

/** Off unless said otherwise. */
export const compression: Lower<'compression'> = (intent, context) =>
  intent.enabled
    ? lost('nginx-gateway-fabric', intent, context, {
        why: 'compression comes with version 2.7, for a whole Gateway',
        nearest: 'From then on: spec.compression of the NginxProxy. Until then let the backend compress.',
      })
    : converted({});

/** On unless said otherwise. */
export const accessLog: Lower<'accessLog'> = (intent, context) =>
  intent.enabled
    ? converted({})
    : lost('nginx-gateway-fabric', intent, context, {
        why: 'the access log can be switched off for a whole Gateway only',
        nearest: 'spec.logging.accessLog.disable of the NginxProxy of the Gateway does so for all its routes.',
      });

export const tracing: Lower<'tracing'> = (intent, context) => {
  if (!intent.enabled) return converted({});
  const { operationName, trustIncomingSpan } = intent.parameters;
  const trusts = trustIncomingSpan !== 'false';
  const spec = {
    tracing: {
      strategy: 'ratio',
      ratio: 100,
      context: trusts ? 'propagate' : 'inject',
      ...(operationName !== undefined && /^[A-Za-z0-9_-]{1,255}$/.test(operationName) ? { spanName: operationName } : {}),
    },
  };
  return unfinished(
    { policies: [routePart('tracing', spec)] },
    find.tracing({ lost: '; every request is traced' }, placeOf(intent, context)),
  );
};
