import { describe, expect, it, test } from 'vitest';
import { isProtection } from '../../src/intent/protection.ts';
import { ingress, service } from './manifests.ts';
import { ask, balancer, codesOf, endsOf, findingsOf, hostOf, onRules, routed, unsettled } from './routed.ts';

const RULES = [['a.test', '/ P svc:80']] as const;
const BOTH = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' };
const annotated = (annotations: Readonly<Record<string, string>>, ...others: readonly string[]) =>
  routed(ingress('a', { annotations, rules: RULES }), ...others);

describe('of the load balancer', () => {
  test.each([
    [{ 'load-balancer-name': 'x' }, { kind: 'awsLoadBalancerName', name: 'x' }],
    [{ scheme: 'internet-facing' }, { kind: 'awsScheme', scheme: 'internet-facing' }],
    [{ 'ip-address-type': 'dualstack' }, { kind: 'awsIpAddressType', type: 'dualstack' }],
    [{ subnets: 'b, a,' }, { kind: 'awsSubnets', subnets: { by: 'identifier', identifiers: ['b', 'a'] } }],
    [
      { 'security-groups': 'sg-1', 'manage-backend-security-group-rules': 'true' },
      { kind: 'awsSecurityGroups', groups: ['sg-1'], manageBackendRules: true },
    ],
    [{ 'customer-owned-ipv4-pool': 'p' }, { kind: 'awsAddressPool', pool: 'customer-owned', id: 'p' }],
    [{ 'ipam-ipv4-pool-id': 'p' }, { kind: 'awsAddressPool', pool: 'ipam', id: 'p' }],
    [
      { 'load-balancer-attributes': 'b=2,a=1' },
      {
        kind: 'awsLoadBalancerAttributes',
        attributes: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      },
    ],
    [{ 'wafv2-acl-arn': 'arn:w' }, { kind: 'awsWebAcl', by: 'arn', value: 'arn:w' }],
    [
      { 'wafv2-acl-name': 'w', 'wafv2-acl-arn': 'arn:w' },
      { kind: 'awsWebAcl', by: 'name', value: 'w' },
    ],
    [{ 'web-acl-id': 'old' }, { kind: 'awsWebAcl', by: 'classic-id', value: 'old' }],
    [{ 'shield-advanced-protection': 'false' }, { kind: 'awsShield', enabled: false }],
    [{ 'minimum-load-balancer-capacity': 'CapacityUnits=0' }, { kind: 'awsCapacity', units: 0 }],
    [{ tags: 'A=1' }, { kind: 'awsTags', tags: [{ key: 'A', value: '1' }] }],
    [
      { ...BOTH, 'ssl-policy': 'P' },
      { kind: 'awsTlsPolicy', port: 443, policy: 'P' },
    ],
    [
      { 'inbound-cidrs': '10.0.0.0/8', ...BOTH },
      {
        kind: 'awsInboundRanges',
        listeners: [
          { protocol: 'HTTP', port: 80 },
          { protocol: 'HTTPS', port: 443 },
        ],
        ranges: ['10.0.0.0/8'],
        prefixLists: [],
      },
    ],
  ])('%j', (annotations, intent) => {
    const result = annotated(annotations);
    const [kind] = [intent.kind as Parameters<typeof balancer>[1]];
    expect(balancer(result, kind)).toEqual([intent]);
    expect(unsettled(result)).toEqual([]);
  });

  test.each([
    [{ scheme: 'public' }, 'scheme'],
    [{ 'ip-address-type': 'ipv6' }, 'ip-address-type'],
    [{ 'load-balancer-name': 'x'.repeat(33) }, 'load-balancer-name'],
    [{ 'shield-advanced-protection': 'yes' }, 'shield-advanced-protection'],
    [{ 'minimum-load-balancer-capacity': 'Units=5' }, 'minimum-load-balancer-capacity'],
    [{ tags: 'x' }, 'tags'],
    [{ 'healthcheck-interval-seconds': '15s' }, 'healthcheck-interval-seconds'],
    [{ 'target-type': 'pod' }, 'target-type'],
  ])('%j is an error of the whole group, never absent in silence', (annotations, name) => {
    const result = annotated(annotations);
    expect(endsOf(result, name)).toEqual(['manual alb/value/invalid']);
    expect(ask(result, 'http://a.test/')).toBe('svc:80 /');
  });

  it('have to agree over a group, whatever the order of subnets', () => {
    const member = (name: string, annotations: Readonly<Record<string, string>>) =>
      ingress(name, { annotations: { 'group.name': 'g', ...annotations }, rules: [[`${name}.test`, '/ P svc:80']] });
    const conflict = routed(member('a', { scheme: 'internal' }), member('b', { scheme: 'internet-facing' }));
    expect(findingsOf(conflict, 'alb/group/conflict')).toMatchObject([
      { args: { setting: 'scheme', by: 'shop/a' }, ingress: { name: 'b' } },
    ]);
    expect(balancer(conflict, 'awsScheme')).toMatchObject([{ scheme: 'internal' }]);
    expect(codesOf(routed(member('a', { subnets: 's1,s2' }), member('b', { subnets: 's2,s1' })))).not.toContain('alb/group/conflict');
    const tags = routed(member('a', { tags: 'x=1,y=2' }), member('b', { tags: 'y=3,z=4' }));
    expect(findingsOf(tags, 'alb/group/conflict')).toMatchObject([{ args: { setting: 'tags y' } }]);
    const ranges = routed(
      member('a', { 'inbound-cidrs': '10.0.0.0/8' }),
      member('b', { 'inbound-cidrs': '10.0.0.0/8', 'listen-ports': '[{"HTTP":81}]' }),
    );
    expect(codesOf(ranges)).not.toContain('alb/group/conflict');
  });
});

describe('protections', () => {
  const protectionsOf = (annotations: Readonly<Record<string, string>>, url: string, ...others: readonly string[]) =>
    ask(annotated(annotations, ...others), url).split(' behind ')[1] ?? 'open';
  const COGNITO = {
    'auth-type': 'cognito',
    'auth-idp-cognito': '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:1:userpool/p","userPoolClientID":"c","userPoolDomain":"d"}',
  };

  test.each([
    [{ 'inbound-cidrs': '10.0.0.0/8' }, 'http://a.test/', 'allowList'],
    [{ 'inbound-cidrs': '0.0.0.0/0' }, 'http://a.test/', 'open'],
    [{ 'security-group-prefix-lists': 'pl-1' }, 'http://a.test/', 'awsInboundRanges'],
    [{ 'security-groups': 'sg-1', 'inbound-cidrs': '0.0.0.0/0' }, 'http://a.test/', 'awsSecurityGroups'],
    [{ 'wafv2-acl-arn': 'arn:w' }, 'http://a.test/', 'waf'],
    [{ 'wafv2-acl-arn': 'none' }, 'http://a.test/', 'open'],
    [{ ...BOTH, ...COGNITO }, 'https://a.test/', 'oidc'],
    [{ ...BOTH, ...COGNITO }, 'http://a.test/', 'open'],
    [{ ...BOTH, 'auth-type': 'none', ...{ 'auth-scope': 'x' } }, 'https://a.test/', 'open'],
    [{ ...BOTH, 'jwt-validation': '{"issuer":"i","jwksEndpoint":"e"}' }, 'https://a.test/', 'jwt'],
    [{ ...BOTH, 'mutual-authentication': '[{"port":443,"mode":"verify","trustStore":"t"}]' }, 'https://a.test/', 'awsMutualAuthentication'],
    [{ ...BOTH, 'mutual-authentication': '[{"port":443,"mode":"passthrough"}]' }, 'https://a.test/', 'awsMutualAuthentication'],
    [{ ...BOTH, 'mutual-authentication': '[{"port":443,"mode":"off"}]' }, 'https://a.test/', 'open'],
    // What cannot be read closes.
    [{ ...BOTH, 'auth-type': 'saml' }, 'https://a.test/', 'awsAuthenticate'],
    [{ ...BOTH, 'auth-type': 'oidc' }, 'https://a.test/', 'awsAuthenticate'],
    [{ ...BOTH, 'auth-type': 'oidc', 'auth-idp-oidc': '{' }, 'https://a.test/', 'awsAuthenticate'],
    [{ ...BOTH, 'jwt-validation': '{"issuer":"i"}' }, 'https://a.test/', 'awsJwt'],
    [{ ...BOTH, 'mutual-authentication': '[{"port":443,"mode":"verify"}]' }, 'https://a.test/', 'awsMutualAuthentication'],
    [{ ...BOTH, 'mutual-authentication': 'x' }, 'https://a.test/', 'awsMutualAuthentication'],
  ])('%j at %s: %s', (annotations, url, expected) => {
    expect(protectionsOf(annotations, url)).toBe(expected);
  });

  it('ranges of one port leave the other open, as on the load balancer', () => {
    const result = routed(
      ingress('a', { annotations: { 'group.name': 'g', 'inbound-cidrs': '10.0.0.0/8', 'listen-ports': '[{"HTTP":80}]' }, rules: RULES }),
      ingress('b', { annotations: { 'group.name': 'g', 'listen-ports': '[{"HTTPS":443}]' }, rules: RULES }),
    );
    expect(ask(result, 'http://a.test/')).toContain('behind allowList');
    expect(ask(result, 'https://a.test/')).not.toContain('behind');
  });

  it('a sign-in of the Service counts where it is the only one', () => {
    const signIn = service('svc', COGNITO);
    expect(protectionsOf({ 'listen-ports': '[{"HTTPS":443}]' }, 'https://a.test/', signIn)).toBe('oidc');
    const both =
      '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"svc","servicePort":80,"weight":1},{"serviceName":"other","servicePort":80,"weight":1}]}}';
    const split = routed(
      ingress('a', { annotations: { 'listen-ports': '[{"HTTPS":443}]', 'actions.x': both }, rules: [['a.test', '/ P x:use-annotation']] }),
      signIn,
    );
    expect(ask(split, 'https://a.test/')).not.toContain('behind');
    expect(unsettled(split)).toEqual([]);
  });

  it('a Service can lift the sign-in of its Ingress', () => {
    expect(
      protectionsOf({ ...COGNITO, 'listen-ports': '[{"HTTPS":443}]' }, 'https://a.test/', service('svc', { 'auth-type': 'none' })),
    ).toBe('open');
  });

  it('the hole over HTTP is reported, and not where HTTP is redirected', () => {
    expect(codesOf(annotated({ ...BOTH, ...COGNITO }))).toContain('alb/authentication/open-over-http');
    expect(codesOf(annotated({ ...BOTH, ...COGNITO, 'ssl-redirect': '443' }))).not.toContain('alb/authentication/open-over-http');
  });

  it('hold for the default backend too', () => {
    const result = routed(ingress('a', { annotations: { 'listen-ports': '[{"HTTPS":443}]', ...COGNITO }, defaultBackend: 'svc:80' }));
    expect(ask(result, 'https://any.test/')).toContain('behind oidc');
  });

  it('stand on the rules as the same objects as on the load balancer', () => {
    const result = annotated({ 'wafv2-acl-arn': 'arn:w', 'inbound-cidrs': '10.0.0.0/8' });
    const own = result.tables[0]?.loadBalancer.intents?.filter(isProtection) ?? [];
    const { intents, rules } = hostOf(result, 'a.test');
    expect(own).toHaveLength(2);
    expect(own.every((intent) => [...intents, ...(rules[0]?.intents ?? [])].includes(intent))).toBe(true);
  });
});

describe('of target groups', () => {
  const backend = { namespace: 'shop', service: 'svc', port: 80, written: '80' };

  it('have the defaults of Ingresses where nothing is said', () => {
    const result = annotated({});
    expect(onRules(result, 'awsHealthCheck')).toEqual([
      {
        kind: 'awsHealthCheck',
        backend,
        check: {
          port: 'traffic-port',
          protocol: 'HTTP',
          path: '/',
          intervalSeconds: 15,
          timeoutSeconds: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
          codes: '200',
          codesAre: 'http',
        },
      },
    ]);
    expect(onRules(result, 'awsTargetType')).toEqual([{ kind: 'awsTargetType', backend, type: null }]);
  });

  it('take the protocol of the backend for probes, and gRPC has its own path and codes', () => {
    const result = annotated({ 'backend-protocol': 'HTTPS', 'backend-protocol-version': 'GRPC' });
    expect(onRules(result, 'awsHealthCheck')).toMatchObject([
      { check: { protocol: 'HTTPS', path: '/AWS.ALB/healthcheck', codes: '12', codesAre: 'grpc' } },
    ]);
    expect(onRules(result, 'awsBackendProtocol')).toMatchObject([{ protocol: 'HTTPS', version: 'GRPC' }]);
  });

  it('Services beat Ingresses key by key, and whole maps of attributes', () => {
    const result = annotated(
      {
        'healthcheck-path': '/i',
        'success-codes': '200-299',
        'target-group-attributes': 'a=1',
        tags: 'x=1,y=1',
        'multi-cluster-target-group': 'true',
      },
      service('svc', {
        'healthcheck-path': '/s',
        'target-group-attributes': 'b=2',
        tags: 'y=2',
        'target-type': 'ip',
        'healthcheck-port': 'http',
      }),
    );
    expect(onRules(result, 'awsHealthCheck')).toMatchObject([{ check: { path: '/s', codes: '200-299', port: '8080' } }]);
    expect(onRules(result, 'awsTargetGroupAttributes')).toMatchObject([{ attributes: [{ key: 'b', value: '2' }] }]);
    expect(onRules(result, 'awsTargetGroupTags')).toMatchObject([
      {
        tags: [
          { key: 'x', value: '1' },
          { key: 'y', value: '2' },
        ],
      },
    ]);
    expect(onRules(result, 'awsMultiCluster')).toEqual([{ kind: 'awsMultiCluster', backend }]);
    expect(endsOf(result, 'alb.ingress.kubernetes.io/healthcheck-path')).toEqual(['inert alb/value/overridden']);
    expect(unsettled(result)).toEqual([]);
  });

  it('split attributes by what they are about', () => {
    const result = annotated({
      'target-group-attributes':
        'stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=SID,stickiness.app_cookie.duration_seconds=60,load_balancing.algorithm.type=weighted_random,deregistration_delay.timeout_seconds=30',
    });
    expect(onRules(result, 'awsStickiness')).toMatchObject([
      { enabled: true, by: 'application-cookie', cookie: 'SID', durationSeconds: 60 },
    ]);
    expect(onRules(result, 'awsBalancing')).toMatchObject([{ algorithm: 'weighted_random' }]);
    expect(onRules(result, 'awsTargetGroupAttributes')).toMatchObject([
      { attributes: [{ key: 'deregistration_delay.timeout_seconds', value: '30' }] },
    ]);
  });

  it('target-control-port is looked up by Service and port', () => {
    const result = annotated({ 'target-control-port.svc.80': '3000', 'target-control-port.other.80': '3001' });
    expect(onRules(result, 'awsTargetControl')).toEqual([{ kind: 'awsTargetControl', backend, port: 3000 }]);
    expect(endsOf(result, 'target-control-port.other.80')).toEqual(['inert alb/value/unused']);
  });
});

describe('of listeners and of what stands in front', () => {
  it('attributes stand on the rules of their listener alone', () => {
    const result = annotated({
      ...BOTH,
      'listener-attributes.HTTPS-443': 'routing.http.response.x_frame_options.header_value=DENY,routing.http.response.server.enabled=false',
      'listener-attributes.HTTP-81': 'a=b',
    });
    const rules = hostOf(result, 'a.test').rules.map(({ scheme, intents }) => [
      scheme,
      intents.filter(({ kind }) => kind === 'awsListenerAttributes').length,
    ]);
    expect(rules).toEqual([
      ['http', 0],
      ['https', 2],
    ]);
    expect(endsOf(result, 'listener-attributes.HTTP-81')).toEqual(['inert alb/listener-attributes/no-listener']);
  });

  it('a network load balancer in front has all ports, or those that are mapped', () => {
    const all = annotated({ ...BOTH, 'enable-frontend-nlb': 'true' });
    expect(balancer(all, 'awsFrontendNlb')).toMatchObject([
      {
        scheme: null,
        healthCheck: { healthyThreshold: 2, path: '/' },
        ports: [
          { nlbPort: 80, albPort: 80, albProtocol: 'HTTP' },
          { nlbPort: 443, albPort: 443, albProtocol: 'HTTPS' },
        ],
      },
    ]);
    const mapped = annotated({ ...BOTH, 'enable-frontend-nlb': 'true', 'frontend-nlb-listener-port-mapping': '8443=443,9=9' });
    expect(balancer(mapped, 'awsFrontendNlb')).toMatchObject([{ ports: [{ nlbPort: 8443, albPort: 443, albProtocol: 'HTTPS' }] }]);
    expect(codesOf(mapped)).toContain('alb/frontend-nlb/mapping');
    const off = annotated({ 'frontend-nlb-scheme': 'internal' });
    expect(endsOf(off, 'frontend-nlb-scheme')).toEqual(['inert alb/value/without-partner']);
  });
});
