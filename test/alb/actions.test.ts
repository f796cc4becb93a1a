import { describe, expect, it, test } from 'vitest';
import { type AlbRedirect, actionNamed } from '../../rules/alb/actions.ts';
import { ingress } from './manifests.ts';
import { ask, codesOf, endsOf, findingsOf, hostOf, linesOf, onRules, routed, unsettled } from './routed.ts';

const BOTH = '[{"HTTP":80},{"HTTPS":443}]';

function acting(action: object | string, path = '/ P', more: Readonly<Record<string, string>> = {}, host = 'a.test') {
  const text = typeof action === 'string' ? action : JSON.stringify(action);
  return routed(ingress('a', { annotations: { 'actions.x': text, ...more }, rules: [[host, `${path} x:use-annotation`]] }));
}

const redirect = (config: Partial<Record<keyof AlbRedirect | 'statusCode', string>>) => ({
  type: 'redirect',
  redirectConfig: { statusCode: 'HTTP_302', ...config },
});

describe('forward', () => {
  const group = (serviceName: string, servicePort: number | string, weight?: number) => ({ serviceName, servicePort, weight });

  it('by weight, to ports as number, numeric text and name', () => {
    const result = acting({
      type: 'forward',
      forwardConfig: { targetGroups: [group('one', 80, 90), group('two', '8080', 10), group('three', 'http', 0)] },
    });
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> one:80*90 two:8080*10 three:80*0']);
    expect(unsettled(result)).toEqual([]);
  });

  it('in either spelling', () => {
    const result = acting({ Type: 'forward', ForwardConfig: { TargetGroups: [{ ServiceName: 'one', ServicePort: 80 }] } });
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> one:80']);
    expect(codesOf(result)).not.toContain('alb/json/unknown-member');
  });

  it('to target groups outside the cluster, by ARN and by name', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/legacy/73e2d6bc24d8a067';
    const result = acting({ type: 'forward', targetGroupARN: arn });
    expect(hostOf(result, 'a.test').rules[0]?.action).toMatchObject({
      backends: [{ service: 'legacy', written: arn, problem: 'outside-cluster', port: null }],
    });
    expect(onRules(result, 'awsExternalTargetGroups')).toEqual([
      { kind: 'awsExternalTargetGroups', groups: [{ arn, name: 'legacy', weight: 1 }] },
    ]);
    expect(onRules(acting({ type: 'forward', targetGroupName: 'old' }), 'awsExternalTargetGroups')).toMatchObject([
      { groups: [{ arn: null, name: 'old' }] },
    ]);
  });

  it('with stickiness between the groups', () => {
    const config = { targetGroups: [group('one', 80)], targetGroupStickinessConfig: { enabled: true, durationSeconds: 60 } };
    expect(onRules(acting({ type: 'forward', forwardConfig: config }), 'awsGroupStickiness')).toEqual([
      { kind: 'awsGroupStickiness', durationSeconds: 60 },
    ]);
    const off = { ...config, targetGroupStickinessConfig: { enabled: false } };
    expect(onRules(acting({ type: 'forward', forwardConfig: off }), 'awsGroupStickiness')).toEqual([]);
  });

  test.each([
    [{ targetGroups: [group('one', 80, 1), group('two', 80)] }, 'each of several target groups needs a weight'],
    [{ targetGroups: [group('one', 80, 1000)] }, 'weight 1000 is not within 0 and 999'],
    [{ targetGroups: [{ serviceName: 'one' }] }, '"one" has no servicePort'],
    [{ targetGroups: [{ weight: 1 }] }, 'a target group needs a serviceName, a targetGroupARN or a targetGroupName'],
    [{ targetGroups: Array.from({ length: 6 }, () => group('one', 80, 1)) }, '6 target groups are more than the 5 that one action takes'],
    [{}, 'no member "targetGroups"'],
  ])('%j is refused', (forwardConfig, problem) => {
    const result = acting({ type: 'forward', forwardConfig });
    expect(findingsOf(result, 'alb/json/malformed')[0]?.args).toMatchObject({ problem });
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> 503']);
  });
});

describe('redirect', () => {
  test.each([
    ['/ P', redirect({ host: 'b.test' }), '302 (scheme)://b.test (path)'],
    ['/ P', redirect({ host: 'www.#{host}' }), '302 (scheme)://www.a.test (path)'],
    ['/ P', redirect({ protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' }), '301 https://(host) (path)'],
    ['/ P', redirect({ protocol: 'HTTPS', port: '8443' }), '302 https://(host):8443 (path)'],
    ['/ P', redirect({ protocol: 'HTTPS' }), '302 https://(host):80 (path)'],
    ['/ P', redirect({ port: '8080' }), '302 http://(host):8080 (path)'],
    ['/ P', redirect({ path: '/new/#{path}' }), '302 (scheme)://(host) prefix /new'],
    ['/old P', redirect({ path: '/new/#{path}' }), '302 (scheme)://(host) prefix /new/old'],
    ['/old E', redirect({ path: '/new/#{path}' }), '302 (scheme)://(host) full /new/old'],
    ['/old* I', redirect({ path: '/new/#{path}' }), '302 (scheme)://(host) regex /new/$1'],
    ['/ P', redirect({ path: '/#{host}/x' }), '302 (scheme)://(host) full /a.test/x'],
    ['/ P', redirect({ path: '/x?#{query}' }), '302 (scheme)://(host) regex /x?#{query}'],
    ['/ P', redirect({ path: '/x', query: '' }), '302 (scheme)://(host) full /x drop'],
    ['/ P', redirect({ path: '/x', query: 'a=b' }), '302 (scheme)://(host) full /x set a=b'],
  ])('%s %j', (path, action, expected) => {
    const [line] = linesOf(acting(action, path), 'a.test');
    expect(line?.replace(/^.* -> /, '')).toBe(expected);
  });

  it('to HTTPS without a port is reported as a likely mistake', () => {
    expect(findingsOf(acting(redirect({ protocol: 'HTTPS' })), 'alb/backend/redirect-keeps-port')).toMatchObject([{ args: { port: 80 } }]);
    expect(codesOf(acting(redirect({ protocol: 'HTTPS', port: '443' })))).not.toContain('alb/backend/redirect-keeps-port');
  });

  it('of a listener to itself is no rule there, and hides what is behind it on the other', () => {
    const text = JSON.stringify(redirect({ protocol: 'HTTPS', port: '443' }));
    const result = routed(
      ingress('a', { annotations: { 'listen-ports': BOTH, 'actions.x': text }, rules: [['', '/* I x:use-annotation', '/* I web:80']] }),
    );
    expect(linesOf(result, '')).toEqual(['prefix / http -> 302 https://(host) (path)', 'prefix / https -> web:80']);
    expect(codesOf(result)).not.toContain('alb/order/dead');
  });

  test.each([
    [redirect({ statusCode: '301' }), 'statusCode "301" is none of HTTP_301 and HTTP_302'],
    [redirect({ port: '70000' }), '"70000" is no port'],
    [redirect({ protocol: 'https' }), '"https" is none of HTTP, HTTPS and #{protocol}'],
    [{ type: 'redirect' }, 'no member "redirectConfig"'],
  ])('%j is refused', (action, problem) => {
    expect(findingsOf(acting(action), 'alb/json/malformed')[0]?.args).toMatchObject({ problem });
  });
});

describe('fixed response and what is no action', () => {
  it('answers itself', () => {
    const action = { type: 'fixed-response', fixedResponseConfig: { statusCode: '404', contentType: 'text/html', messageBody: 'no' } };
    expect(hostOf(acting(action), 'a.test').rules[0]?.action).toEqual({
      kind: 'respond',
      status: 404,
      contentType: 'text/html',
      body: 'no',
    });
  });

  it('a name without annotation answers 503', () => {
    const result = routed(ingress('a', { rules: [['a.test', '/ P x:use-annotation']] }));
    expect(ask(result, 'http://a.test/')).toBe('503');
    expect(codesOf(result)).toContain('alb/backend/no-action');
  });

  it('with a real port the name is a Service and the annotation is not read', () => {
    const result = routed(ingress('a', { annotations: { 'actions.x': '{"type":"redirect"' }, rules: [['a.test', '/ P x:80']] }));
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> x:80']);
    expect(endsOf(result, 'actions.x')).toEqual(['inert alb/backend/unused-annotation']);
  });

  it.each(['{"type":"forward"', '[]', '{"type":"authenticate-oidc"}', 'null'])('%s closes its path and nothing else', (text) => {
    const result = routed(ingress('a', { annotations: { 'actions.x': text }, rules: [['a.test', '/x P x:use-annotation', '/ P web:80']] }));
    expect(linesOf(result, 'a.test')).toEqual(['prefix /x -> 503', 'prefix / -> web:80']);
    expect(endsOf(result, 'actions.x')).toEqual(['manual alb/json/malformed']);
  });

  it('a resource is no backend of an ALB', () => {
    const text = JSON.parse(ingress('a', { rules: [['a.test', '/x P x:80', '/ P web:80']] }));
    text.spec.rules[0].http.paths[0].backend = { resource: { apiGroup: 'x', kind: 'Bucket', name: 'b' } };
    const result = routed(JSON.stringify(text));
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> web:80']);
    expect(codesOf(result)).toContain('alb/path/no-backend');
    expect(unsettled(result)).toEqual([]);
  });
});

it('actions are looked up by their full name', () => {
  expect(actionNamed('x', [])).toBeNull();
});
