import type { Intent } from '../../intent/intent.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { speaksGrpc } from '../grpc-rule.ts';
import { isHttpsOnly } from '../https-only.ts';
import { converted, inert, type Lower, placeOf, unmapped } from '../lowering.ts';
import { latticeFindings as find } from './findings.ts';
import { forServices, type ServiceName } from './target-groups.ts';

export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.protocol) {
    case 'HTTP':
      return converted({});
    case 'HTTPS':
      return converted(
        forServices(servicesOf(context), { protocol: 'HTTPS', protocolVersion: isHttp2OverTls(context) ? 'HTTP2' : 'HTTP1' }),
      );
    case 'HTTP2':
      return converted(forServices(servicesOf(context), { protocol: 'HTTP', protocolVersion: 'HTTP2' }));
    case 'GRPC':
    case 'GRPCS':
      return grpc(servicesOf(context), intent.protocol === 'GRPCS' ? 'HTTPS' : 'HTTP', intent, context);
    case 'FCGI':
    case 'AUTO_HTTP':
      return unmapped(
        find['backend-protocol/unsupported']({ protocol: intent.protocol === 'FCGI' ? 'FastCGI' : 'HTTP or TLS as its client' }, place),
      );
    default:
      return intent.protocol satisfies never;
  }
};

export const backendTls: Lower<'backendTls'> = (intent, context) => {
  const overTls = context.rule.intents.some((other) => other.kind === 'backendProtocol' && other.protocol === 'HTTPS');
  if (!overTls)
    return inert(find['setting/none']({ what: 'how certificates of backends without TLS are treated' }, placeOf(intent, context)));
  return intent.verify || intent.secret !== null ? unmapped(find['backend-tls/unverified']({}, placeOf(intent, context))) : converted({});
};

/** A GRPCRoute on an HTTPS listener, which the planner writes where the whole host speaks gRPC. */
export function grpc(services: readonly ServiceName[], protocol: 'HTTP' | 'HTTPS', intent: Intent, context: LoweringContext): Lowering {
  const names = services.map(({ service }) => service).join(', ');
  if (isHttpsOnly(context))
    return speaksOnlyGrpc(context)
      ? converted({ ...forServices(services, { protocol, protocolVersion: 'GRPC' }), grpc: true })
      : unmapped(find['backend-protocol/mixed']({ services: names, host: context.host || 'any host' }, placeOf(intent, context)));
  return unmapped(find['backend-protocol/grpc']({ services: names }, placeOf(intent, context)));
}

/** Whether everything that the host sends to a backend over HTTPS speaks it: a host is one route. */
function speaksOnlyGrpc({ table, host }: LoweringContext): boolean {
  const rules = table.hosts.filter((each) => each.host === host).flatMap((each) => each.rules);
  return rules.filter(({ action, scheme }) => action.kind === 'forward' && scheme !== 'http').every(speaksGrpc);
}

function isHttp2OverTls({ rule }: LoweringContext): boolean {
  return rule.intents.some((intent) => intent.kind === 'gke' && intent.feature === 'http2OverTls');
}

function servicesOf({ rule }: LoweringContext) {
  return rule.action.kind === 'forward' ? rule.action.backends : [];
}
