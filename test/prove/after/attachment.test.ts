import { describe, expect, it } from 'vitest';
import type { Listener, RouteNamespaces } from '../../../src/gateway/types.ts';
import { ask, gateway, grant, http, https, listenerSet, route, rule, tls, tlsRoute } from '../gateway-objects.ts';

const web = route('web', [], [rule('/', 's')]);

describe('a route binds', () => {
  it.each([
    [{}, 's:80 /'],
    [{ sectionName: 'http' }, 's:80 /'],
    [{ sectionName: 'https' }, '404'],
    [{ sectionName: 'nothing' }, '404'],
    [{ port: 80 }, 's:80 /'],
    [{ port: 8080 }, '404'],
    [{ name: 'other' }, '404'],
    [{ namespace: 'team' }, '404'],
    [{ kind: 'Service' }, '404'],
    [{ group: 'example.com' }, '404'],
  ])('with parentRef %j: %s', (parent, answer) => {
    expect(ask([gateway([http('')]), route('web', [], [rule('/', 's')], parent)], 'http://a.test/')).toEqual([answer]);
  });

  it('to both listeners when it names none', () => {
    const objects = [gateway([http(''), https('')]), web];
    expect(ask(objects, 'http://a.test/')).toEqual(['s:80 /']);
    expect(ask(objects, 'https://a.test/')).toEqual(['s:80 /']);
  });

  const key = 'kubernetes.io/metadata.name';
  const expression = (operator: string, values?: readonly string[]): RouteNamespaces => ({
    from: 'Selector',
    selector: { matchExpressions: [{ key: 'tier', operator, ...(values === undefined ? {} : { values }) }] },
  });
  it.each<readonly [Listener['allowedRoutes'], boolean]>([
    [{ namespaces: { from: 'All' } }, true],
    [{ namespaces: { from: 'Same' } }, false],
    [{ namespaces: { from: 'None' } }, false],
    [{}, false],
    [{ namespaces: { from: 'Selector', selector: { matchLabels: { [key]: 'team' } } } }, true],
    [{ namespaces: { from: 'Selector', selector: { matchLabels: { [key]: 'other' } } } }, false],
    [{ namespaces: { from: 'Selector', selector: { matchLabels: { [key]: 'team', tier: 'back' } } } }, false],
    [{ namespaces: { from: 'Selector', selector: {} } }, true],
    [{ namespaces: expression('In', ['front', 'back']) }, true],
    [{ namespaces: expression('In', ['back']) }, false],
    [{ namespaces: expression('NotIn', ['back']) }, true],
    [{ namespaces: expression('NotIn', ['front']) }, false],
    [{ namespaces: expression('Exists') }, true],
    [{ namespaces: expression('DoesNotExist') }, false],
    [{ namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] }, false],
    [{ namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }, { kind: 'HTTPRoute' }] }, true],
    [{ namespaces: { from: 'All' }, kinds: [{ group: 'example.com', kind: 'HTTPRoute' }] }, false],
    [{ namespaces: { from: 'All' }, kinds: [] }, true],
  ])('from namespace team with labels when the listener allows %j: %s', (allowedRoutes = {}, binds) => {
    const objects = [gateway([http('', { allowedRoutes })]), web];
    expect(ask(objects, 'http://a.test/', {}, { team: { tier: 'front' } })).toEqual([binds ? 's:80 /' : '404']);
  });

  it('and Same is the namespace of the Gateway', () => {
    const { allowedRoutes: _, ...listener } = http('');
    const own = { ...web, metadata: { name: 'web', namespace: 'infra' } };
    expect(ask([gateway([listener]), own], 'http://a.test/')).toEqual(['infra/s:80 /']);
  });
});

describe('a listener', () => {
  it('of another port, protocol or host does not serve', () => {
    const objects = [gateway([http('a.test')]), web];
    expect(ask(objects, 'http://b.test/')).toEqual(['unreachable']);
    expect(ask(objects, 'http://a.test:8080/')).toEqual(['unreachable']);
    expect(ask(objects, 'https://a.test/')).toEqual(['unreachable']);
  });

  it('without a route answers 404', () => {
    expect(ask([gateway([http('a.test')])], 'http://a.test/')).toEqual(['404']);
  });

  it.each([
    ['HTTP and HTTPS', [http(':443'), https('')]],
    ['HTTP and TCP', [https(''), { name: 'tcp', port: 443, protocol: 'TCP' }]],
  ])('in conflict over its port serves nothing: %s', (_, listeners) => {
    expect(ask([gateway(listeners), web], 'https://a.test/')).toEqual(['unreachable']);
  });

  it('shares its port with UDP', () => {
    expect(ask([gateway([https(''), { name: 'udp', port: 443, protocol: 'UDP' }]), web], 'https://a.test/')).toEqual(['s:80 /']);
  });

  it.each([
    ['no tls at all', {}, 'unreachable'],
    ['no certificate', { tls: { mode: 'Terminate' } }, 'unreachable'],
    ['a certificate known by its options', { tls: { options: { 'example.com/certificate': 'x' } } }, 's:80 /'],
    ['a Secret of its namespace', { tls: { certificateRefs: [{ name: 'tls' }] } }, 's:80 /'],
    ['a Secret elsewhere without a grant', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } }, 'unreachable'],
    [
      'one of two Secrets without a grant',
      { tls: { certificateRefs: [{ name: 'tls' }, { name: 'tls', namespace: 'certs' }] } },
      'unreachable',
    ],
    ['mode Passthrough', { tls: { mode: 'Passthrough', certificateRefs: [{ name: 'tls' }] } }, 'unreachable'],
  ] as const)('for HTTPS with %s: %s', (_, more, answer) => {
    const { tls: __, ...bare } = https('');
    expect(ask([gateway([{ ...bare, ...more }]), web], 'https://a.test/')).toEqual([answer]);
  });

  it('that is invalid leaves its hosts to a broader one', () => {
    const broken = https('a.test', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } });
    expect(ask([gateway([broken, https('*.test')]), web], 'https://a.test/')).toEqual(['s:80 /']);
  });
});

describe('isolation of listeners, which is optional', () => {
  const listeners = [http('*.a.test'), http('b.a.test')];
  const wide = route('wide', [], [rule('/', 'wide')], { sectionName: 'http-any.a.test' });
  const narrow = route('narrow', [], [rule('/x', 'narrow')], { sectionName: 'http-b.a.test' });

  it('both answers are given where they differ', () => {
    expect(ask([gateway(listeners), wide, narrow], 'http://b.a.test/y')).toEqual(['404', 'wide:80 /y']);
  });

  it('and one where they do not', () => {
    expect(ask([gateway(listeners), wide, narrow], 'http://b.a.test/x')).toEqual(['narrow:80 /x']);
    expect(ask([gateway(listeners), wide, narrow], 'http://c.a.test/x')).toEqual(['wide:80 /x']);
  });

  it('a precise hostname is more specific than a wildcard of the same length', () => {
    const routes = [
      route('w', [], [rule('/', 'w')], { sectionName: 'http-any.test' }),
      route('p', [], [rule('/', 'p')], { sectionName: 'http-a.test' }),
    ];
    expect(ask([gateway([http('*.test'), http('a.test')]), ...routes], 'http://a.test/')[0]).toBe('p:80 /');
  });
});

describe('grants', () => {
  const elsewhere = (kind = 'Service') =>
    route('r', [], [rule('/', '', { backendRefs: [{ name: 's', namespace: 'other', port: 80, kind }] })]);
  it.each([
    ['none', [], '500'],
    ['for the Service', [grant('other', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service', name: 's' })], 'other/s:80 /'],
    ['for all Services', [grant('other', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service' })], 'other/s:80 /'],
    ['for another Service', [grant('other', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service', name: 't' })], '500'],
    ['for Secrets', [grant('other', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Secret' })], '500'],
    ['from another namespace', [grant('other', { kind: 'HTTPRoute', namespace: 'elsewhere' }, { kind: 'Service' })], '500'],
    ['from another kind', [grant('other', { kind: 'Gateway', namespace: 'team' }, { kind: 'Service' })], '500'],
    ['from another group', [grant('other', { kind: 'HTTPRoute', namespace: 'team', group: '' }, { kind: 'Service' })], '500'],
    ['to another group', [grant('other', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service', group: 'example.com' })], '500'],
    ['in the namespace of the route', [grant('team', { kind: 'HTTPRoute', namespace: 'team' }, { kind: 'Service' })], '500'],
  ] as const)('to a Service of another namespace: %s → %s', (_, grants, answer) => {
    expect(ask([gateway([http('')]), elsewhere(), ...grants], 'http://a.test/')).toEqual([answer]);
  });

  it('to a certificate of another namespace', () => {
    const listener = https('', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } });
    const granted = grant('certs', { kind: 'Gateway', namespace: 'infra' }, { kind: 'Secret', name: 'tls' });
    expect(ask([gateway([listener]), web, granted], 'https://a.test/')).toEqual(['s:80 /']);
  });
});

describe('ListenerSets', () => {
  const set = listenerSet('more', [https('b.test')]);
  const bound = route('web', [], [rule('/', 's')], { kind: 'ListenerSet', name: 'more', namespace: 'team' });
  const admitting = { allowedListeners: { namespaces: { from: 'All' } } } as const;

  it('add listeners where the Gateway admits them', () => {
    expect(ask([gateway([http('')], admitting), set, bound], 'https://b.test/')).toEqual(['s:80 /']);
    expect(ask([gateway([http('')]), set, bound], 'https://b.test/')).toEqual(['unreachable']);
    expect(ask([gateway([http('')], { allowedListeners: { namespaces: { from: 'Same' } } }), set, bound], 'https://b.test/')).toEqual([
      'unreachable',
    ]);
  });

  it('are not what a route of the Gateway binds to', () => {
    expect(ask([gateway([http('')], admitting), set, web], 'https://b.test/')).toEqual(['404']);
  });

  it('need their own grants', () => {
    const foreign = listenerSet('more', [https('b.test', { tls: { certificateRefs: [{ name: 'tls', namespace: 'certs' }] } })]);
    const toGateway = grant('certs', { kind: 'Gateway', namespace: 'infra' }, { kind: 'Secret' });
    const toSet = grant('certs', { kind: 'ListenerSet', namespace: 'team' }, { kind: 'Secret' });
    expect(ask([gateway([http('')], admitting), foreign, bound, toGateway], 'https://b.test/')).toEqual(['unreachable']);
    expect(ask([gateway([http('')], admitting), foreign, bound, toSet], 'https://b.test/')).toEqual(['s:80 /']);
  });

  it("give way to the Gateway's own listeners", () => {
    expect(ask([gateway([https('b.test')], admitting), set, bound, route('own', [], [rule('/', 'own')])], 'https://b.test/')).toEqual([
      'own:80 /',
    ]);
  });
});

describe('passthrough', () => {
  it('goes to the TLSRoute of the server name', () => {
    const objects = [gateway([tls('a.test'), https('*.test')]), tlsRoute('t', ['a.test'], 's'), web];
    expect(ask(objects, 'https://a.test/x')).toEqual(['tls to s:443']);
    expect(ask(objects, 'https://b.test/x')).toEqual(['s:80 /x']);
  });

  it('needs a route, a grant and the mode', () => {
    expect(ask([gateway([tls('a.test')])], 'https://a.test/')).toEqual(['unreachable']);
    expect(ask([gateway([tls('a.test')]), web], 'https://a.test/')).toEqual(['unreachable']);
    expect(ask([gateway([tls('a.test')]), tlsRoute('t', ['a.test'], 's', 'other')], 'https://a.test/')).toEqual(['unreachable']);
    const terminated = tls('a.test', { tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] } });
    expect(ask([gateway([terminated]), tlsRoute('t', ['a.test'], 's')], 'https://a.test/')).toEqual(['undecidable']);
  });
});
