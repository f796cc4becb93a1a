import type { Gateway, GRPCRoute, HTTPRoute, HTTPRouteFilter, ListenerSet, OutputObject, ParentRef } from '../../src/gateway/types.ts';

/**
 * What objects need of an implementation, in the words of `pkg/features`, found by looking at every field: by another way than the one by
 * which they were written.
 */
export function featuresUsed(objects: readonly OutputObject[]): ReadonlySet<string> {
  return new Set(objects.flatMap(ofObject).filter((name) => name !== false));
}

type Uses = readonly (string | false)[];

function ofObject(object: OutputObject): Uses {
  switch (object.kind) {
    case 'Gateway':
      return ofGateway(object as Gateway);
    case 'ListenerSet':
      return ['ListenerSet', ...ofListeners((object as ListenerSet).spec.listeners)];
    case 'HTTPRoute':
      return ofRoute(object as HTTPRoute);
    case 'GRPCRoute':
      return ['GRPCRoute', ...(object as GRPCRoute).spec.rules.map((rule) => rule.name !== undefined && 'GRPCRouteNamedRouteRule')];
    case 'TLSRoute':
    case 'TCPRoute':
    case 'UDPRoute':
      return [object.kind];
    case 'BackendTLSPolicy': {
      const text = JSON.stringify(object);
      return ['BackendTLSPolicy', text.includes('"subjectAltNames"') && 'BackendTLSPolicySANValidation'];
    }
    case 'Service':
      return [JSON.stringify(object).includes('kubernetes.io/h2c') && 'HTTPRouteBackendProtocolH2C'];
    default:
      return [];
  }
}

function ofGateway({ spec }: Gateway): Uses {
  const { addresses, infrastructure, tls, allowedListeners, listeners } = spec;
  const frontend = [tls?.frontend?.default, ...(tls?.frontend?.perPort ?? []).map((each) => each.tls)].filter((each) => each != null);
  return [
    addresses !== undefined && 'GatewayStaticAddresses',
    addresses?.some(({ value }) => value === undefined) === true && 'GatewayAddressEmpty',
    (infrastructure?.labels ?? infrastructure?.annotations) !== undefined && 'GatewayInfrastructurePropagation',
    tls?.backend !== undefined && 'GatewayBackendClientCertificate',
    tls?.frontend !== undefined && 'GatewayFrontendClientCertificateValidation',
    frontend.some(({ validation }) => validation?.mode === 'AllowInsecureFallback') &&
      'GatewayFrontendClientCertificateValidationInsecureFallback',
    allowedListeners !== undefined && 'ListenerSet',
    ...ofListeners(listeners),
  ];
}

function ofListeners(listeners: Gateway['spec']['listeners']): Uses {
  return listeners.flatMap(({ port, protocol, tls }) => [
    port === 8080 && 'GatewayPort8080',
    protocol === 'TLS' && tls?.mode !== 'Passthrough' && 'TLSRouteModeTerminate',
  ]);
}

function ofParents(parents: readonly ParentRef[]): Uses {
  return parents.flatMap(({ port, kind }) => [port !== undefined && 'HTTPRouteParentRefPort', kind === 'ListenerSet' && 'ListenerSet']);
}

function ofRoute({ spec }: HTTPRoute): Uses {
  return [
    'HTTPRoute',
    ...ofParents(spec.parentRefs),
    ...spec.rules.flatMap((rule): Uses => {
      const mirrors = (rule.filters ?? []).filter(({ type }) => type === 'RequestMirror').length;
      return [
        rule.name !== undefined && 'HTTPRouteNamedRouteRule',
        rule.timeouts?.request !== undefined && 'HTTPRouteRequestTimeout',
        rule.timeouts?.backendRequest !== undefined && 'HTTPRouteBackendTimeout',
        rule.retry !== undefined && 'HTTPRouteRetry',
        rule.retry !== undefined && (rule.retry.codes ?? []).length === 0 && 'HTTPRouteRetryConnectionError',
        mirrors > 1 && 'HTTPRouteRequestMultipleMirrors',
        ...(rule.matches ?? []).flatMap(({ method, queryParams }) => [
          method !== undefined && 'HTTPRouteMethodMatching',
          queryParams !== undefined && 'HTTPRouteQueryParamMatching',
        ]),
        ...(rule.filters ?? []).flatMap(ofFilter),
        ...(rule.backendRefs ?? []).flatMap(({ filters = [] }) =>
          filters.map(({ type }) =>
            type === 'RequestHeaderModifier' ? 'HTTPRouteBackendRequestHeaderModification' : `backendRefs.filters.${type}`,
          ),
        ),
      ];
    }),
  ];
}

function ofFilter(filter: HTTPRouteFilter): Uses {
  switch (filter.type) {
    case 'RequestHeaderModifier':
    case 'ExtensionRef':
      return [];
    case 'ResponseHeaderModifier':
      return ['HTTPRouteResponseHeaderModification'];
    case 'URLRewrite':
      return [
        filter.urlRewrite.hostname !== undefined && 'HTTPRouteHostRewrite',
        filter.urlRewrite.path !== undefined && 'HTTPRoutePathRewrite',
      ];
    case 'RequestRedirect': {
      const { scheme, port, path, statusCode = 302 } = filter.requestRedirect;
      return [
        scheme !== undefined && 'HTTPRouteSchemeRedirect',
        port !== undefined && 'HTTPRoutePortRedirect',
        path !== undefined && 'HTTPRoutePathRedirect',
        ![301, 302].includes(statusCode) && `HTTPRoute${statusCode}RedirectStatusCode`,
      ];
    }
    case 'RequestMirror':
      return ['HTTPRouteRequestMirror', filter.requestMirror.percent !== undefined && 'HTTPRouteRequestPercentageMirror'];
    case 'CORS':
      return ['HTTPRouteCORS'];
    case 'ExternalAuth':
      return ['HTTPRouteExternalAuth'];
    default:
      return filter satisfies never;
  }
}
