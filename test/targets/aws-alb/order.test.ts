import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HTTPRoute, OutputObject } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { alb, nginx } from './manifests.ts';

const of = (text: string) => convertManifests([{ file: 'in.yaml', text }], { target: 'aws-alb' });
const objectsOf = ({ plan }: ReturnType<typeof of>) => plan.objects.map(({ object }) => object);
const isRoute = (object: OutputObject): object is HTTPRoute => object.kind === 'HTTPRoute';
const pathsOf = (conversion: ReturnType<typeof of>) =>
  objectsOf(conversion)
    .filter(isRoute)
    .flatMap(({ spec }) => spec.rules.flatMap(({ matches = [] }) => matches.map(({ path }) => `${path?.type} ${path?.value}`)));
const unannounced = (conversion: ReturnType<typeof of>) => verify(conversion, objectsOf(conversion)).discrepancies;

/** One rules entry a path, tried in this order. */
const inOrder = (annotations: Readonly<Record<string, string>>, ...paths: readonly string[]) => {
  const rules = paths.map((path, index) => {
    const [value = '', pathType = 'ImplementationSpecific'] = path.split(' ');
    const backend = { service: { name: `s${index}`, port: { number: 80 } } };
    return { host: 'a.example.com', http: { paths: [{ path: value, pathType, backend }] } };
  });
  return alb(annotations).replace(/rules:[\s\S]*/, `rules: ${JSON.stringify(rules)}\n`);
};

describe('a pattern that comes first', () => {
  it('makes what comes behind it a pattern too, as the controller tries patterns last', () => {
    const conversion = of(inOrder({ 'use-regex-path-match': 'true' }, '/^\\/v[0-9]+$', '/v1 Prefix', '/ Prefix'));
    expect(pathsOf(conversion)).toEqual(['RegularExpression ^\\/v[0-9]+$', 'RegularExpression ^/v1(/.*)?$', 'RegularExpression ^/.*$']);
    expect(unannounced(conversion).filter(({ differences }) => differences.includes('wrong-backend'))).toEqual([]);
  });

  it('that is shorter than what comes behind it is told', () => {
    const { ledger } = of(inOrder({ 'use-regex-path-match': 'true' }, '/^\\/s.$', '/secret Prefix', '/s1/deep/down Prefix', '/s1 Prefix'));
    expect(ledger.findings.map(({ code }) => code)).toContain('plan/order-undefined');
  });
});

describe('a start of text', () => {
  const snippet = (text: string, ...more: readonly string[]) =>
    nginx({ 'server-snippet': text }).replace(
      /paths: \[(.*)\]/,
      (_, first: string) => `paths: [${[first, ...more.map((path) => first.replace('path: /,', `path: ${path},`))].join(', ')}]`,
    );

  it('refuses what it refused', () => {
    const conversion = of(snippet('location /admin { deny all; }'));
    expect(conversion.plan.withheld).toEqual([]);
    expect(unannounced(conversion).filter(({ request }) => request.path.startsWith('/admin') && request.scheme === 'https')).toEqual([]);
  });

  it('stays a prefix behind an Exact path that a glob would go before', () => {
    const paths = pathsOf(of(snippet('location = /admin { return 204; }\nlocation /admin { deny all; }')));
    expect(paths).not.toContain('Exact /admin*');
  });
});

describe('wildcards of query values', () => {
  const condition = (value: string) => JSON.stringify([{ field: 'query-string', queryStringConfig: { values: [{ key: 'k', value }] } }]);

  it('are written as the load balancer has them', () => {
    void fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '.', '*', '?', '\\*', '\\?', '\\\\', '(', '$'), { minLength: 1, maxLength: 6 }),
        (parts) => {
          const value = parts.join('');
          const [route] = objectsOf(of(alb({ 'conditions.web': condition(value) }))).filter(isRoute);
          expect(route?.spec.rules[0]?.matches?.[0]?.queryParams?.[0]).toMatchObject({ name: 'k', value });
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe('a refusal with a condition', () => {
  it('is tried before longer paths as well, which stay open', () => {
    const action = JSON.stringify({ type: 'fixed-response', fixedResponseConfig: { statusCode: '403' } });
    const condition = JSON.stringify([{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Bad', values: ['1'] } }]);
    const text = inOrder({ 'actions.s0': action, 'conditions.s0': condition }, '/ Prefix', '/api Prefix', '/x Exact').replace(
      '"name":"s0","port":{"number":80}',
      '"name":"s0","port":{"name":"use-annotation"}',
    );
    const conversion = of(text);
    expect(conversion.plan.withheld).toEqual([]);
    expect(unannounced(conversion)).toEqual([]);
  });
});
