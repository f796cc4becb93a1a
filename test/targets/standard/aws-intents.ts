import * as fc from 'fast-check';
import type { AwsIntent } from '../../../src/intent/intent.ts';
import type { Statement } from './lowering.ts';

const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', 'a', 'sg-1', '10.0.0.0/8', 'arn:aws:x'));
const texts = fc.array(text, { maxLength: 4 });
const number = fc.nat(70_000);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const pairs = fc.array(
  fc.record({
    key: fc.oneof(
      text,
      fc.constantFrom('deletion_protection.enabled', 'routing.http.response.x_frame_options.header_value', 'idle_timeout.timeout_seconds'),
    ),
    value: text,
  }),
  { maxLength: 3 },
);
const protocol = fc.constantFrom('HTTP', 'HTTPS');
const backend = fc.record({ namespace: fc.constant('shop'), service: fc.constant('web'), port: maybe(number), written: text });
const check = fc.record({
  port: text,
  protocol,
  path: text,
  intervalSeconds: number,
  timeoutSeconds: number,
  healthyThreshold: number,
  unhealthyThreshold: number,
  codes: text,
  codesAre: fc.constantFrom('http', 'grpc'),
});
const identity = fc.oneof(
  fc.record({ type: fc.constant('cognito'), userPoolArn: text, userPoolClientId: text, userPoolDomain: text, extraParams: pairs }),
  fc.record({
    type: fc.constant('oidc'),
    issuer: text,
    authorizationEndpoint: text,
    tokenEndpoint: text,
    userInfoEndpoint: text,
    secret: fc.constant({ namespace: 'shop', name: 's' }),
    extraParams: pairs,
  }),
);

/** Any value of each kind of AWS. A new kind does not compile until it has one. */
export const AWS_INTENTS: { readonly [K in AwsIntent['kind']]: fc.Arbitrary<Omit<Extract<Statement, { kind: K }>, 'kind'>> } = {
  awsLoadBalancerName: fc.record({ name: text }),
  awsScheme: fc.record({ scheme: fc.constantFrom('internal', 'internet-facing') }),
  awsIpAddressType: fc.record({ type: fc.constantFrom('ipv4', 'dualstack') }),
  awsSubnets: fc.record({
    subnets: fc.oneof(
      fc.record({ by: fc.constant('identifier'), identifiers: texts }),
      fc.record({ by: fc.constant('tags'), tags: fc.dictionary(text, texts, { maxKeys: 2 }) }),
    ),
  }),
  awsSecurityGroups: fc.record({ groups: texts, manageBackendRules: fc.boolean() }),
  awsAddressPool: fc.record({ pool: fc.constantFrom('customer-owned', 'ipam'), id: text }),
  awsLoadBalancerAttributes: fc.record({ attributes: pairs }),
  awsWebAcl: fc.record({ by: fc.constantFrom('arn', 'name', 'classic-id'), value: text }),
  awsShield: fc.record({ enabled: fc.boolean() }),
  awsCapacity: fc.record({ units: number }),
  awsTags: fc.record({ tags: pairs }),
  awsFrontendNlb: fc.record({
    scheme: maybe(fc.constantFrom('internal', 'internet-facing')),
    subnets: texts,
    securityGroups: texts,
    ports: fc.array(fc.record({ nlbPort: number, albPort: number, albProtocol: protocol }), { maxLength: 3 }),
    eipAllocations: texts,
    healthCheck: check,
    attributes: pairs,
    tags: maybe(pairs),
  }),
  awsCertificates: fc.record({
    port: number,
    certificates: fc.oneof(
      fc.record({ from: fc.constant('arns'), defaultArn: text, others: texts, alsoFor: texts }),
      fc.record({ from: fc.constant('discovery'), hosts: texts }),
      fc.record({ from: fc.constant('created'), hosts: texts, authorityArn: maybe(text) }),
    ),
  }),
  awsTlsPolicy: fc.record({ port: number, policy: fc.oneof(text, fc.constantFrom('ELBSecurityPolicy-TLS13-1-2-2021-06')) }),
  awsMutualAuthentication: fc.record({
    port: number,
    mode: fc.constantFrom('passthrough', 'verify'),
    trustStore: maybe(text),
    ignoreClientCertificateExpiry: maybe(fc.boolean()),
    advertiseTrustStoreCaNames: maybe(fc.constantFrom('on', 'off')),
  }),
  awsListenerAttributes: fc.record({ protocol, port: number, attributes: pairs }),
  awsInboundRanges: fc.record({
    listeners: fc.array(fc.record({ protocol, port: number }), { maxLength: 2 }),
    ranges: texts,
    prefixLists: texts,
  }),
  awsTargetType: fc.record({ backend, type: maybe(fc.constantFrom('instance', 'ip')) }),
  awsBackendProtocol: fc.record({ backend, protocol, version: fc.constantFrom('HTTP1', 'HTTP2', 'GRPC') }),
  awsHealthCheck: fc.record({ backend, check }),
  awsStickiness: fc.record({
    backend,
    enabled: fc.boolean(),
    by: fc.constantFrom('load-balancer-cookie', 'application-cookie'),
    cookie: maybe(text),
    durationSeconds: number,
    attributes: pairs,
  }),
  awsBalancing: fc.record({ backend, algorithm: fc.oneof(text, fc.constantFrom('round_robin', 'weighted_random')), attributes: pairs }),
  awsTargetGroupAttributes: fc.record({ backend, attributes: pairs }),
  awsTargetGroupTags: fc.record({ backend, tags: pairs }),
  awsNodeSelector: fc.record({ backend, labels: pairs }),
  awsMultiCluster: fc.record({ backend }),
  awsTargetControl: fc.record({ backend, port: number }),
  awsAuthenticate: fc.record({
    provider: maybe(identity),
    onUnauthenticated: fc.constantFrom('authenticate', 'allow', 'deny'),
    scope: text,
    sessionCookie: text,
    sessionTimeoutSeconds: number,
  }),
  awsJwt: fc.record({
    issuer: maybe(text),
    jwksEndpoint: maybe(text),
    claims: fc.array(
      fc.record({
        format: fc.constantFrom('single-string', 'string-array', 'space-separated-values'),
        name: text,
        values: texts,
      }),
      { maxLength: 2 },
    ),
  }),
  awsGroupStickiness: fc.record({ durationSeconds: maybe(number) }),
  awsExternalTargetGroups: fc.record({
    groups: fc.array(fc.record({ arn: maybe(text), name: text, weight: number }), { maxLength: 3 }),
  }),
  awsHostRewrite: fc.record({ regex: text, replace: text }),
};
