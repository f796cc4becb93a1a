import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { ask, codesOf, converted, endsOf, ingress, service, silent } from './converted.ts';

const SERVICES = ['a', 'b', 'c'].map((name) => service(name)).join('');

describe('hosts', () => {
  it('the last rule of a host takes the place of those before', () => {
    const rules = [
      { host: 'a.test', paths: ['/old a'] },
      { host: 'b.test', paths: ['/ b'] },
      { host: 'a.test', paths: ['/new c'] },
    ];
    const conversion = converted(ingress({ rules }) + SERVICES);
    expect([ask(conversion, 'http://a.test/old'), ask(conversion, 'http://a.test/new')]).toEqual(['404', 'c:80']);
    expect(endsOf(conversion, 'rules[0].http.paths[0].path')).toEqual(['inert gke/host/replaced']);
    expect(silent(conversion)).toEqual([]);
  });

  it('an unmatched path goes to the default backend, never to the rule without host', () => {
    const rules = [{ host: 'a.test', paths: ['/x a'] }, { host: '*.b.test', paths: ['/y a'] }, { paths: ['/* b'] }];
    const open = converted(ingress({ rules }) + SERVICES);
    expect([ask(open, 'http://a.test/z'), ask(open, 'http://q.b.test/z'), ask(open, 'http://c.test/z')]).toEqual(['404', '404', 'b:80']);
    expect(silent(open)).toEqual([]);
    const closed = converted(ingress({ rules: rules.slice(0, 2), defaultBackend: 'c' }) + SERVICES);
    expect([ask(closed, 'http://a.test/z'), ask(closed, 'http://p.q.b.test/z'), ask(closed, 'http://c.test/z')]).toEqual([
      'c:80',
      'c:80',
      'c:80',
    ]);
    expect(ask(closed, 'http://a.test/x')).toBe('a:80');
    expect(silent(closed)).toEqual([]);
  });

  it('an Ingress with nothing but a default backend', () => {
    const conversion = converted(ingress({ defaultBackend: 'a' }) + SERVICES);
    expect(ask(conversion, 'http://any.test/x')).toBe('a:80');
    expect(conversion.plan.objects.map(({ object }) => object.kind).sort()).toEqual(['Gateway', 'HTTPRoute']);
  });

  it('a rule without http is skipped', () => {
    const conversion = converted(ingress({ rules: [{ host: 'a.test' }, { host: 'b.test', paths: ['/* a'] }] }) + SERVICES);
    expect(endsOf(conversion, 'rules[0].host')).toEqual(['inert gke/host/no-paths']);
    expect(ask(conversion, 'http://a.test/')).toBe('unreachable');
  });

  it('a backend that is no Service freezes the Ingress', () => {
    const text = ingress({ rules: [{ paths: ['/* a'] }] }).replace(
      /service:\n\s+name: a\n\s+port:\n\s+number: 80/,
      'resource: { kind: Bucket, name: b, apiGroup: c }',
    );
    expect(codesOf(converted(text))).toEqual(['gke/frontend/frozen', 'gke/path/no-backend']);
  });

  it('a port that the Service does not have freezes it and stays closed', () => {
    const conversion = converted(ingress({ rules: [{ host: 'a.test', paths: ['/* a', '/x b:81'] }] }) + SERVICES);
    expect(codesOf(conversion)).toEqual(['gke/backend/no-such-port', 'gke/frontend/frozen']);
    expect(silent(conversion)).toEqual([]);
  });

  it('of several definitions of a Service that of the same file counts; else all protections do', () => {
    const config = (policy: string) =>
      `apiVersion: cloud.google.com/v1\nkind: BackendConfig\nmetadata: {name: c, namespace: shop}\nspec: {securityPolicy: {name: ${policy}}}\n`;
    const open = ingress({ rules: [{ paths: ['/* a'] }] });
    const guarded = service('a', { 'cloud.google.com/backend-config': '{"default":"c"}' });
    expect(converted(open + service('a')).plan.withheld).toEqual([]);
    const own = convertFiles({ 'a.yaml': open + service('a'), 'b.yaml': guarded + config('armor') });
    expect(own.plan.withheld).toEqual([]);
    const apart = convertFiles({ 'a.yaml': open, 'b.yaml': service('a'), 'c.yaml': guarded + config('armor') });
    expect(apart.plan.withheld.map(({ path }) => path)).toEqual(['/']);
    expect(codesOf(apart)).toEqual(['gke/backend/defined-twice']);
  });
});

function convertFiles(files: Readonly<Record<string, string>>) {
  return convertManifests(Object.entries(files).map(([file, text]) => ({ file, text })));
}
