import type { Feature } from '../gateway/features.ts';
import type { HTTPRouteMatch, OutputObject, RequestRedirect } from '../gateway/types.ts';
import type { Intent } from '../intent/intent.ts';
import type { Lowering, RuleParts } from './contract.ts';
import type { Dialect } from './dialect.ts';

/** The features that something needs before it can be written, whatever stands beside it in objects of the implementation's own. */
type Needs = readonly Feature[];

export function featuresOfMatch({ queryParams, method }: HTTPRouteMatch): Needs {
  return chosen([
    ['HTTPRouteQueryParamMatching', queryParams !== undefined],
    ['HTTPRouteMethodMatching', method !== undefined],
  ]);
}

/** Statuses are chosen among those that are supported. */
export function featuresOfRedirect({ scheme, port, path }: RequestRedirect): Needs {
  return chosen([
    ['HTTPRouteSchemeRedirect', scheme !== undefined],
    ['HTTPRoutePortRedirect', port !== undefined],
    ['HTTPRoutePathRedirect', path !== undefined],
  ]);
}

export function featuresOfParts(parts: RuleParts): Needs {
  const { timeouts, retry, mirrors = [], frontendTls, backendTls = [], gateway, refusals = [], cases, objects = [] } = parts;
  const own = chosen([
    ['HTTPRouteCORS', parts.cors !== undefined],
    ['HTTPRouteExternalAuth', parts.externalAuth !== undefined],
    ['HTTPRouteHostRewrite', parts.hostname !== undefined],
    ['HTTPRouteResponseHeaderModification', parts.responseHeaders !== undefined],
    ['HTTPRouteRequestMirror', mirrors.length > 0],
    ['HTTPRouteRequestMultipleMirrors', mirrors.length > 1],
    ['HTTPRouteRequestTimeout', timeouts?.request !== undefined],
    ['HTTPRouteBackendTimeout', timeouts?.backendRequest !== undefined],
    ['HTTPRouteRetry', retry !== undefined],
    // Without codes nothing else is retried.
    ['HTTPRouteRetryConnectionError', retry !== undefined && retry.codes === undefined],
    ['GatewayFrontendClientCertificateValidation', frontendTls !== undefined],
    ['GatewayFrontendClientCertificateValidationInsecureFallback', frontendTls?.validation?.mode === 'AllowInsecureFallback'],
    ['BackendTLSPolicy', backendTls.length > 0],
    ['BackendTLSPolicySANValidation', backendTls.some(({ spec }) => spec.validation.subjectAltNames !== undefined)],
    ['GatewayStaticAddresses', gateway?.addresses !== undefined],
  ]);
  const nested = [...refusals, ...(cases === undefined ? [] : [...cases.each, cases.otherwise])];
  return [...own, ...objects.flatMap(featuresOfKind), ...nested.flatMap(featuresOfParts)];
}

/** What an intent needs that its parts do not show. */
export function featuresOfIntent(intent: Intent, lowering: Lowering, { grpcRoutes }: Dialect): Needs {
  if (lowering.as !== 'written') return [];
  const { grpc, policies = [] } = lowering.parts;
  if (intent.kind === 'awsFrontendNlb') return ['TCPRoute'];
  if (grpc === true && grpcRoutes?.use === 'needed') return ['GRPCRoute'];
  // Where the implementation has no word of its own for it, the Service's appProtocol says how its Pods are spoken to.
  const isPlainHttp2 = intent.kind === 'backendProtocol' && (intent.protocol === 'HTTP2' || intent.protocol === 'GRPC');
  return isPlainHttp2 && policies.length === 0 && !(grpc === true && grpcRoutes !== undefined) ? ['HTTPRouteBackendProtocolH2C'] : [];
}

const KINDS: Readonly<Record<string, Feature>> = {
  BackendTLSPolicy: 'BackendTLSPolicy',
  GRPCRoute: 'GRPCRoute',
  ListenerSet: 'ListenerSet',
  TCPRoute: 'TCPRoute',
  TLSRoute: 'TLSRoute',
  UDPRoute: 'UDPRoute',
};

function featuresOfKind({ kind }: Pick<OutputObject, 'kind'>): Needs {
  const feature = KINDS[kind];
  return feature === undefined ? [] : [feature];
}

function chosen(needs: readonly (readonly [Feature, boolean])[]): Needs {
  return needs.flatMap(([feature, isNeeded]) => (isNeeded ? [feature] : []));
}
