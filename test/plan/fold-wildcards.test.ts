import { describe, expect, it } from 'vitest';
import type { HostTable } from '../../src/route/table.ts';
import { estateOf } from '../read/estate-of.ts';
import { BOTH, backend, codes, gateways, host, ingress, plan, routes, rule, secret, table } from './tables.ts';

const web = ingress('web', 'shop');
const FOLD = { foldWildcards: ['*.example.com'] };

/** Hosts below *.example.com with the Secret `wild`. */
const below = (names: readonly string[], more: Partial<HostTable> = {}) =>
  names.map((name) => host(`${name}.example.com`, [rule(web, '/')], { certificate: secret(web, 'wild'), ...more }));

const listeners = (made: ReturnType<typeof plan>) =>
  gateways(made).flatMap(({ spec }) =>
    spec.listeners.map(({ hostname = '', port, tls }) => `${hostname}:${port} ${tls?.certificateRefs?.[0]?.name ?? ''}`.trim()),
  );

const why = (made: ReturnType<typeof plan>) =>
  made.findings.filter(({ code }) => code === 'plan/fold/kept').map(({ args }) => `${args['hosts']}: ${args['why']}`);

describe('hosts below a wildcard', () => {
  it('share its listeners, and their routes keep their hostnames', () => {
    const made = plan(table(below(['a', 'b', 'c'])), { options: FOLD });
    expect(listeners(made)).toEqual(['*.example.com:80', '*.example.com:443 wild']);
    expect(routes(made).map(({ spec }) => spec.hostnames)).toEqual([['a.example.com'], ['b.example.com'], ['c.example.com']]);
    for (const { spec } of routes(made))
      expect(spec.parentRefs.map(({ sectionName }) => sectionName)).toEqual(['http-wildcard-example-com', 'https-wildcard-example-com']);
    expect(made.findings.find(({ code }) => code === 'plan/fold/folded')?.args).toMatchObject({ hosts: 3, saved: 4 });
    expect(why(made)).toEqual([]);
  });

  it('have listeners of their own where nobody asks', () => {
    expect(listeners(plan(table(below(['a', 'b']))))).toHaveLength(4);
  });

  it('never show another certificate', () => {
    const other = host('own.example.com', [rule(web, '/')], { certificate: secret(web, 'own') });
    const made = plan(table([...below(['a', 'b']), other]), { options: FOLD });
    expect(listeners(made)).toEqual(['*.example.com:80', '*.example.com:443 wild', 'own.example.com:80', 'own.example.com:443 own']);
    expect(why(made)).toEqual([expect.stringMatching(/^own.example.com: another certificate/)]);
  });

  it('are the most of those that are alike, those with TLS first', () => {
    const clear = ['x', 'y', 'z'].map((name) => host(`${name}.example.com`, [rule(web, '/')]));
    const made = plan(table([...clear, ...below(['a', 'b'])]), { options: FOLD });
    expect(listeners(made)).toEqual([
      '*.example.com:80',
      '*.example.com:443 wild',
      'x.example.com:80',
      'y.example.com:80',
      'z.example.com:80',
    ]);
  });

  it('keep their own where other namespaces have routes, unless that is asked for as well', () => {
    const blog = ingress('blog', 'blog');
    const hosts = [...below(['a']), host('b.example.com', [rule(blog, '/')], { certificate: secret(web, 'wild') })];
    const options = { ...FOLD, gatewayNamespace: 'infra' };
    expect(listeners(plan(table(hosts), { options }))).toHaveLength(4);
    const made = plan(table(hosts), { options: { ...options, foldAcrossNamespaces: true } });
    expect(listeners(made)).toEqual(['*.example.com:80', '*.example.com:443 wild']);
    const [gateway] = gateways(made);
    for (const { allowedRoutes } of gateway?.spec.listeners ?? [])
      expect(JSON.stringify(allowedRoutes)).toContain('"values":["blog","shop"]');
  });

  it('do not hide what answers for the other names', () => {
    const any = host('', [rule(web, '/')], { certificate: secret(web, 'any') });
    const made = plan(table([...below(['a', 'b']), any]), { options: FOLD });
    expect(listeners(made).some((each) => each.startsWith('*'))).toBe(false);
    expect(why(made)).toEqual([expect.stringContaining('answered by the server for any host')]);
    // On another port nothing is hidden.
    const elsewhere = host('', [rule(web, '/')], { ports: [{ scheme: 'http', port: 8080 }] });
    expect(listeners(plan(table([...below(['a', 'b']), elsewhere]), { options: FOLD }))).toContain('*.example.com:443 wild');
  });

  it('join the wildcard that is a host itself, if it is like them', () => {
    const wildcard = (name: string) => host('*.example.com', [rule(web, '/')], { certificate: secret(web, name) });
    const joined = plan(table([...below(['a']), wildcard('wild')]), { options: FOLD });
    expect(listeners(joined)).toEqual(['*.example.com:80', '*.example.com:443 wild']);
    const apart = plan(table([...below(['a', 'b']), wildcard('other')]), { options: FOLD });
    expect(listeners(apart)).toHaveLength(6);
    expect(why(apart)).toEqual([expect.stringContaining('the wildcard is a host itself')]);
  });

  it('leave what is deeper, passed through or governed alone', () => {
    const passthrough = host('p.example.com', [], { passthrough: backend(web, 'db'), ports: BOTH, owner: web });
    const deep = host('x.y.example.com', [rule(web, '/')], { certificate: secret(web, 'wild') });
    const made = plan(table([...below(['a', 'b']), passthrough, deep]), { options: FOLD });
    expect(listeners(made)).toContain('x.y.example.com:443 wild');
    expect(listeners(made)).toContain('p.example.com:443');
    expect(why(made)).toEqual([expect.stringContaining('passed through')]);
  });

  it('keep their own where cert-manager would issue for the wildcard', () => {
    const entry = {
      object: web,
      ingress: web,
      kind: 'annotation',
      name: 'cert-manager.io/issuer',
      key: '',
      value: 'x',
      at: web.at,
    } as const;
    const metadata = [{ ingress: web, on: 'gateway', name: entry.name, value: 'x', entry, outcome: 'converted', finding: null } as const];
    const made = plan(table(below(['a', 'b'])), { options: FOLD, metadata });
    expect(listeners(made)).toHaveLength(4);
    expect(why(made)).toEqual([expect.stringContaining('cert-manager')]);
  });

  it('mind the listeners of a Gateway of the input', () => {
    const existing = (listener: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: main, namespace: shop}
spec:
  gatewayClassName: x
  listeners: [${listener}]
`;
    const options = { ...FOLD, gateway: { kind: 'named', namespace: 'shop', name: 'main' } } as const;
    const made = (listener: string) => plan(table(below(['a', 'b'])), { options, estate: estateOf(existing(listener)) });
    expect(why(made('{name: any, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: x}]}}'))[0]).toContain(
      'the server for any host',
    );
    expect(why(made('{name: w, hostname: "*.example.com", port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: x}]}}'))[0]).toContain(
      'another certificate',
    );
    expect(why(made('{name: w, hostname: "*.example.com", port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: wild}]}}'))).toEqual(
      [],
    );
    expect(why(made('{name: c, hostname: c.example.com, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: x}]}}'))).toEqual([]);
  });

  it('are told where there are none', () => {
    expect(codes(plan(table(below(['a'])), { options: { foldWildcards: ['*.exmaple.com'] } }))).toContain('plan/fold/no-host');
    expect(why(plan(table(below(['a'])), { options: FOLD }))).toEqual([expect.stringContaining('no two have')]);
  });

  it('do not depend on their order', () => {
    const hosts = [...below(['c', 'a', 'b']), host('d.example.com', [rule(web, '/')], { certificate: secret(web, 'own') })];
    const text = (some: readonly HostTable[]) => JSON.stringify(gateways(plan(table(some), { options: FOLD })));
    expect(text(hosts.toReversed())).toBe(text(hosts));
  });
});
