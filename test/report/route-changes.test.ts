import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { outputOf } from '../../src/output.ts';
import { routeChanges } from '../../src/route-changes.ts';
import { ingress } from '../cli/session.ts';

/** What the map says of each rule, as short texts. */
function mapOf(...manifests: readonly string[]) {
  const conversion = convertManifests(manifests.map((text, index) => ({ file: `${index}.yaml`, text })));
  const { objects, ledger } = outputOf(conversion);
  return routeChanges(conversion.tables, objects, ledger, conversion.plan.withheld).map(({ host, before, after, state, codes }) => ({
    before: `${host} ${before.path} → ${before.to.join(', ')}`,
    after: after.map(({ route, path, to }) => `${route} ${path} → ${to.join(', ')}`),
    state,
    codes,
  }));
}

const ROUTE = 'HTTPRoute shop/web-web-example-com';

describe('the map of routes', () => {
  it('pairs a path with the rule that answers for it', () => {
    expect(mapOf(ingress('web'))).toEqual([
      { before: 'web.example.com Prefix / → web:80', after: [`${ROUTE} PathPrefix / → web:80`], state: 'same', codes: [] },
    ]);
  });

  it('names what changed', () => {
    expect(mapOf(ingress('web', { 'proxy-body-size': '8m' }))).toMatchObject([
      { state: 'changed', codes: ['standard/body-size/no-field'] },
    ]);
  });

  it('shows rewrites of both sides', () => {
    const [only] = mapOf(
      ingress('web', { 'use-regex': 'true', 'rewrite-target': '/$2' }, '/v1(/|$)(.*)').replace('Prefix', 'ImplementationSpecific'),
    );
    expect(only).toMatchObject({
      before: 'web.example.com pattern /v1(/|$)(.*) → web:80, path becomes /$2',
      after: [`${ROUTE} PathPrefix /v1 → web:80, path becomes /…`],
    });
  });

  it('shows a withheld route with nothing behind it', () => {
    expect(mapOf(ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' }))).toMatchObject([{ after: [], state: 'withheld' }]);
  });

  it('shows the shares of a canary', () => {
    const canary = ingress('next', { canary: 'true', 'canary-weight': '10' }).replace('next.example.com', 'web.example.com');
    expect(mapOf(ingress('web'), canary)).toMatchObject([
      { before: 'web.example.com Prefix / → web:80 90%, next:80 10%', after: [expect.stringContaining('web:80 90%, next:80 10%')] },
    ]);
  });

  it('shows redirects in words', () => {
    const [only] = mapOf(ingress('web', { 'permanent-redirect': 'https://new.example.com' }));
    expect(only?.before).toContain('redirect to https:new.example.com');
    expect(only?.after[0]).toContain('redirect to https:new.example.com');
  });

  it('takes a redirect to https for no answer of its own', () => {
    const tls = ingress('web').replace('  rules:\n', '  tls:\n    - hosts: [web.example.com]\n      secretName: web\n  rules:\n');
    expect(mapOf(tls)).toEqual([
      { before: 'web.example.com Prefix / → web:80', after: [`${ROUTE} PathPrefix / → web:80`], state: 'same', codes: [] },
    ]);
  });

  it('tells what nothing was written for, and why', () => {
    const named = ingress('web').replace('number: 80', 'name: admin');
    expect(mapOf(named)).toMatchObject([
      { before: 'web.example.com Prefix / → web:admin', state: 'gone', codes: ['plan/backend-unresolved'] },
    ]);
  });

  it('knows what was never reached', () => {
    const twice = mapOf(ingress('web'), ingress('zoo').replace('zoo.example.com', 'web.example.com'));
    expect(twice.map(({ state }) => state).filter((state) => state !== 'same')).not.toContain('gone');
  });
});
