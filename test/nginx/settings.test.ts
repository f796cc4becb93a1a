import { describe, expect, test } from 'vitest';
import { cors } from '../../rules/nginx/cors.ts';
import { headerNames, methodNames, origins } from '../../rules/nginx/cors-codecs.ts';
import { file, ingress } from './ingress-text.ts';
import { codesOf, endsOf, hostOf, routed } from './routed.ts';

const set = (annotations: Readonly<Record<string, string>>) => routed(ingress('a', { annotations, rules: { 'a.test': ['/x a'] } }));
const intentsOf = (annotations: Readonly<Record<string, string>>) => hostOf(set(annotations), 'a.test').rules[0]?.intents ?? [];

describe('part 13: CORS', () => {
  test('every default is written out', () => {
    expect(intentsOf({ 'enable-cors': 'true' })).toMatchObject([
      {
        kind: 'cors',
        origins: ['*'],
        methods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
        headers: [
          'DNT',
          'Keep-Alive',
          'User-Agent',
          'X-Requested-With',
          'If-Modified-Since',
          'Cache-Control',
          'Content-Type',
          'Range',
          'Authorization',
        ],
        exposeHeaders: [],
        credentials: true,
        maxAgeSeconds: 1_728_000,
      },
    ]);
  });

  test.each([
    ['https://a.test, https://*.b.test:8080', { listed: ['https://a.test', 'https://*.b.test:8080'], skipped: [] }],
    ['https://a.test,*', { listed: ['*'], skipped: [] }],
    ['a.test,https://b.test', { listed: ['https://b.test'], skipped: ['a.test'] }],
    ['null,app://x', { listed: ['null', 'app://x'], skipped: [] }],
    ['https://a.test/', null],
    ['https://a.test,https://b.test/x', null],
  ])('origins %s', (value, expected) => {
    const parsed = origins.parse(value);
    expect(parsed.ok ? parsed.value : null).toEqual(expected);
  });

  test.each([
    [methodNames, 'GET, PUT', ['GET', 'PUT']],
    [methodNames, '*', null],
    [methodNames, 'GET,,PUT', null],
    [headerNames, 'X-A X-B', ['X-A', 'X-B']],
    [headerNames, '*', null],
  ] as const)('%o of %s', (codec, value, expected) => {
    const parsed = codec.parse(value);
    expect(parsed.ok ? parsed.value : null).toEqual(expected);
  });

  test('long lists that fail at the end do not take long', () => {
    expect(methodNames.parse(`${'A'.repeat(50_000)}*`).ok).toBe(false);
    expect(headerNames.parse(`${'a,'.repeat(50_000)}*`).ok).toBe(false);
  });

  test('an illegal character opens it to all, which is a matter of security', () => {
    const result = set({ 'enable-cors': 'true', 'cors-allow-origin': 'https://a.test/' });
    expect(hostOf(result, 'a.test').rules[0]?.intents).toMatchObject([{ origins: ['*'] }]);
    expect(result.findings.find(({ code }) => code === 'nginx/cors/any-origin')?.security).toBe(true);
    expect(cors.findings['any-origin']?.spec.level).toBe('warning');
  });

  test('no origin with a scheme: no CORS', () => {
    expect(intentsOf({ 'enable-cors': 'true', 'cors-allow-origin': 'a.test' })).toEqual([]);
    expect(codesOf(set({ 'enable-cors': 'true', 'cors-allow-origin': 'a.test' }))).toEqual(['nginx/cors/no-origin']);
  });

  test('nothing without enable-cors', () => {
    expect(endsOf(set({ 'cors-max-age': '5' }), 'cors-max-age')).toEqual(['inert nginx/value/without-partner']);
  });
});

describe('settings of the backend', () => {
  test.each([
    [{ 'backend-protocol': 'grpcs' }, [{ kind: 'backendProtocol', protocol: 'GRPCS' }]],
    [{ 'backend-protocol': 'HTTP' }, []],
    [{ 'backend-protocol': 'SPDY' }, []],
    [{ 'upstream-vhost': 'b.test' }, [{ kind: 'upstreamHost', host: 'b.test' }]],
    [{ 'upstream-vhost': '$http_host' }, []],
    [{ 'upstream-vhost': '$service_name.x' }, []],
    [{ 'service-upstream': 'true' }, [{ kind: 'serviceUpstream' }]],
    [{ 'service-upstream': 'false' }, []],
  ])('%o', (annotations, expected) => expect(intentsOf(annotations)).toMatchObject(expected));

  test('what belongs to the upstream is decided by the Ingress that mentions it first', () => {
    const result = routed(
      file(
        ingress('b', { created: '2020-01-01T00:00:00Z', rules: { 'b.test': ['/ svc'] } }),
        ingress('a', {
          created: '2021-01-01T00:00:00Z',
          annotations: { 'service-upstream': 'true' },
          rules: { 'a.test': ['/ svc'], 'c.test': ['/ own'] },
        }),
      ),
    );
    expect(hostOf(result, 'a.test').rules[0]?.intents).toEqual([]);
    expect(hostOf(result, 'c.test').rules[0]?.intents).toMatchObject([{ kind: 'serviceUpstream' }]);
    expect(codesOf(result)).toEqual([]);
    expect(endsOf(result, 'service-upstream')).toEqual(['inert nginx/conflict/upstream-setting']);
  });
});

describe('the books', () => {
  test('settings of an Ingress all of whose paths are lost', () => {
    const result = routed(
      file(
        ingress('b', { created: '2020-01-01T00:00:00Z', rules: { 'a.test': ['/ b'] } }),
        ingress('a', {
          created: '2021-01-01T00:00:00Z',
          annotations: { 'backend-protocol': 'GRPC', 'app-root': '/x' },
          rules: { 'a.test': ['/ a'] },
        }),
      ),
    );
    expect(endsOf(result, 'backend-protocol')).toEqual(['inert nginx/rest/no-location']);
    expect(endsOf(result, 'app-root')).toEqual(['inert nginx/rest/no-location']);
    expect(endsOf(result, 'spec.rules[0].host')).toEqual(['inert nginx/rest/root-declared']);
  });
});
