import { describe, expect, it } from 'vitest';
import { FEATURE_NAMES, lackingFeatures, type SupportedFeatures, untestedFeatures } from '../../src/gateway/features.ts';
import type { Release } from '../../src/gateway/release.ts';

/**
 * All features of Gateways and their routes, by the tag of Gateway API whose `pkg/features/*.go` first has them; those of meshes left
 * out. What is not ours to write stands with the reason.
 */
const UPSTREAM: Readonly<Record<string, readonly (readonly [name: string, notWritten?: string])[]>> = {
  'v1.4.1': [
    ['Gateway', 'core of every profile'],
    ['GatewayAddressEmpty', 'addresses that are written have a value'],
    ['GatewayHTTPListenerIsolation', 'guards make routes independent of it'],
    ['GatewayInfrastructurePropagation', 'labels and annotations of infrastructure are not written'],
    ['GatewayPort8080'],
    ['GatewayStaticAddresses'],
    ['GRPCRoute'],
    ['GRPCRouteNamedRouteRule', 'rules have no names'],
    ['HTTPRoute'],
    ['HTTPRouteBackendProtocolH2C'],
    ['HTTPRouteBackendProtocolWebSocket', 'no appProtocol for it is written'],
    ['HTTPRouteBackendRequestHeaderModification', 'backendRefs have no filters'],
    ['HTTPRouteBackendTimeout'],
    ['HTTPRouteCORS'],
    ['HTTPRouteDestinationPortMatching', 'parentRefs name listeners'],
    ['HTTPRouteHostRewrite'],
    ['HTTPRouteMethodMatching'],
    ['HTTPRouteNamedRouteRule', 'rules have no names'],
    ['HTTPRouteParentRefPort', 'parentRefs name listeners'],
    ['HTTPRoutePathRedirect'],
    ['HTTPRoutePathRewrite'],
    ['HTTPRoutePortRedirect'],
    ['HTTPRouteQueryParamMatching'],
    ['HTTPRouteRequestMirror'],
    ['HTTPRouteRequestMultipleMirrors'],
    ['HTTPRouteRequestPercentageMirror', 'mirrors have no share'],
    ['HTTPRouteRequestTimeout'],
    ['HTTPRouteResponseHeaderModification'],
    ['HTTPRouteSchemeRedirect'],
    ['BackendTLSPolicy'],
    ['BackendTLSPolicySANValidation'],
    ['ReferenceGrant', 'core of every profile'],
    ['TLSRoute'],
    ['UDPRoute'],
  ],
  'v1.5.1': [
    ['GatewayBackendClientCertificate', 'tls.backend is not written'],
    ['GatewayFrontendClientCertificateValidation'],
    ['GatewayFrontendClientCertificateValidationInsecureFallback'],
    ['GatewayHTTPSListenerDetectMisdirectedRequests', 'no field'],
    ['HTTPRoute303RedirectStatusCode'],
    ['HTTPRoute307RedirectStatusCode'],
    ['HTTPRoute308RedirectStatusCode'],
    ['ListenerSet'],
    ['TLSRouteModeMixed', 'listeners for TLSRoutes pass through, all of them'],
    ['TLSRouteModeTerminate', 'listeners for TLSRoutes pass through, all of them'],
  ],
  'v1.6.1': [
    ['HTTPRouteRetry'],
    ['HTTPRouteRetryBackendTimeout', 'no field: which timeouts are tried again is said to be up to the implementation'],
    ['HTTPRouteRetryConnectionError'],
    ['TCPRoute'],
  ],
};

/** Named in comments of the API alone (`apis/v1/httproute_types.go`). */
const COMMENTS = ['HTTPRouteExternalAuth'];

const release = (version: Release['version']): Release => ({ version, channel: 'standard' });
const says = (more: Partial<SupportedFeatures>): SupportedFeatures => ({
  source: 'GatewayClass web',
  supported: ['Gateway', 'HTTPRoute', 'ReferenceGrant'],
  unsupported: [],
  gatewayApi: null,
  ...more,
});

describe('features', () => {
  it('are those of Gateway API that something of ours needs', () => {
    const written = Object.values(UPSTREAM).flatMap((all) => all.flatMap(([name, notWritten]) => (notWritten === undefined ? [name] : [])));
    expect([...FEATURE_NAMES].sort()).toEqual([...written, ...COMMENTS].sort());
  });

  it.each([
    ['v1.4.1', '1.4'],
    ['v1.5.1', '1.5'],
    ['v1.6.1', '1.6'],
  ] as const)('are held against a list of %s as far as its tests know them', (tag, version) => {
    const tags = Object.keys(UPSTREAM).slice(0, Object.keys(UPSTREAM).indexOf(tag) + 1);
    const known = tags.flatMap((each) => UPSTREAM[each] ?? []).flatMap(([name, notWritten]) => (notWritten === undefined ? [name] : []));
    // No profile asked for UDP before 1.6.
    const asked = known.filter((name) => name !== 'HTTPRoute' && (name !== 'UDPRoute' || version === '1.6'));
    for (const features of [says({ gatewayApi: tag }), says({})])
      expect([...lackingFeatures(features, release(version))].sort()).toEqual(asked.sort());
  });

  it.each([
    ['v1.1.0', 'GRPCRoute', true],
    ['v1.0.0', 'GRPCRoute', false],
    ['v1.0.0', 'HTTPRoutePathRewrite', true],
    ['v1.3.0', 'HTTPRouteCORS', false],
    ['v0.8.1', 'HTTPRoutePathRewrite', false],
    ['v1.7.0', 'TCPRoute', true],
    ['v2.0.0', 'TCPRoute', true],
    ['main', 'HTTPRoutePathRewrite', false],
  ] as const)('of tests of %s: %s is lacking: %s', (gatewayApi, feature, isLacking) => {
    expect(lackingFeatures(says({ gatewayApi }), release('1.6')).has(feature)).toBe(isLacking);
  });

  it('are lacking where it is said, however old the tests are', () => {
    const lacking = lackingFeatures(
      says({ gatewayApi: 'v1.3.0', unsupported: ['HTTPRouteCORS', 'HTTPRouteExternalAuth'] }),
      release('1.6'),
    );
    expect([lacking.has('HTTPRouteCORS'), lacking.has('HTTPRouteExternalAuth')]).toEqual([true, true]);
  });

  it.each([
    [['HTTPRouteCORS'], false],
    [['GatewayPort8080'], false],
    [['Gateway', 'TCPRoute', 'UDPRoute'], true],
    [['Gateway', 'HTTPRoute'], false],
  ])('%j: HTTPRoute is lacking: %s', (supported, isLacking) => {
    expect(lackingFeatures(says({ supported }), release('1.6')).has('HTTPRoute')).toBe(isLacking);
  });

  it('that came after the tests of a report are vouched for by nobody', () => {
    expect(untestedFeatures(says({ gatewayApi: 'v1.5.1' }), release('1.6'))).toEqual([
      'HTTPRouteRetry',
      'HTTPRouteRetryConnectionError',
      'TCPRoute',
      'UDPRoute',
    ]);
    expect(
      untestedFeatures(says({ gatewayApi: 'v1.5.1', supported: ['TCPRoute'], unsupported: ['HTTPRouteRetry'] }), release('1.6')),
    ).toEqual(['HTTPRouteRetryConnectionError', 'UDPRoute']);
    expect(untestedFeatures(says({ gatewayApi: 'v1.5.1' }), release('1.5'))).toEqual([]);
    expect(untestedFeatures(says({}), release('1.6'))).toEqual([]);
  });
});
