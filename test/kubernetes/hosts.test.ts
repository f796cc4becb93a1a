import { describe, expect, it } from 'vitest';
import { answerTo, ingress, routed } from './routed.ts';

const service = (name: string) => ({ service: { name, port: { number: 80 } } });

describe('hosts', () => {
  it('serves the most specific host, a wildcard for one label, and no other host', () => {
    const { tables } = routed(
      ingress('web', { 'a.x.test': [{ path: '/', service: 'exact' }], '*.x.test': [{ path: '/', service: 'wild' }] }) +
        ingress('any', { '': [{ path: '/', service: 'any' }] }),
    );
    expect(tables).toHaveLength(1);
    expect(tables[0]?.hosts.map(({ host }) => host)).toEqual(['*.x.test', 'a.x.test', '']);
    expect(answerTo(tables[0], 'http://a.x.test/')).toBe('exact:80');
    expect(answerTo(tables[0], 'http://b.x.test/')).toBe('wild:80');
    expect(answerTo(tables[0], 'http://a.b.x.test/')).toBe('any:80');
    expect(answerTo(tables[0], 'http://other.test/')).toBe('any:80');
  });

  it('has a table for each class and one for the Ingresses without', () => {
    const { tables } = routed(
      ingress('web', { 'a.test': [{ path: '/', service: 'a' }] }, { ingressClassName: 'inner' }) +
        ingress('api', { 'a.test': [{ path: '/', service: 'b' }] }),
    );
    expect(
      tables.map(({ loadBalancer }) => [loadBalancer.name, loadBalancer.className, loadBalancer.ingresses.map(({ name }) => name)]),
    ).toEqual([
      ['default', null, ['api']],
      ['inner', 'inner', ['web']],
    ]);
  });

  it('keeps the first of two Ingresses that serve the same path, and names both files', () => {
    const files = {
      'b.yaml': ingress('b', { 'a.test': [{ path: '/x/', service: 'second' }] }),
      'a.yaml': ingress('a', { 'a.test': [{ path: '/x', service: 'first' }] }),
    };
    const { tables, settled } = routed(files);
    expect(answerTo(tables[0], 'http://a.test/x')).toBe('first:80');
    const [duplicate] = settled.filter(({ finding }) => finding?.code === 'kubernetes/path/duplicate');
    expect(duplicate?.outcome).toBe('manual');
    expect(duplicate?.finding?.args).toMatchObject({ kept: 'shop/a', file: 'a.yaml', backend: 'shop/first:80' });
    expect(duplicate?.entry.at.file).toBe('b.yaml');
  });

  it('takes two paths with the same backend for one', () => {
    const { tables, settled } = routed(
      ingress('b', { 'a.test': [{ path: '/x', service: 's' }] }) + ingress('a', { 'a.test': [{ path: '/x', service: 's' }] }),
    );
    expect(tables[0]?.hosts[0]?.rules).toHaveLength(1);
    expect(settled).toEqual([]);
  });

  it('writes nothing for a host that is none', () => {
    const { tables, settled } = routed(ingress('web', { 'app.<domain>': [{ path: '/', service: 'a' }] }));
    expect(tables[0]?.hosts).toEqual([]);
    expect(new Set(settled.map(({ finding }) => finding?.code))).toEqual(new Set(['kubernetes/host/invalid']));
  });
});

describe('default backends', () => {
  it('answer unknown hosts and unmatched paths', () => {
    const { tables } = routed(ingress('web', { 'a.test': [{ path: '/app', service: 'app' }] }, { defaultBackend: service('rest') }));
    expect(answerTo(tables[0], 'http://a.test/app')).toBe('app:80');
    expect(answerTo(tables[0], 'http://a.test/other')).toBe('rest:80');
    expect(answerTo(tables[0], 'http://other.test/')).toBe('rest:80');
  });

  it('answer first for the hosts of their own Ingress', () => {
    const { tables, settled } = routed(
      ingress('one', { 'a.test': [{ path: '/app', service: 'app' }] }, { defaultBackend: service('first') }) +
        ingress('two', { 'b.test': [{ path: '/app', service: 'app' }] }, { defaultBackend: service('second') }) +
        ingress('three', { 'c.test': [{ path: '/app', service: 'app' }] }),
    );
    expect(answerTo(tables[0], 'http://a.test/other')).toBe('first:80');
    expect(answerTo(tables[0], 'http://b.test/other')).toBe('second:80');
    expect(answerTo(tables[0], 'http://c.test/other')).toBe('first:80');
    expect(answerTo(tables[0], 'http://d.test/')).toBe('first:80');
    expect(settled).toEqual([]);
  });

  it('say when they answer nothing', () => {
    const only = (name: string, backend: string) => ingress(name, {}, { defaultBackend: service(backend) });
    const { tables, settled } = routed(only('one', 'first') + only('two', 'second'));
    expect(answerTo(tables[0], 'http://x.test/')).toBe('first:80');
    expect(new Set(settled.filter(({ outcome }) => outcome === 'manual').map(({ finding }) => finding?.code))).toEqual(
      new Set(['kubernetes/backend/second-default']),
    );
  });

  it('answer for a rule without paths', () => {
    const text = JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { defaultBackend: service('all'), rules: [{ host: 'a.test' }] },
    });
    const { tables } = routed(text);
    expect(tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test', '']);
    expect(answerTo(tables[0], 'http://a.test/')).toBe('all:80');
  });
});

describe('backends', () => {
  it('that are no Service stand as an error before broader paths', () => {
    const text = JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        rules: [
          {
            host: 'a.test',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: service('site') },
                {
                  path: '/icons',
                  pathType: 'Prefix',
                  backend: { resource: { apiGroup: 'k8s.example.com', kind: 'StorageBucket', name: 'icons' } },
                },
              ],
            },
          },
        ],
      },
    });
    const { tables, settled } = routed(text);
    expect(answerTo(tables[0], 'http://a.test/icons/x')).toBe('503');
    expect(settled.map(({ entry, outcome, finding }) => [entry.name.replace(/^.*backend\./, ''), outcome, finding?.code])).toEqual([
      ['resource.apiGroup', 'unmapped', 'kubernetes/backend/resource'],
      ['resource.kind', 'unmapped', 'kubernetes/backend/resource'],
      ['resource.name', 'unmapped', 'kubernetes/backend/resource'],
    ]);
  });
});
