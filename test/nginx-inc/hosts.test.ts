import { describe, expect, it, test } from 'vitest';
import { ask, codesOf, endsOf, hostOf, ingress, intentsOf, policy, routed } from './routed.ts';

const OLD = '2023-01-01T00:00:00Z';
const NEW = '2024-01-01T00:00:00Z';

describe('a host', () => {
  const first = (created?: string) =>
    ingress('first', { rules: { 'a.test': ['/a web'], 'b.test': ['/ web'] }, ...(created && { created }) });
  const second = (created?: string) =>
    ingress('second', { rules: { 'a.test': ['/b api'], 'c.test': ['/ api'] }, ...(created && { created }) });

  it('belongs to the oldest Ingress alone; the other keeps its other hosts', () => {
    const result = routed(first(NEW), second(OLD));
    expect(ask(result, 'http://a.test/b')).toBe('api:80 /b');
    expect(ask(result, 'http://a.test/a')).toBe('404');
    expect(ask(result, 'http://b.test/')).toBe('web:80 /');
    expect(codesOf(result)).toEqual([]);
    expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['inert nginx-inc/conflict/host-of-older']);
  });

  it('is said to be undecided where the files do not tell the age', () => {
    for (const documents of [
      [first(), second()],
      [second(), first()],
      [first(OLD), second(OLD)],
    ]) {
      const result = routed(...documents);
      expect(ask(result, 'http://a.test/a')).toBe('web:80 /a');
      expect(ask(result, 'http://a.test/b')).toBe('404');
      expect(codesOf(result)).toEqual(['nginx-inc/conflict/host']);
      const [conflict] = result.findings;
      expect(conflict?.args).toMatchObject({ host: 'a.test', winner: 'default/first', loser: 'default/second' });
      expect(conflict?.differs).toContain('protection');
      expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['manual nginx-inc/conflict/host']);
    }
  });

  it('may be a VirtualServer’s', () => {
    const server = {
      apiVersion: 'k8s.nginx.org/v1',
      kind: 'VirtualServer',
      metadata: { name: 'v', namespace: 'x' },
      spec: { host: 'b.test' },
    };
    expect(codesOf(routed(first(), JSON.stringify(server)))).toEqual(['nginx-inc/conflict/virtual-server']);
    const other = JSON.stringify({ ...server, spec: { host: 'b.test', ingressClassName: 'else' } });
    expect(codesOf(routed(first(), other))).toEqual([]);
  });

  it('with a wildcard takes names of any depth', () => {
    const result = routed(ingress('wild', { rules: { '*.a.test': ['/ web'] } }));
    expect(ask(result, 'http://x.y.a.test/')).toBe('web:80 /');
  });

  it('that is not named takes a flag, which is said', () => {
    const result = routed(ingress('any', { rules: { '': ['/ web'] } }));
    expect(codesOf(result)).toContain('nginx-inc/host/needs-flag');
    expect(ask(result, 'http://who.test/x')).toBe('301 https://who.test/x');
    expect(hostOf(result, '').certificate).toMatchObject({ kind: 'default', asked: false });
  });
});

describe('master and minions', () => {
  const master = (annotations: Record<string, string> = {}, tls?: readonly string[]) =>
    ingress('m', {
      annotations: { 'mergeable-ingress-type': 'master', ...annotations },
      rules: { 'a.test': null },
      ...(tls === undefined ? {} : { tls }),
    });
  const minion = (name: string, paths: readonly string[], annotations: Record<string, string> = {}, created?: string) =>
    ingress(name, {
      annotations: { 'mergeable-ingress-type': 'minion', ...annotations },
      rules: { 'a.test': paths },
      ...(created === undefined ? {} : { created }),
    });

  it('make one host', () => {
    const result = routed(master({}, ['cert:a.test']), minion('x', ['/a web']), minion('y', ['/b api']));
    expect(ask(result, 'https://a.test/a')).toBe('web:80 /a');
    expect(ask(result, 'https://a.test/b')).toBe('api:80 /b');
    expect(ask(result, 'http://a.test/c')).toBe('301 https://a.test/c');
    expect(hostOf(result, 'a.test').owner?.name).toBe('m');
  });

  it('without the other serve nothing', () => {
    const orphan = routed(minion('x', ['/a web']));
    expect(orphan.tables[0]?.hosts).toEqual([]);
    expect(codesOf(orphan)).toEqual(['nginx-inc/mergeable/orphan']);
    expect(endsOf(orphan, 'mergeable-ingress-type')).toEqual(['manual nginx-inc/mergeable/orphan']);
    expect(codesOf(routed(master()))).toEqual(['nginx-inc/mergeable/no-minions']);
  });

  it('lose all when the master loses its host', () => {
    const older = ingress('a', { rules: { 'a.test': ['/ web'] } });
    const result = routed(older, master(), minion('x', ['/a api']));
    expect(ask(result, 'http://a.test/a')).toBe('web:80 /a');
    expect(codesOf(result)).toEqual(['nginx-inc/conflict/host', 'nginx-inc/mergeable/orphan']);
  });

  it('share no path: the oldest minion has it', () => {
    const decided = routed(master(), minion('x', ['/a web', '/b web'], {}, NEW), minion('y', ['/a api'], {}, OLD));
    expect(ask(decided, 'http://a.test/a')).toBe('api:80 /a');
    expect(ask(decided, 'http://a.test/b')).toBe('web:80 /b');
    expect(codesOf(decided)).toEqual([]);
    const open = routed(master(), minion('x', ['/a web']), minion('y', ['/a api']));
    expect(ask(open, 'http://a.test/a')).toBe('web:80 /a');
    expect(codesOf(open)).toEqual(['nginx-inc/mergeable/path-taken']);
  });

  it('have nothing of a path that one minion names twice', () => {
    const result = routed(master(), minion('x', ['/a web', '/a api Exact', '/b web']));
    expect(ask(result, 'http://a.test/a')).toBe('404');
    expect(ask(result, 'http://a.test/b')).toBe('web:80 /b');
    expect(codesOf(result)).toEqual(['nginx-inc/mergeable/path-twice']);
  });

  it('inherit what is inherited, and nothing else', () => {
    const of = { 'proxy-read-timeout': '5s', 'client-body-buffer-size': '1m', 'limit-req-rate': '10r/s' };
    const result = routed(
      master(of),
      minion('x', ['/a web'], { 'limit-req-burst': '20' }),
      minion('y', ['/b web'], { 'proxy-read-timeout': '7s' }),
    );
    expect(intentsOf(result, 'default/x rules[0].paths[0]')).toMatchObject([
      { kind: 'rateLimit', requests: 10, burst: 2 },
      { kind: 'idleTimeout', ms: 5000 },
    ]);
    expect(intentsOf(result, 'default/y rules[0].paths[0]')).toMatchObject([
      { kind: 'rateLimit', burst: 0 },
      { kind: 'idleTimeout', ms: 7000 },
    ]);
    expect(endsOf(result, 'client-body-buffer-size')).toEqual(['inert nginx-inc/mergeable/other-block']);
  });

  test.each([
    [{ 'ssl-services': 'web' }, {}, 'ssl-services'],
    [{}, { hsts: 'true' }, 'hsts'],
    [{}, { 'app-root': '/x' }, 'app-root'],
  ])('drop what is not allowed on them: %o %o', (onMaster, onMinion, name) => {
    // Lists of Services are held against those of the Ingress before anything is dropped.
    const fallback = 'ssl-services' in onMaster ? { defaultBackend: 'web' } : {};
    const m = ingress('m', { annotations: { 'mergeable-ingress-type': 'master', ...onMaster }, rules: { 'a.test': null }, ...fallback });
    const result = routed(m, minion('x', ['/a web'], onMinion));
    expect(endsOf(result, name)).toEqual(['inert nginx-inc/mergeable/not-here']);
    expect(codesOf(result)).toEqual(['nginx-inc/mergeable/not-here']);
    expect(intentsOf(result, 'default/x rules[0].paths[0]')).toEqual([]);
  });

  it('protect: the master the host, a minion its paths in its place', () => {
    const result = routed(
      master({ 'basic-auth-secret': 'all' }),
      minion('x', ['/a web'], { 'basic-auth-secret': 'own' }),
      minion('y', ['/b web']),
    );
    expect(intentsOf(result, 'default/x rules[0].paths[0]')).toMatchObject([{ kind: 'basicAuth', secret: { name: 'own' } }]);
    expect(intentsOf(result, 'default/y rules[0].paths[0]')).toMatchObject([{ kind: 'basicAuth', secret: { name: 'all' } }]);
  });

  it('keep address lists of the master where a minion has none', () => {
    const result = routed(
      policy('in', { accessControl: { allow: ['10.0.0.0/8'] } }),
      policy('out', { accessControl: { deny: ['10.1.0.0/16'] } }),
      master({ policies: 'in' }),
      minion('x', ['/a web'], { policies: 'out' }),
      minion('y', ['/b web']),
    );
    expect(intentsOf(result, 'default/x rules[0].paths[0]')).toEqual([{ kind: 'denyList', ranges: ['10.1.0.0/16'] }]);
    expect(intentsOf(result, 'default/y rules[0].paths[0]')).toEqual([{ kind: 'allowList', ranges: ['10.0.0.0/8'] }]);
  });

  it('merge headers for the backend by name', () => {
    const result = routed(master({ 'proxy-set-headers': 'X-A: m,X-B: m' }), minion('x', ['/a web'], { 'proxy-set-headers': 'x-a: own' }));
    expect(intentsOf(result, 'default/x rules[0].paths[0]')).toMatchObject([
      {
        kind: 'requestHeaders',
        set: [
          { name: 'x-a', value: 'own' },
          { name: 'X-B', value: 'm' },
        ],
      },
    ]);
  });

  it('inherit added headers as a whole or not at all', () => {
    const adds = { 'add-header': 'X-M:m:always' };
    const own = routed(master(adds), minion('x', ['/a web'], { 'add-header': 'X-O:o:always' }), minion('y', ['/b web']));
    expect(intentsOf(own, 'default/x rules[0].paths[0]')).toMatchObject([{ add: [{ name: 'X-O' }] }]);
    expect(intentsOf(own, 'default/y rules[0].paths[0]')).toMatchObject([{ add: [{ name: 'X-M' }] }]);
    const merged = routed(master(adds), minion('x', ['/a web'], { 'add-header': 'X-O:o:always', 'add-header-inherit': 'merge' }));
    expect(intentsOf(merged, 'default/x rules[0].paths[0]')).toMatchObject([{ add: [{ name: 'X-O' }] }, { add: [{ name: 'X-M' }] }]);
    const off = routed(master(adds), minion('x', ['/a web'], { 'add-header-inherit': 'off' }));
    expect(intentsOf(off, 'default/x rules[0].paths[0]')).toEqual([]);
    expect(endsOf(off, 'add-header')).toEqual(['inert nginx-inc/response-headers/not-inherited']);
  });
});
