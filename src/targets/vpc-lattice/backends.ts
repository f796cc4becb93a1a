import type { LoweringContext } from '../contract.ts';
import { converted, inert, type Lower, placeOf, unmapped } from '../lowering.ts';
import { latticeFindings as find } from './findings.ts';
import { forServices } from './target-groups.ts';

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
      return unmapped(
        find['backend-protocol/grpc'](
          {
            services: servicesOf(context)
              .map(({ service }) => service)
              .join(', '),
          },
          place,
        ),
      );
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

function isHttp2OverTls({ rule }: LoweringContext): boolean {
  return rule.intents.some((intent) => intent.kind === 'gke' && intent.feature === 'http2OverTls');
}

function servicesOf({ rule }: LoweringContext) {
  return rule.action.kind === 'forward' ? rule.action.backends : [];
}
