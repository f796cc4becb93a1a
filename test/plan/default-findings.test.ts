import { describe, expect, it } from 'vitest';
import { type Defaults, UNKNOWN_DEFAULTS } from '../../src/intent/defaults.ts';
import { findingsOfDefaults } from '../../src/plan/default-findings.ts';
import { targets } from '../../src/targets/index.ts';
import { host, ingress, rule, secret, table } from './tables.ts';

const controller: Defaults = {
  bodyBytes: 1024 ** 2,
  idleMs: 60_000,
  connectMs: 5000,
  tries: 3,
  hsts: 'max-age=1',
  requestHeaders: ['X-Real-IP', 'X-Scheme'],
};
const web = ingress();
const codes = (target: Defaults, hosts = [host('a.test', [rule(web, '/')], { certificate: secret(web) })]) =>
  findingsOfDefaults({ title: 'nginx', defaults: controller }, [table(hosts)], { title: 'target', defaults: target }).map(
    ({ code }) => code,
  );

describe('defaults of the controller', () => {
  it('that the target shares are not told', () => {
    expect(codes(controller)).toEqual([]);
    expect(codes({ ...controller, requestHeaders: ['x-scheme', 'x-real-ip', 'more'] })).toEqual([]);
    expect([0, 4].flatMap((tries) => codes({ ...controller, tries }))).toEqual([]);
    expect(codes({ ...controller, tries: 2 })).toEqual(['default/retries']);
  });

  it('that differ, or that nobody knows of, are told once each', () => {
    const all = ['body-size', 'idle-timeout', 'connect-timeout', 'retries', 'hsts', 'request-headers'].map((topic) => `default/${topic}`);
    expect(codes(UNKNOWN_DEFAULTS)).toEqual(all);
    expect(codes({ bodyBytes: 0, idleMs: 300_000, connectMs: 10_000, tries: 1, hsts: '', requestHeaders: [] })).toEqual(all);
  });

  it('matter only where they were in force', () => {
    const plain = [host('a.test', [rule(web, '/')])];
    expect(codes({ ...controller, hsts: '' }, plain)).toEqual([]);
    const limited = [host('a.test', [rule(web, '/', { intents: [{ kind: 'bodySize', bytes: 1, entries: [] }] })])];
    expect(codes({ ...controller, bodyBytes: 0 }, limited)).toEqual([]);
    const redirect = rule(web, '/', { action: { kind: 'respond', status: 404, contentType: null, body: null } });
    expect(codes(UNKNOWN_DEFAULTS, [host('a.test', [redirect])])).toEqual([]);
  });

  it.each(['cilium', 'envoy-gateway', 'istio', 'kgateway', 'nginx-gateway-fabric', 'traefik'])('are known of %s', (name) => {
    const known = targets.find((target) => target.name === name)?.defaults;
    expect(Object.values(known ?? UNKNOWN_DEFAULTS)).not.toContain(null);
  });
});
