import { describe, expect, it } from 'vitest';
import { foldersOf } from '../../src/emit/folders.ts';
import { foreignRights } from '../../src/emit/rights.ts';
import type { OutputObject } from '../../src/gateway/types.ts';
import type { PlannedObject } from '../../src/plan/plan.ts';
import { estateOf } from '../read/estate-of.ts';
import { planned } from './planned.ts';

const GATEWAY = 'gateway.networking.k8s.io/v1';
const object = (kind: string, namespace: string | undefined, name: string, spec: object, apiVersion = GATEWAY) =>
  ({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, spec }) as unknown as OutputObject;
const listener = (from: object) => ({ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: from } });
const gateway = (from: object, more = {}) =>
  planned(object('Gateway', 'infra', 'main', { gatewayClassName: 'x', listeners: [listener(from)], ...more }), { role: 'gateways' });
const route = (namespace: string, backend: object) =>
  planned(
    object('HTTPRoute', namespace, 'web', {
      parentRefs: [{ name: 'main', namespace: 'infra', sectionName: 'http' }],
      rules: [{ backendRefs: [{ name: 'web', port: 80, ...backend }] }],
    }),
  );
const grant = (namespace: string, from: object, to: object) =>
  planned(object('ReferenceGrant', namespace, 'g', { from: [from], to: [to] }), { role: 'gateways' });
const ONLY = (namespace: string) => ({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } });
const found = (...objects: readonly PlannedObject[]) =>
  foreignRights(objects, []).map(({ code, args }) => [code, args['object'] ?? args['folder']]);

describe('folders', () => {
  it('of consent are those of the team that gives it', () => {
    const objects = [route('shop', {}), grant('shop', {}, {}), grant('certs', {}, {}), gateway({ from: 'All' })];
    expect(objects.map(foldersOf(objects))).toEqual(['routes/shop', 'routes/shop', 'gateways/certs', 'gateways/infra']);
  });
});

describe('no folder needs rights of another', () => {
  it('where everything is admitted and granted', () => {
    const from = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' };
    expect(
      found(gateway(ONLY('shop')), route('shop', { namespace: 'blog' }), grant('blog', from, { group: '', kind: 'Service', name: 'web' })),
    ).toEqual([]);
  });

  it.each([
    ['no grant', []],
    [
      'a grant for another object',
      [
        grant(
          'blog',
          { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' },
          { group: '', kind: 'Service', name: 'api' },
        ),
      ],
    ],
    [
      'a grant for another namespace',
      [grant('blog', { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'x' }, { group: '', kind: 'Service' })],
    ],
    [
      'a grant for another kind',
      [grant('blog', { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop' }, { group: '', kind: 'Service' })],
    ],
  ])('is told of a reference with %s', (_, grants) => {
    expect(found(gateway(ONLY('shop')), route('shop', { namespace: 'blog' }), ...grants)).toEqual([
      ['rights/ungranted', 'HTTPRoute shop/web'],
    ]);
  });

  it('is told of Secrets of listeners and of whatever a policy names', () => {
    const tls = { listeners: [{ ...listener({ from: 'Same' }), tls: { certificateRefs: [{ name: 'c', namespace: 'shop' }] } }] };
    const policy = planned(object('SecurityPolicy', 'shop', 'p', { basicAuth: { users: { name: 'u', namespace: 'blog' } } }, 'x.test/v1'));
    expect(found(gateway({ from: 'Same' }, tls), policy)).toEqual([
      ['rights/ungranted', 'Gateway infra/main'],
      ['rights/ungranted', 'SecurityPolicy shop/p'],
    ]);
  });

  it('is told of routes that a listener does not take, and of ListenerSets that a Gateway does not', () => {
    const set = planned(
      object('ListenerSet', 'blog', 's', { parentRef: { name: 'main', namespace: 'infra' }, listeners: [listener({ from: 'Same' })] }),
    );
    expect(found(gateway(ONLY('blog')), route('shop', {}), set)).toEqual([
      ['rights/unadmitted', 'HTTPRoute shop/web'],
      ['rights/unadmitted', 'ListenerSet blog/s'],
    ]);
    expect(found(gateway(ONLY('shop'), { allowedListeners: { namespaces: ONLY('blog') } }), route('shop', {}), set)).toEqual([]);
  });

  it('is silent of what the input admits in its own way', () => {
    const { others } = estateOf(
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: main, namespace: infra}\nspec: {}\n',
    );
    expect(foreignRights([gateway(ONLY('blog')), route('shop', {})], others)).toEqual([]);
  });

  it('is told of policies over what another folder owns', () => {
    const policy = (role: PlannedObject['role'], kind: string, name: string, namespace: string) =>
      planned(object('Policy', namespace, 'p', { targetRefs: [{ group: 'gateway.networking.k8s.io', kind, name }] }, 'x.test/v1'), {
        role,
      });
    const own = gateway(ONLY('shop'));
    expect(
      found(own, route('shop', {}), policy('routes', 'HTTPRoute', 'web', 'shop'), policy('gateways', 'Gateway', 'main', 'infra')),
    ).toEqual([]);
    expect(found(own, policy('routes', 'Gateway', 'main', 'infra'))).toEqual([['rights/holds-for', 'Policy infra/p']]);
    expect(found(own, route('shop', {}), policy('gateways', 'HTTPRoute', 'web', 'shop'))).toEqual([
      ['rights/holds-for', 'Policy shop/p'],
      ['rights/namespace', 'gateways/shop'],
    ]);
  });

  it('is told of objects of the whole cluster', () => {
    expect(found(planned(object('ClusterThing', undefined, 'x', {}, 'x.test/v1')))).toEqual([['rights/cluster-wide', 'ClusterThing x']]);
    expect(found(planned(object('GatewayClass', undefined, 'x', {}), { role: 'infrastructure' }))).toEqual([]);
  });
});
