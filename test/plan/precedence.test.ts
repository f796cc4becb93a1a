import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import type { Match } from '../../src/route/table.ts';
import { portable } from './portable-target.ts';
import { backend, codes, host, ingress, plan, rule, served, table } from './tables.ts';

const [web, other] = [ingress(), ingress('other')];
const header = (name: string): Partial<Match> => ({ headers: [{ name, value: '1', kind: 'exact' }] });
const to = (path: string, service: string, match: Partial<Match> = {}, of = web) => rule(of, path, { service, match });
const reported = (...rules: ReturnType<typeof rule>[]) =>
  plan(table([host('a.test', rules)]))
    .findings.filter(({ code }) => code === 'plan/order-undefined')
    .map(({ args }) => `${args.first} ${args.second}`);

describe('order', () => {
  it('of the controller that Gateway API keeps is nothing to report', () => {
    expect(reported(to('=/foo', 'a'), to('/foo/bar', 'b'), to('/foo', 'c'), to('/', 'd'))).toEqual([]);
    expect(reported(to('/b', 'a'), to('/a/long', 'b'), to('/', 'd'))).toEqual([]);
    expect(reported(to('/', 'a', header('x')), to('/', 'b'))).toEqual([]);
  });

  it('that Gateway API turns round is reported for each pair that overlaps', () => {
    expect(reported(to('/', 'a'), to('/foo', 'b'), to('/bar', 'c'))).toEqual(['/ /foo', '/ /bar']);
    expect(reported(to('/foo', 'a'), to('=/foo/x', 'b'))).toEqual(['/foo /foo/x']);
  });

  it('among rules that do the same does not matter', () => {
    expect(reported(to('/', 'a'), to('/foo', 'a'))).toEqual([]);
  });

  it('matters where the same prefix takes the place of what was matched', () => {
    const rewrite = { kind: 'prefix' as const, path: '/new', entries: [] };
    const rewriting = (text: string) => rule(web, text, { action: { kind: 'forward', backends: [backend(web)], rewrite } });
    expect(reported(rewriting('/'), rewriting('/foo'))).toEqual(['/ /foo']);
  });

  it('among rules that are written alike over each scheme that both are served over does not matter', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cafe
  namespace: shop
  annotations: {nginx.org/redirect-to-https: "true", nginx.org/rewrites: serviceName=tea rewrite=/}
spec:
  ingressClassName: nginx
  tls: [{hosts: [cafe.test], secretName: cafe}]
  rules: [{host: cafe.test, http: {paths: [{path: /tea, pathType: Prefix, backend: {service: {name: tea, port: {number: 80}}}}]}}]
`;
    const { ledger, plan: made } = convertManifests([{ file: 'in.yaml', text }], { target: 'nginx-gateway-fabric' });
    expect(made.objects.filter(({ object }) => object.kind === 'HTTPRoute')).toHaveLength(2);
    expect(ledger.findings.map(({ code }) => code)).not.toContain('plan/order-undefined');
  });

  it('of one path turns round where the later rule has more conditions', () => {
    expect(reported(to('/', 'a'), to('/', 'b', header('x')))).toEqual(['/ /']);
    expect(reported(to('~/a[0-9]', 'a'), to('~/a[0-9]', 'b', header('x')))).toEqual(['/a[0-9] /a[0-9]']);
  });

  it('of equal rank holds within one route and not between routes', () => {
    expect(reported(to('/', 'a', header('x')), to('/', 'b', header('y')))).toEqual([]);
    expect(reported(to('/', 'a', header('x')), to('/', 'b', header('y'), other))).toEqual(['/ /']);
  });

  it('of patterns is undefined where they overlap', () => {
    expect(reported(to('~/[a-z]+/x', 'a'), to('~/[a-m]+', 'b'), to('~/[0-9]+', 'c'))).toEqual(['/[a-z]+/x /[a-m]+']);
  });

  it('of patterns is known where the implementation tells it', () => {
    const toldBy =
      (regexPaths: 'ordered' | 'by-age') =>
      (...rules: ReturnType<typeof rule>[]) =>
        codes(plan(table([host('a.test', rules)]), { target: { ...portable, regexPaths } })).includes('plan/order-undefined');
    const [told, toldByAge] = [toldBy('ordered'), toldBy('by-age')];
    expect(toldByAge(to('~/[a-z]+', 'a'), to('/', 'b'))).toBe(false);
    expect(toldByAge(to('/', 'b'), to('~/[a-z]+', 'a'))).toBe(true);
    expect(toldByAge(to('~/[a-z]+/x', 'a'), to('~/[a-m]+', 'b'))).toBe(true);
    expect(told(to('~/[a-z]+/x', 'a'), to('~/[a-m]+', 'b'))).toBe(false);
    expect(told(to('~/[a-m]+', 'b'), to('~/[a-z]+/x', 'a'))).toBe(true);
    expect(told(to('~/[a-z]+', 'a'), to('/', 'b'))).toBe(false);
    expect(told(to('/', 'b'), to('~/[a-z]+', 'a'))).toBe(true);
    expect(told(to('~/[a-m]x', 'a'), to('~/[a-z]x', 'b'))).toBe(true);
  });

  it('needs no pattern for a prefix that comes after all of them where patterns come first', () => {
    const rules = [to('~/api/[0-9]+/x', 'a'), to('~/[a-z]+', 'b'), to('~/api', 'c'), to('~/', 'd')];
    const written = (regexPaths: 'ordered' | 'by-age' | 'undefined') =>
      served(plan(table([host('a.test', rules)]), { target: { ...portable, regexPaths } })).map((line) => line.split(' ')[2]);
    expect(written('undefined')).toEqual(['~(?i)/api/[0-9]+/x.*', '~(?i)/[a-z]+.*', '~(?i)/api.*', '~/.*']);
    expect(written('ordered')).toEqual(['~(?i)/api/[0-9]+/x.*', '~(?i)/[a-z]+.*', '~(?i)/api.*', '/']);
    expect(written('by-age')).toEqual(['~(?i)/api/[0-9]+/x.*', '~(?i)/[a-z]+.*', '/api', '/']);
    // Before a pattern a literal path has to be one as well, and so has one that is tried before that.
    const before = [to('~/v1/x', 'a'), to('~/v1', 'b'), to('~/v[0-9]', 'c')];
    const first = served(plan(table([host('a.test', before)]), { target: { ...portable, regexPaths: 'by-age' } }));
    expect(first.map((line) => line.split(' ')[2])).toEqual(['~(?i)/v1/x.*', '~(?i)/v1.*', '~(?i)/v[0-9].*']);
  });

  it('of identical matches is decided: the first is written, the other told', () => {
    const made = plan(table([host('a.test', [to('/foo', 'a'), to('/foo', 'b', {}, other)])]));
    expect(codes(made)).toEqual(expect.arrayContaining(['plan/repeated']));
    expect(made.objects.filter(({ object }) => object.kind === 'HTTPRoute')).toHaveLength(1);
  });
});
