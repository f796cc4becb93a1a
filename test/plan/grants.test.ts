import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/intent/intent.ts';
import { backend, EXPERIMENTAL, grants, host, ingress, plan, rule, secret, table } from './tables.ts';

const granted = (made: ReturnType<typeof plan>) =>
  grants(made).flatMap(({ metadata, spec }) =>
    spec.from.flatMap((from) => spec.to.map((to) => `${from.kind} ${from.namespace} → ${to.kind} ${metadata.namespace}/${to.name}`)),
  );

describe('reference grants', () => {
  it('name exactly what is referenced across namespaces', () => {
    const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
    const made = plan(
      table([
        host('a.test', [rule(one, '/')], { certificate: secret(one, 'a') }),
        host('b.test', [rule(two, '/')], { certificate: secret(two, 'b', 'gateway-system') }),
        host('c.test', [
          rule(two, '/', {
            action: { kind: 'forward', backends: [backend(two), backend(two, 'far', { namespace: 'one' })], rewrite: null },
          }),
        ]),
      ]),
    );
    expect(granted(made)).toEqual(['Gateway gateway-system → Secret one/a', 'HTTPRoute two → Service one/far']);
  });

  it('include mirrors and authentication services', () => {
    const web = ingress();
    const intents: Intent[] = [
      { kind: 'mirror', url: '', service: { namespace: 'audit', name: 'copy', port: 80 }, host: null, requestBody: true, entries: [] },
      {
        kind: 'externalAuth',
        url: '',
        method: null,
        signInUrl: null,
        signInReturnParam: '',
        responseHeaders: [],
        requestHeaders: [],
        cache: null,
        entries: [],
      },
    ];
    const made = plan(table([host('a.test', [rule(web, '/', { intents })])]), { options: { release: EXPERIMENTAL } });
    expect(granted(made)).toEqual(['HTTPRoute shop → Service audit/copy', 'HTTPRoute shop → Service security/auth']);
  });

  it('of several Gateways in one namespace are written together, none in place of the other', () => {
    const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
    const of = (name: string) =>
      table([host(`${name}.test`, [rule(one, '/x'), rule(two, '/')], { certificate: secret(one, name) })], { name });
    expect(granted(plan([of('a'), of('b')]))).toEqual(['Gateway gateway-system → Secret one/a', 'Gateway gateway-system → Secret one/b']);
  });

  it('hold 16 names at most', () => {
    const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
    const hosts = Array.from({ length: 20 }, (_, index) =>
      host(`h${index}.test`, [rule(index === 0 ? two : one, '/')], { certificate: secret(one, `s${index}`) }),
    );
    const made = plan(table(hosts));
    expect(grants(made).map(({ spec }) => spec.to.length)).toEqual([16, 4]);
    expect(new Set(granted(made)).size).toBe(20);
    expect(new Set(grants(made).map(({ metadata }) => metadata.name)).size).toBe(2);
  });

  it('say whose Ingresses asked for them', () => {
    const [one, two] = [ingress('one', 'one'), ingress('two', 'two')];
    const made = plan(table([host('a.test', [rule(one, '/')], { certificate: secret(one) }), host('b.test', [rule(two, '/')])]));
    expect(made.objects.find(({ object }) => object.kind === 'ReferenceGrant')?.origin).toEqual([one]);
  });
});
