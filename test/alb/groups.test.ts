import { describe, expect, it, test } from 'vitest';
import { company, ingress } from './manifests.ts';
import { ask, balancer, codesOf, endsOf, findingsOf, hostOf, linesOf, onRules, routed, tableOf, unsettled } from './routed.ts';

const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const RULES = [['a.test', '/ P svc:80']] as const;

describe('which load balancer', () => {
  it('one for each Ingress, in its namespace, unless a group says otherwise', () => {
    const result = routed(
      ingress('a', { rules: RULES }),
      ingress('b', { rules: RULES }),
      ingress('c', { namespace: 'x', annotations: { 'group.name': 'g' }, rules: RULES }),
      ingress('d', { namespace: 'y', annotations: { 'group.name': 'g' }, rules: RULES }),
    );
    expect(result.tables.map(({ loadBalancer: { name, namespace, ingresses } }) => [name, namespace, ingresses.length])).toEqual([
      ['g', null, 2],
      ['shop/a', 'shop', 1],
      ['shop/b', 'shop', 1],
    ]);
    expect(findingsOf(result, 'alb/group/members')).toMatchObject([{ args: { group: 'g', members: 2 } }]);
  });

  it('two files with the same Ingress keep names of their own', () => {
    const result = routed(ingress('a', { rules: RULES }), ingress('a', { rules: RULES }));
    expect(result.tables.map(({ loadBalancer }) => loadBalancer.name)).toEqual(['shop/a', 'shop/a 2']);
  });

  it.each(['UPPER', '-x', 'a'.repeat(64)])('group name %j takes the Ingress out of the game', (name) => {
    const result = routed(ingress('a', { annotations: { 'group.name': name }, rules: RULES }));
    expect(result.refused.map(({ code }) => code)).toEqual(['alb/value/refused']);
    expect(result.tables).toEqual([]);
  });

  it.each(['1001', 'x', '1.5'])('order %j counts as none, and is reported', (order) => {
    const result = routed(ingress('a', { annotations: { 'group.name': 'g', 'group.order': order }, rules: RULES }));
    expect(endsOf(result, 'group.order')).toEqual(['manual alb/value/invalid']);
    expect(ask(result, 'http://a.test/')).toBe('svc:80 /');
  });
});

describe('ports', () => {
  const portsOf = (annotations: Readonly<Record<string, string>>, className?: string) =>
    routed(
      ingress('a', { annotations, rules: RULES, ...(className === undefined ? {} : { className }) }),
      company({ certificateArn: ['arn:c'] }),
    ).tables[0]?.hosts[0]?.ports.map(({ scheme, port }) => `${scheme}:${port}`);

  test.each([
    [{}, ['http:80']],
    [{ 'certificate-arn': 'arn:a' }, ['https:443']],
    [{ 'certificate-arn': '' }, ['http:80']],
    [{ 'create-acm-cert': 'true' }, ['https:443']],
    [{ 'listen-ports': BOTH }, ['http:80', 'https:443']],
    [{ 'listen-ports': '[{"HTTP":8080,"HTTPS":8443}]', 'certificate-arn': 'arn:a' }, ['http:8080', 'https:8443']],
  ])('%j', (annotations, expected) => {
    expect(portsOf(annotations)).toEqual(expected);
  });

  it('certificates of the class make HTTPS the default too', () => {
    expect(portsOf({}, 'company')).toEqual(['https:443']);
  });

  test.each([
    ['[]', 'which names no listener'],
    ['[{"http":80}]', 'which cannot be read at line 1, column 3: "http" is no protocol of an ALB: HTTP or HTTPS in capitals'],
    ['[{"HTTP":0}]', 'which cannot be read at line 1, column 10: 0 is no port'],
    ['{"HTTP":80}', 'which cannot be read at line 1, column 1: an object where a list is expected'],
  ])('%s: nothing is guessed', (text, reason) => {
    const result = routed(ingress('a', { annotations: { 'listen-ports': text }, rules: RULES }));
    expect(result.refused).toMatchObject([{ code: 'alb/value/refused', args: { reason } }]);
  });

  it('each member serves on its own, and no other', () => {
    const result = routed(
      ingress('a', { annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTP":80}]' }, rules: [['a.test', '/ P one:80']] }),
      ingress('b', { annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTP":8080}]' }, rules: [['a.test', '/x P two:80']] }),
    );
    expect(ask(result, 'http://a.test/x')).toBe('one:80 /x');
    expect(ask(result, 'http://a.test:8080/x')).toBe('two:80 /x');
    expect(ask(result, 'http://a.test:8080/')).toBe('404');
    expect(tableOf(result).hosts.map(({ host, part }) => [host, part])).toEqual([
      ['a.test', undefined],
      ['a.test', '8080'],
    ]);
  });

  it('with two protocols are those of the first member', () => {
    const result = routed(
      ingress('a', { annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTPS":443}]' }, rules: [['a.test', '/ P one:80']] }),
      ingress('b', { annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTP":443}]' }, rules: [['b.test', '/ P two:80']] }),
    );
    expect(findingsOf(result, 'alb/group/protocol-conflict')).toMatchObject([{ args: { port: 443, kept: 'HTTPS', other: 'HTTP' } }]);
    expect(ask(result, 'https://b.test/')).toBe('unreachable');
    expect(unsettled(result)).toEqual([]);
  });
});

describe('ssl-redirect', () => {
  it('of one member takes all HTTP of the group, and HTTP-only members with it', () => {
    const result = routed(
      ingress('a', { annotations: { 'group.name': 'g', 'listen-ports': BOTH, 'ssl-redirect': '443' }, rules: RULES }),
      ingress('b', { annotations: { 'group.name': 'g' }, rules: [['b.test', '/ P gone:80']] }),
    );
    expect(ask(result, 'http://a.test/x?y=1')).toBe('301 https://a.test/x?y=1');
    expect(ask(result, 'http://b.test/')).toBe('301 https://b.test/');
    expect(ask(result, 'http://c.test/')).toBe('301 https://c.test/');
    expect(ask(result, 'https://a.test/')).toBe('svc:80 /');
    expect(ask(result, 'https://b.test/')).toBe('404');
    expect(findingsOf(result, 'alb/ssl-redirect/vanished')).toMatchObject([{ args: { ingress: 'shop/b', by: 'Ingress shop/a' } }]);
    expect(unsettled(result)).toEqual([]);
  });

  test.each([
    ['8443', 'alb/ssl-redirect/no-listener'],
    ['80', 'alb/ssl-redirect/no-listener'],
    ['true', 'alb/ssl-redirect/unreadable'],
  ])('to %j is an error, and serves nothing in clear text', (port, code) => {
    const result = routed(ingress('a', { annotations: { 'listen-ports': BOTH, 'ssl-redirect': port }, rules: RULES }));
    expect(codesOf(result)).toContain(code);
    expect(ask(result, 'http://a.test/')).toMatch(/^301 https:/);
  });

  it('to another port says so', () => {
    const listen = '[{"HTTP":80},{"HTTPS":8443}]';
    const result = routed(ingress('a', { annotations: { 'listen-ports': listen, 'ssl-redirect': '8443' }, rules: RULES }));
    expect(ask(result, 'http://a.test/')).toBe('301 https://a.test:8443/');
  });
});

describe('class parameters', () => {
  const classed = (spec: object, annotations: Readonly<Record<string, string>> = {}, more = {}) =>
    routed(ingress('a', { className: 'company', annotations, rules: RULES, ...more }), company(spec));

  it('beat annotations', () => {
    const result = classed({ scheme: 'internal', group: { name: 'c' } }, { scheme: 'internet-facing', 'group.name': 'mine' });
    expect(balancer(result, 'awsScheme')).toEqual([{ kind: 'awsScheme', scheme: 'internal' }]);
    expect(tableOf(result).loadBalancer.name).toBe('c');
    expect(endsOf(result, 'scheme')).toEqual(['inert alb/value/overridden']);
    expect(endsOf(result, 'group.name')).toEqual(['inert alb/value/overridden']);
    expect(unsettled(result)).toEqual([]);
  });

  it('do not apply where an annotation claims the Ingress', () => {
    const own = JSON.parse(ingress('a', { className: 'company', rules: RULES }));
    own.metadata.annotations = { 'kubernetes.io/ingress.class': 'alb' };
    const result = routed(JSON.stringify(own), company({ scheme: 'internet-facing' }));
    expect(balancer(result, 'awsScheme')).toEqual([{ kind: 'awsScheme', scheme: 'internal' }]);
    expect(endsOf(result, 'spec.scheme')).toEqual(['inert alb/class-params/unused']);
  });

  it('for other namespaces take nothing', () => {
    const selector = {
      namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['infra'] }] },
    };
    expect(classed(selector).refused.map(({ code }) => code)).toEqual(['alb/namespace-selector/refused']);
    expect(classed(selector, {}, { namespace: 'infra' }).refused).toEqual([]);
    // Labels of a namespace that is not in the input are not known.
    expect(classed({ namespaceSelector: { matchLabels: { team: 'shop' } } }).refused).toEqual([]);
  });

  it('merge attributes and tags key by key', () => {
    const spec = { loadBalancerAttributes: [{ key: 'a', value: '1' }], tags: [{ key: 't', value: 'class' }] };
    const result = classed(spec, { 'load-balancer-attributes': 'a=2,b=3', tags: 't=mine,u=v' });
    expect(balancer(result, 'awsLoadBalancerAttributes')).toMatchObject([
      {
        attributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '3' },
        ],
      },
    ]);
    expect(balancer(result, 'awsTags')).toMatchObject([
      {
        tags: [
          { key: 't', value: 'class' },
          { key: 'u', value: 'v' },
        ],
      },
    ]);
    expect(codesOf(result)).not.toContain('alb/group/conflict');
  });

  it('missing from the input are missed', () => {
    const [klass = ''] = company({}).split('\n---\n');
    expect(codesOf(routed(ingress('a', { className: 'company', rules: RULES }), klass))).toContain('alb/class-params/missing');
  });

  it('of EKS Auto Mode have names of their own, and support less', () => {
    const auto = company(
      { certificateARNs: ['arn:auto'], subnets: { matchTags: { tier: ['public'] } } },
      'eks.amazonaws.com/alb',
      'eks.amazonaws.com/v1',
    );
    const annotations = { 'group.name': 'g', 'waf-acl-id': 'x', 'shield-advanced-protection': 'true' };
    const result = routed(ingress('a', { className: 'company', annotations, rules: RULES }), auto);
    expect(tableOf(result).loadBalancer.name).toBe('shop/a');
    expect(balancer(result, 'awsCertificates')).toMatchObject([{ port: 443, certificates: { from: 'arns', defaultArn: 'arn:auto' } }]);
    expect(balancer(result, 'awsSubnets')).toEqual([{ kind: 'awsSubnets', subnets: { by: 'tags', tags: { tier: ['public'] } } }]);
    expect([...balancer(result, 'awsWebAcl'), ...balancer(result, 'awsShield')]).toEqual([]);
    expect(codesOf(result)).toEqual(expect.arrayContaining(['alb/group/auto-mode', 'alb/shield/auto-mode', 'alb/web-acl/auto-mode']));
  });

  it('decide about targets before Service and Ingress', () => {
    expect(onRules(classed({ targetType: 'ip' }, { 'target-type': 'instance' }), 'awsTargetType')).toMatchObject([{ type: 'ip' }]);
  });
});

describe('certificates', () => {
  const grouped = (...documents: readonly (readonly [name: string, annotations: Readonly<Record<string, string>>, host: string])[]) =>
    routed(
      ...documents.map(([name, annotations, host]) =>
        ingress(name, {
          annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTPS":443}]', ...annotations },
          rules: [[host, '/ P svc:80']],
          tls: [{ hosts: [host], secretName: 's' }],
        }),
      ),
    );

  it('the first ARN of the first member that has any is the default', () => {
    const result = grouped(
      ['a', {}, 'a.test'],
      ['b', { 'certificate-arn': 'arn:2,arn:3' }, 'b.test'],
      ['c', { 'certificate-arn': 'arn:3,arn:1' }, 'c.test'],
    );
    expect(balancer(result, 'awsCertificates')).toEqual([
      {
        kind: 'awsCertificates',
        port: 443,
        certificates: { from: 'arns', defaultArn: 'arn:2', others: ['arn:3', 'arn:1'], alsoFor: ['a.test'] },
      },
    ]);
    expect(hostOf(result, 'a.test').certificate).toMatchObject({ kind: 'external', names: ['arn:2', 'arn:3', 'arn:1'] });
    expect(endsOf(result, 'spec.tls[0].secretName')).toEqual(['inert alb/tls/not-read']);
    expect(unsettled(result)).toEqual([]);
  });

  it('are found by host, or asked for', () => {
    expect(balancer(grouped(['a', {}, 'a.test']), 'awsCertificates')).toMatchObject([
      { certificates: { from: 'discovery', hosts: ['a.test'] } },
    ]);
    const created = grouped(['a', { 'create-acm-cert': 'true', 'acm-pca-arn': 'arn:ca' }, 'a.test']);
    expect(balancer(created, 'awsCertificates')).toMatchObject([
      { certificates: { from: 'created', hosts: ['a.test'], authorityArn: 'arn:ca' } },
    ]);
    expect(endsOf(grouped(['a', { 'acm-pca-arn': 'arn:ca' }, 'a.test']), 'acm-pca-arn')).toEqual(['inert alb/value/without-partner']);
  });

  it('TLS sections restrict nothing', () => {
    const result = routed(ingress('a', { rules: RULES, tls: [{ hosts: ['b.test'] }] }));
    expect(linesOf(result, 'a.test')).toEqual(['prefix / -> svc:80']);
    expect(endsOf(result, 'spec.tls[0].hosts[0]')).toEqual(['inert alb/tls/no-search']);
  });
});
