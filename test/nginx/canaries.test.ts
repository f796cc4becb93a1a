import { describe, expect, test } from 'vitest';
import { file, ingress } from './ingress-text.ts';
import { ask, codesOf, endsOf, hostOf, linesOf, routed } from './routed.ts';

const primary = (paths: readonly string[] = ['/x prod'], more: object = {}) => ingress('prod', { rules: { 'a.test': paths }, ...more });
const canary = (annotations: Readonly<Record<string, string>>, paths: readonly string[] = ['/x next'], more: object = {}) =>
  ingress('next', { annotations: { canary: 'true', ...annotations }, rules: { 'a.test': paths }, ...more });
const split = (annotations: Readonly<Record<string, string>>) =>
  linesOf(routed(file(primary(), canary(annotations))), 'a.test').slice(0, -1);

describe('part 10: canaries', () => {
  test.each([
    [{ 'canary-weight': '20' }, ['prefix /x -> prod:80*80 next:80*20']],
    [{ 'canary-weight': '5', 'canary-weight-total': '10' }, ['prefix /x -> prod:80*95 next:80*5']],
    [{ 'canary-weight': '5', 'canary-weight-total': '1000' }, ['prefix /x -> prod:80*995 next:80*5']],
    [{ 'canary-weight': '100' }, ['prefix /x -> next:80']],
    [{ 'canary-weight': '0' }, ['prefix /x -> prod:80']],
    [{ 'canary-weight': '-1' }, ['prefix /x -> prod:80']],
    [{ 'canary-by-header': 'X-C' }, ['prefix /x X-C=always -> next:80', 'prefix /x X-C=never -> prod:80', 'prefix /x -> prod:80']],
    [{ 'canary-by-header': 'X-C', 'canary-by-header-value': 'beta' }, ['prefix /x X-C=beta -> next:80', 'prefix /x -> prod:80']],
    [{ 'canary-by-header': 'X-C', 'canary-by-header-pattern': '^b.*a$' }, ['prefix /x X-C=^b.*a$ -> next:80', 'prefix /x -> prod:80']],
    [
      { 'canary-by-header': 'X-C', 'canary-by-header-pattern': 'be|ta' },
      ['prefix /x X-C=.*(?:be|ta).* -> next:80', 'prefix /x -> prod:80'],
    ],
    [
      { 'canary-by-header': 'X-C', 'canary-by-header-value': 'beta', 'canary-by-header-pattern': 'x' },
      ['prefix /x X-C=beta -> next:80', 'prefix /x -> prod:80'],
    ],
    [{ 'canary-by-cookie': 'c' }, ['prefix /x cookie c=always -> next:80', 'prefix /x cookie c=never -> prod:80', 'prefix /x -> prod:80']],
    [
      { 'canary-by-header': 'X-C', 'canary-by-header-value': 'beta', 'canary-by-cookie': 'c', 'canary-weight': '10' },
      [
        'prefix /x X-C=beta -> next:80',
        'prefix /x cookie c=always -> next:80',
        'prefix /x cookie c=never -> prod:80',
        'prefix /x -> prod:80*90 next:80*10',
      ],
    ],
  ])('%o', (annotations, expected) => expect(split(annotations)).toEqual(expected));

  test('settings without their partner', () => {
    const result = routed(file(primary(), canary({ 'canary-by-header-value': 'x', 'canary-weight': '1' })));
    expect(endsOf(result, 'canary-by-header-value')).toEqual(['inert nginx/value/without-partner']);
    expect(endsOf(routed(file(primary(), canary({}))), 'canary')).toEqual(['inert nginx/canary/never']);
  });

  test('settings are those of the primary; the redirect to HTTPS comes first', () => {
    const result = routed(
      file(
        primary(['/x prod'], { annotations: { 'rewrite-target': '/y' }, tls: ['cert: a.test'] }),
        canary({ 'canary-by-header': 'X-C', 'rewrite-target': '/z', 'backend-protocol': 'GRPC' }),
      ),
    );
    expect(ask(result, 'https://a.test/x', { headers: { 'x-c': 'always' } })).toBe('next:80 /y');
    expect(ask(result, 'http://a.test/x', { headers: { 'x-c': 'always' } })).toBe('308 https://a.test/x');
    expect(hostOf(result, 'a.test').rules.filter(({ httpsRedirect }) => httpsRedirect !== null)).toHaveLength(2);
    expect(endsOf(result, 'backend-protocol')).toEqual(['inert nginx/canary/annotation-ignored']);
  });

  test('every path with the same Service and port has it, in whatever host or Ingress', () => {
    const result = routed(
      file(
        primary(['/x prod', '/same prod', '/other-port prod:81', '/named prod:http']),
        ingress('more', { rules: { 'b.test': ['/ prod'] } }),
        ingress('elsewhere', { namespace: 'other', rules: { 'c.test': ['/ prod'] } }),
        canary({ 'canary-weight': '20' }),
      ),
    );
    expect(linesOf(result, 'a.test').filter((line) => line.includes('next'))).toEqual([
      'prefix /same -> prod:80*80 next:80*20',
      'prefix /x -> prod:80*80 next:80*20',
    ]);
    expect(linesOf(result, 'b.test')[0]).toBe('prefix / -> prod:80*80 next:80*20');
    expect(linesOf(result, 'c.test')[0]).toBe('prefix / -> prod:80');
    const repeated = result.findings.filter(({ code }) => code === 'nginx/canary/shared-upstream');
    expect(repeated.map(({ args }) => args['path']).sort()).toEqual(['a.test/same', 'b.test/']);
  });

  test('no primary: never asked', () => {
    for (const paths of [['/y next'], ['/x next Exact']]) {
      const result = routed(file(primary(), canary({ 'canary-weight': '20' }, paths)));
      expect(codesOf(result)).toEqual(['nginx/canary/no-primary']);
      expect(ask(result, 'http://a.test/y')).toBe('404');
      expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['inert nginx/canary/no-primary']);
    }
    const alone = routed(canary({ 'canary-weight': '20' }));
    expect(codesOf(alone)).toEqual(['nginx/canary/no-primary']);
    expect(alone.tables[0]?.hosts).toEqual([]);
  });

  test('one path without primary, and the canary is dead for the others', () => {
    const result = routed(file(primary(), canary({ 'canary-weight': '20' }, ['/x next', '/y next'])));
    expect(linesOf(result, 'a.test')).toEqual(['prefix /x -> prod:80', 'prefix / -> 404']);
    expect(codesOf(result)).toEqual(['nginx/canary/dead', 'nginx/canary/no-primary']);
  });

  test('only the first is consulted', () => {
    const other = ingress('also', { annotations: { canary: 'true', 'canary-weight': '50' }, rules: { 'a.test': ['/x third'] } });
    const result = routed(file(primary(), canary({ 'canary-weight': '20' }), other));
    expect(linesOf(result, 'a.test')[0]).toBe('prefix /x -> prod:80*80 next:80*20');
    expect(codesOf(result)).toContain('nginx/canary/second');
  });

  test('a primary is no canary, and a canary no primary', () => {
    const result = routed(file(ingress('z', { rules: { 'b.test': ['/ next'] } }), primary(), canary({ 'canary-weight': '20' })));
    expect(linesOf(result, 'a.test')[0]).toBe('prefix /x -> prod:80');
    expect(codesOf(result)).toContain('nginx/canary/service-is-primary');
    const reverse = routed(file(ingress('a', { rules: { 'b.test': ['/ next'] } }), primary(), canary({ 'canary-weight': '20' })));
    expect(ask(reverse, 'http://b.test/')).toBe('404');
    expect(codesOf(reverse)).toContain('nginx/canary/primary-refused');
  });

  test('not enabled: an Ingress like any other', () => {
    const result = routed(
      file(primary(), ingress('next', { annotations: { canary: 'no', 'canary-weight': '20' }, rules: { 'a.test': ['/y next'] } })),
    );
    expect(ask(result, 'http://a.test/y')).toBe('next:80 /y');
    expect(codesOf(result)).toContain('nginx/canary/not-enabled');
  });

  test('it adds no host and no certificate', () => {
    const result = routed(file(primary(), canary({ 'canary-weight': '20' }, ['/x next'], { tls: ['cert: a.test'] })));
    expect(hostOf(result, 'a.test').certificate).toMatchObject({ kind: 'default', asked: false });
    expect(endsOf(result, 'spec.tls[0].secretName')).toEqual(['inert nginx/tls/canary']);
  });

  test('of the default backend', () => {
    const result = routed(
      file(
        ingress('prod', { defaultBackend: 'prod' }),
        ingress('next', { annotations: { canary: 'true', 'canary-weight': '20' }, defaultBackend: 'next' }),
      ),
    );
    expect(linesOf(result, '')).toEqual(['prefix / -> prod:80*80 next:80*20']);
  });
});
