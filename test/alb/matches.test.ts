import { describe, expect, it, test } from 'vitest';
import { ingress } from './manifests.ts';
import { ask, codesOf, endsOf, findingsOf, linesOf, routed, unsettled } from './routed.ts';

describe('paths', () => {
  test.each([
    ['/foo E', 'exact /foo'],
    ['/foo/ P', 'prefix /foo'],
    ['/ P', 'prefix /'],
    ['/foo I', 'exact /foo'],
    ['/foo/* I', 'prefix /foo/'],
    ['/* I', 'prefix /'],
    ['/foo* I', 'glob /foo*'],
    ['/a?c I', 'glob /a?c'],
    ['/a/*/b/* I', 'glob /a/*/b/*'],
  ])('%s is %s', (path, match) => {
    expect(linesOf(routed(ingress('a', { rules: [['a.test', `${path} svc:80`]] })), 'a.test')).toEqual([`${match} -> svc:80`]);
  });

  test.each(['/foo/* P', '/a?c E'])('%s stops the controller: left out, and said so', (path) => {
    const result = routed(ingress('a', { rules: [['a.test', `${path} svc:80`, '/ P web:80']] }));
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> web:80']);
    expect(findingsOf(result, 'alb/path/wildcard')).toMatchObject([{ level: 'error', at: { line: 1 } }]);
    expect(unsettled(result)).toEqual([]);
  });

  test.each([
    ['/^/v[0-9]+$ I', 'regex /v[0-9]+$'],
    ['/^/a|/b$ I', 'regex (?:/a|/b)$'],
    ['/x I', 'regex x$'],
    ['/foo P', 'prefix /foo'],
    ['/foo E', 'exact /foo'],
  ])('with use-regex-path-match %s is %s', (path, match) => {
    const result = routed(ingress('a', { annotations: { 'use-regex-path-match': 'true' }, rules: [['a.test', `${path} svc:80`]] }));
    expect(linesOf(result, 'a.test')).toEqual([`${match} -> svc:80`]);
    expect(codesOf(result).includes('alb/path/regex')).toBe(path.endsWith('I'));
  });
});

describe('conditions', () => {
  const asked = (conditions: object | string, path = '/x P', host = 'a.test') => {
    const text = typeof conditions === 'string' ? conditions : JSON.stringify(conditions);
    return routed(ingress('a', { annotations: { 'conditions.svc': text }, rules: [[host, `${path} svc:80`, '/ P web:80']] }));
  };

  it('on headers are alternatives, with wildcards as patterns', () => {
    const result = asked([{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-A', values: ['1', 'b*', 'c\\*', 'd.?'] } }]);
    expect(linesOf(result, 'a.test').slice(0, 4)).toEqual([
      'prefix /x X-A=1 -> svc:80',
      'prefix /x X-A=^b.*$ -> svc:80',
      'prefix /x X-A=c* -> svc:80',
      'prefix /x X-A=^d\\..$ -> svc:80',
    ]);
    expect(ask(result, 'http://a.test/x', { headers: { 'x-a': 'bcd' } })).toBe('svc:80 /x');
    expect(ask(result, 'http://a.test/x', { headers: { 'x-a': '2' } })).toBe('web:80 /x');
  });

  it('multiply over several, and methods are one condition', () => {
    const result = asked([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'A', values: ['1', '2'] } },
      {
        field: 'query-string',
        queryStringConfig: {
          values: [
            { key: 'q', value: '3' },
            { key: 'p', value: '4' },
          ],
        },
      },
      { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET', 'HEAD'] } },
    ]);
    expect(linesOf(result, 'a.test').slice(0, 4)).toEqual([
      'prefix /x GET HEAD A=1 ?q=3 -> svc:80',
      'prefix /x GET HEAD A=1 ?p=4 -> svc:80',
      'prefix /x GET HEAD A=2 ?q=3 -> svc:80',
      'prefix /x GET HEAD A=2 ?p=4 -> svc:80',
    ]);
  });

  it('on the client address stay on the match, whichever spelling', () => {
    const lines = linesOf(asked([{ field: 'source-ip', SourceIpConfig: { values: ['10.0.0.0/8'] } }]), 'a.test');
    expect(lines[0]).toBe('prefix /x from 10.0.0.0/8 -> svc:80');
  });

  it('on hosts and paths widen the rule', () => {
    const result = asked([
      { field: 'host-header', hostHeaderConfig: { values: ['B.test', '*.c.test'] } },
      { field: 'path-pattern', pathPatternConfig: { values: ['/y/*'] } },
    ]);
    for (const url of ['http://a.test/x', 'http://a.test/y/1', 'http://b.test/x', 'http://d.c.test/y/1'])
      expect(ask(result, url)).toContain('svc:80');
    expect(ask(result, 'http://b.test/')).toBe('404');
    expect(unsettled(result)).toEqual([]);
  });

  it('on hosts that no Gateway can name are reported, and nothing else is opened for them', () => {
    const result = asked([{ field: 'host-header', hostHeaderConfig: { values: ['*-b.test', 'c?.test'] } }]);
    expect(findingsOf(result, 'alb/host/pattern').map(({ args }) => args['pattern'])).toEqual(['*-b.test', 'c?.test']);
    expect(result.tables[0]?.hosts.map(({ host }) => host)).toEqual(['a.test']);
  });

  it('of a rule without host take its place', () => {
    const result = asked([{ field: 'host-header', hostHeaderConfig: { values: ['b.test'] } }], '/x P', '');
    expect(ask(result, 'http://b.test/x')).toBe('svc:80 /x');
    expect(ask(result, 'http://c.test/x')).toBe('web:80 /x');
  });

  it('say that case counted for nothing, where there is case', () => {
    const header = (value: string) => [{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X', values: [value] } }];
    expect(endsOf(asked(header('Green')), 'conditions.svc')).toEqual(['approximated alb/conditions/case']);
    expect(endsOf(asked(header('1')), 'conditions.svc')).toEqual([]);
  });

  it.each([
    ['[{"field":"http-header"}]', 'no member "httpHeaderConfig"'],
    ['[{"field":"cookie"}]', '"cookie" is no field that a rule can ask for'],
    ['[{"field":"host-header","hostHeaderConfig":{"values":["a"],"regexValues":["b"]}}]', 'values and regexValues do not go together'],
    ['{"field":"source-ip"}', 'an object where a list is expected'],
  ])('%s closes the paths of that backend and no others', (text, problem) => {
    const result = asked(text);
    expect(findingsOf(result, 'alb/json/malformed')).toMatchObject([
      { args: { problem, annotation: 'alb.ingress.kubernetes.io/conditions.svc' } },
    ]);
    expect(linesOf(result, 'a.test')).toEqual(['prefix /x -> 503', 'prefix / -> web:80']);
  });
});

describe('transforms', () => {
  const rewritten = (rewrites: readonly (readonly [regex: string, replace: string])[], path: string) => {
    const text = JSON.stringify(
      rewrites.map(([regex, replace]) => ({ type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex, replace }] } })),
    );
    return routed(ingress('a', { annotations: { 'transforms.svc': text }, rules: [['a.test', `${path} svc:80`]] }));
  };

  test.each([
    ['/api P', '^/api(.*)$', '/v2$1', ['prefix /api -> svc:80 as prefix /v2']],
    ['/api/v1 P', '^/api(.*)$', '/v2$1', ['prefix /api/v1 -> svc:80 as prefix /v2/v1']],
    ['/ P', '^/(.*)$', '/app/$1', ['prefix / -> svc:80 as prefix /app']],
    ['/api P', '^/api/(.*)$', '/$1', ['regex /api/(.*)$ -> svc:80 as regex /$1', 'prefix /api -> svc:80']],
    ['/api/* I', '^/api/(.*)$', '/$1', ['prefix /api/ -> svc:80 as prefix /']],
    ['/x P', '^.*$', '/index.html', ['prefix /x -> svc:80 as full /index.html']],
    ['/x E', '^/x$', '/y', ['exact /x -> svc:80 as full /y']],
    ['/x P', '^/x/(.*)/(.*)$', '/$2/$1', ['prefix /x -> svc:80 as regex /$2/$1']],
  ])('%s with %s to %s', (path, regex, replace, expected) => {
    expect(linesOf(rewritten([[regex, replace]], path), 'a.test')).toEqual(expected);
  });

  test.each(['/api', '^/api', 'x|y'])('%s is not followed: closed instead of unrewritten', (regex) => {
    const result = rewritten([[regex, '/x']], '/api P');
    expect(linesOf(result, 'a.test')).toEqual(['prefix /api -> 503']);
    expect(endsOf(result, 'transforms.svc')).toEqual(['unmapped alb/backend/rewrite-unsupported']);
  });

  it('takes one of a type', () => {
    const result = rewritten(
      [
        ['^.*$', '/a'],
        ['^.*$', '/b'],
      ],
      '/ P',
    );
    expect(findingsOf(result, 'alb/json/malformed')).toHaveLength(1);
  });
});
