import { describe, expect, it } from 'vitest';
import { EXPERIMENTAL, lower, OLD, partsOf, result, type Statement } from './lowering.ts';

const cors = {
  kind: 'cors',
  origins: ['https://a.test'],
  methods: ['GET', 'PUT'],
  headers: ['X-A'],
  exposeHeaders: [],
  credentials: true,
  maxAgeSeconds: 600,
} as const satisfies Statement;

describe('CORS', () => {
  it('is copied where the filter can say it', () => {
    const lowering = lower(cors);
    expect(result(lowering)).toBe('written approximated standard/cors/preflight');
    expect(partsOf(lowering).cors).toEqual({
      allowOrigins: ['https://a.test'],
      allowMethods: ['GET', 'PUT'],
      allowHeaders: ['X-A'],
      allowCredentials: true,
      maxAge: 600,
    });
  });

  it('offers no credentials to every origin', () => {
    const lowering = lower({ ...cors, origins: ['*'] });
    expect(result(lowering)).toBe('written approximated standard/cors/any-origin-credentials');
    expect(partsOf(lowering).cors).not.toHaveProperty('allowCredentials');
  });

  it.each([
    [{ methods: ['GET', 'PURGE'] }, 'method PURGE'],
    [{ origins: ['https://a.test', 'null', 'app://x'] }, 'origin null, origin app://x'],
    [{ exposeHeaders: ['*'] }, 'exposed header *'],
    [{ headers: ['a b'] }, 'header a b'],
  ])('names what the filter cannot say: %j', (change, items) => {
    const lowering = lower({ ...cors, ...change });
    expect(result(lowering)).toBe('written approximated standard/cors/dropped');
    expect(lowering.finding?.args).toEqual({ items });
  });

  it('is not written without an origin, before 1.5, and with maxAge 0 as 1', () => {
    expect(result(lower({ ...cors, origins: ['null'] }))).toBe('absent unmapped standard/cors/no-origin');
    expect(result(lower(cors, { release: OLD }))).toBe('absent unmapped standard/cors/no-field');
    expect(partsOf(lower({ ...cors, maxAgeSeconds: 0 })).cors?.maxAge).toBe(1);
  });
});

describe('headers', () => {
  it('are written, and Host becomes a rewrite of the host', () => {
    const set = [
      { name: 'X-A', value: '1' },
      { name: 'Host', value: 'Inner.test' },
    ];
    const lowering = lower({ kind: 'requestHeaders', set, add: [], remove: ['X-B'] });
    expect(result(lowering)).toBe('written converted');
    expect(partsOf(lowering)).toEqual({ requestHeaders: { set: [{ name: 'X-A', value: '1' }], remove: ['X-B'] }, hostname: 'inner.test' });
  });

  it.each([
    ['$remote_addr', 'standard'],
    ['', 'standard'],
    ['a  b', 'experimental'],
  ] as const)('are dropped by name where the value %j has no literal form', (value, channel) => {
    const set = [
      { name: 'X-A', value },
      { name: 'X-B', value: 'b' },
    ];
    const lowering = lower({ kind: 'responseHeaders', set, add: [], remove: [] }, { release: { version: '1.6', channel } });
    expect(result(lowering)).toBe('written approximated standard/headers/dropped');
    expect(partsOf(lowering).responseHeaders).toEqual({ set: [{ name: 'X-B', value: 'b' }] });
  });

  it('of the connection are left to the gateway', () => {
    expect(result(lower({ kind: 'requestHeaders', set: [{ name: 'Connection', value: 'close' }], add: [], remove: [] }))).toBe(
      'absent unmapped standard/headers/dropped',
    );
  });

  it.each([
    [{ scheme: 'https' } as const, 'written converted'],
    [{}, 'written approximated standard/hsts/over-http-too'],
  ])('for strict transport %j: %s', (rule, expected) => {
    const lowering = lower({ kind: 'hsts', maxAgeSeconds: 300, includeSubDomains: true, preload: false }, { rule });
    expect(result(lowering)).toBe(expected);
    expect(partsOf(lowering).responseHeaders?.set).toEqual([
      { name: 'Strict-Transport-Security', value: 'max-age=300; includeSubDomains' },
    ]);
  });

  it.each([
    ['Inner.test', { hostname: 'inner.test' }],
    ['inner.test:8080', {}],
    ['$host', {}],
    ['10.0.0.1', {}],
  ])('Host for the backend: %s', (host, parts) => {
    expect(partsOf(lower({ kind: 'upstreamHost', host }))).toEqual(parts);
  });
});

describe('mirrors', () => {
  const mirror = {
    kind: 'mirror',
    url: 'http://copy.shop.svc',
    service: { namespace: 'shop', name: 'copy', port: 80 },
    host: null,
    requestBody: true,
  } as const satisfies Statement;

  it('go to Services only', () => {
    expect(partsOf(lower(mirror)).mirrors).toEqual([{ name: 'copy', port: 80 }]);
    expect(result(lower({ ...mirror, service: null }))).toBe('absent unmapped standard/mirror/outside-cluster');
    expect(result(lower({ ...mirror, requestBody: false }))).toBe('written approximated standard/mirror/differs');
    expect(result(lower({ ...mirror, service: { ...mirror.service, namespace: 'other' } }))).toBe(
      'written manual standard/mirror/other-namespace',
    );
  });
});

describe('experimental fields', () => {
  it('are written in that channel alone', () => {
    const affinity: Statement = {
      kind: 'sessionAffinity',
      by: 'cookie',
      mode: 'balanced',
      canary: 'sticky',
      cookie: {
        name: 'route',
        maxAgeSeconds: 3600,
        path: '/',
        domain: null,
        sameSite: null,
        conditionalSameSiteNone: false,
        secure: null,
        partitioned: false,
        changeOnFailure: false,
      },
    };
    expect(result(lower(affinity))).toBe('absent unmapped standard/session-affinity/no-field');
    expect(partsOf(lower(affinity, { release: EXPERIMENTAL })).sessionPersistence).toEqual({
      sessionName: 'route',
      type: 'Cookie',
      absoluteTimeout: '3600s',
      cookieConfig: { lifetimeType: 'Permanent' },
    });
    const retry: Statement = { kind: 'retry', on: ['error', 'http_502', 'http_399'], tries: 3, totalMs: 0 };
    expect(result(lower(retry))).toBe('absent unmapped standard/retry/no-field');
    expect(partsOf(lower(retry, { release: EXPERIMENTAL })).retry).toEqual({ codes: [502], attempts: 2 });
    expect(result(lower({ ...retry, tries: 1 }, { release: EXPERIMENTAL }))).toBe('absent unmapped standard/retry/never');
  });
});
