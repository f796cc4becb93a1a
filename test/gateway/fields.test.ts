import { describe, expect, test } from 'vitest';
import { checkObject } from '../../src/check/crds.ts';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import {
  apiVersionOf,
  FIELD_NAMES,
  type FieldName,
  GATEWAY_API_KINDS,
  hasField,
  isGatewayApiKind,
  redirectStatusCodes,
} from '../../src/gateway/fields.ts';
import type { ExtensionObject } from '../../src/gateway/types.ts';
import { CRDS_PRESENT, publishedCrds } from '../check/published-crds.ts';
import { RELEASES, release, releaseName } from './examples.ts';
import { minimal } from './invalid-examples.ts';

const service = { name: 'web', port: 80 };

function redirect(statusCode: number): ExtensionObject {
  return minimal.HTTPRoute({ rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode } }] }] });
}

/** For each field of the table an object that is valid where the field exists and not where it does not. */
const USES: Readonly<Record<FieldName, ExtensionObject>> = {
  'HTTPRoute.rules.filters.CORS': minimal.HTTPRoute({ rules: [{ filters: [{ type: 'CORS', cors: { allowOrigins: ['*'] } }] }] }),
  'HTTPRoute.rules.filters.ExternalAuth': minimal.HTTPRoute({
    rules: [{ filters: [{ type: 'ExternalAuth', externalAuth: { protocol: 'HTTP', http: {}, backendRef: service } }] }],
  }),
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.303': redirect(303),
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.307': redirect(307),
  'HTTPRoute.rules.filters.RequestRedirect.statusCode.308': redirect(308),
  'HTTPRoute.rules.retry': minimal.HTTPRoute({ rules: [{ backendRefs: [service], retry: { attempts: 2 } }] }),
  'HTTPRoute.rules.sessionPersistence': minimal.HTTPRoute({ rules: [{ backendRefs: [service], sessionPersistence: { type: 'Cookie' } }] }),
  'Gateway.tls': minimal.Gateway({ tls: { backend: { clientCertificateRef: { name: 'client' } } } }),
  'Gateway.allowedListeners': minimal.Gateway({ allowedListeners: { namespaces: { from: 'Same' } } }),
};

describe.each(RELEASES.map((installed) => [releaseName(installed), installed] as const))('Gateway API %s', (_, installed) => {
  test.each(FIELD_NAMES)('%s: the constraints follow the table', (field) => {
    expect(checkConstraints(USES[field], installed).length === 0).toBe(hasField(installed, field));
  });

  test.skipIf(!CRDS_PRESENT).each(FIELD_NAMES)('%s: the table follows the published CRDs (skipped without ../shared/crds)', (field) => {
    const result = checkObject(publishedCrds(installed), USES[field]);
    expect(result.kind === 'checked' && result.violations.length === 0).toBe(hasField(installed, field));
  });

  test.skipIf(!CRDS_PRESENT).each(GATEWAY_API_KINDS)('%s: written as a version that is served (skipped without ../shared/crds)', (kind) => {
    const apiVersion = apiVersionOf(installed, kind);
    const result = checkObject(publishedCrds(installed), { ...minimal[kind](), apiVersion: apiVersion ?? 'gateway.networking.k8s.io/v1' });
    const taken = result.kind === 'checked' && result.violations.every(({ rule }) => rule !== 'not-served');
    expect(taken).toBe(apiVersion !== null);
  });

  test.each(GATEWAY_API_KINDS)('%s: refused where the release has no such kind or version', (kind) => {
    const apiVersion = apiVersionOf(installed, kind);
    const refused = checkConstraints({ ...minimal[kind](), apiVersion: 'gateway.networking.k8s.io/v1alpha9' }, installed);
    expect(refused.map(({ path }) => path)).toEqual(['apiVersion']);
    if (apiVersion !== null) expect(checkConstraints({ ...minimal[kind](), apiVersion }, installed)).toEqual([]);
  });
});

test('versions to write', () => {
  const l4 = RELEASES.map((installed) => `${releaseName(installed)} ${apiVersionOf(installed, 'TCPRoute')?.split('/')[1]}`);
  expect(l4).toEqual([
    '1.4 standard undefined',
    '1.4 experimental v1alpha2',
    '1.5 standard undefined',
    '1.5 experimental v1alpha2',
    '1.6 standard v1',
    '1.6 experimental v1',
  ]);
  expect(apiVersionOf(release('1.4', 'standard'), 'ReferenceGrant')).toBe('gateway.networking.k8s.io/v1beta1');
  expect(apiVersionOf(release('1.4', 'experimental'), 'ListenerSet')).toBeNull();
});

test('redirect status codes', () => {
  expect(redirectStatusCodes(release('1.4', 'experimental'))).toEqual([301, 302]);
  expect(redirectStatusCodes(release('1.5', 'standard'))).toEqual([301, 302, 303, 307, 308]);
});

test('kinds', () => {
  expect(['HTTPRoute', 'XBackend', 'toString'].map(isGatewayApiKind)).toEqual([true, false, false]);
});

test('objects of other groups have no constraints, unknown kinds of this one are refused', () => {
  const installed = release('1.6', 'standard');
  expect(checkConstraints({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'UPPER' } }, installed)).toEqual([]);
  expect(checkConstraints({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'XMesh', metadata: { name: 'a' } }, installed)).toHaveLength(
    1,
  );
});
