import type { AwsIntent } from '../intent/intent.ts';
import type { Sample } from './sample.ts';

const backend = { namespace: 'default', service: 'web', port: 80, written: '80' } as const;
const ARN = 'arn:aws:service:eu-west-1:111122223333:thing/name';
const check = {
  port: 'traffic-port',
  protocol: 'HTTP',
  path: '/healthz',
  intervalSeconds: 15,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  codes: '200',
  codesAre: 'http',
} as const;

export const AWS_SAMPLES: { readonly [K in AwsIntent['kind']]: readonly Sample<K>[] } = {
  awsLoadBalancerName: [{ kind: 'awsLoadBalancerName', name: 'name' }],
  awsScheme: [{ kind: 'awsScheme', scheme: 'internal' }],
  awsIpAddressType: [{ kind: 'awsIpAddressType', type: 'dualstack' }],
  awsSubnets: [{ kind: 'awsSubnets', subnets: { by: 'identifier', identifiers: ['subnet-1'] } }],
  awsSecurityGroups: [{ kind: 'awsSecurityGroups', groups: ['sg-1'], manageBackendRules: false }],
  awsAddressPool: [{ kind: 'awsAddressPool', pool: 'customer-owned', id: 'ipv4pool-coip-1' }],
  awsLoadBalancerAttributes: [{ kind: 'awsLoadBalancerAttributes', attributes: [{ key: 'idle_timeout.timeout_seconds', value: '120' }] }],
  awsWebAcl: [{ kind: 'awsWebAcl', by: 'arn', value: ARN }],
  awsShield: [{ kind: 'awsShield', enabled: true }],
  awsCapacity: [{ kind: 'awsCapacity', units: 10 }],
  awsTags: [{ kind: 'awsTags', tags: [{ key: 'team', value: 'shop' }] }],
  awsFrontendNlb: [
    {
      kind: 'awsFrontendNlb',
      scheme: null,
      subnets: [],
      securityGroups: [],
      ports: [{ nlbPort: 80, albPort: 80, albProtocol: 'HTTP' }],
      eipAllocations: [],
      healthCheck: check,
      attributes: [],
      tags: null,
    },
  ],
  awsCertificates: [{ kind: 'awsCertificates', port: 443, certificates: { from: 'arns', defaultArn: ARN, others: [], alsoFor: [] } }],
  awsTlsPolicy: [{ kind: 'awsTlsPolicy', port: 443, policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }],
  awsMutualAuthentication: [
    {
      kind: 'awsMutualAuthentication',
      port: 443,
      mode: 'verify',
      trustStore: ARN,
      ignoreClientCertificateExpiry: null,
      advertiseTrustStoreCaNames: null,
    },
  ],
  awsListenerAttributes: [
    {
      kind: 'awsListenerAttributes',
      protocol: 'HTTPS',
      port: 443,
      attributes: [{ key: 'routing.http.response.server.enabled', value: 'false' }],
    },
  ],
  awsInboundRanges: [{ kind: 'awsInboundRanges', listeners: [{ protocol: 'HTTPS', port: 443 }], ranges: ['10.0.0.0/8'], prefixLists: [] }],
  awsTargetType: [{ kind: 'awsTargetType', backend, type: 'ip' }],
  awsBackendProtocol: [
    { kind: 'awsBackendProtocol', backend, protocol: 'HTTPS', version: 'HTTP1' },
    { kind: 'awsBackendProtocol', backend, protocol: 'HTTP', version: 'GRPC' },
  ],
  awsHealthCheck: [{ kind: 'awsHealthCheck', backend, check }],
  awsStickiness: [
    { kind: 'awsStickiness', backend, enabled: true, by: 'load-balancer-cookie', cookie: null, durationSeconds: 3600, attributes: [] },
  ],
  awsBalancing: [{ kind: 'awsBalancing', backend, algorithm: 'least_outstanding_requests', attributes: [] }],
  awsTargetGroupAttributes: [
    { kind: 'awsTargetGroupAttributes', backend, attributes: [{ key: 'deregistration_delay.timeout_seconds', value: '30' }] },
  ],
  awsTargetGroupTags: [{ kind: 'awsTargetGroupTags', backend, tags: [{ key: 'team', value: 'shop' }] }],
  awsNodeSelector: [{ kind: 'awsNodeSelector', backend, labels: [{ key: 'pool', value: 'web' }] }],
  awsMultiCluster: [{ kind: 'awsMultiCluster', backend }],
  awsTargetControl: [{ kind: 'awsTargetControl', backend, port: 3000 }],
  awsAuthenticate: [
    {
      kind: 'awsAuthenticate',
      provider: {
        type: 'cognito',
        userPoolArn: ARN,
        userPoolClientId: 'id',
        userPoolDomain: 'example',
        extraParams: [],
      },
      onUnauthenticated: 'authenticate',
      scope: 'openid',
      sessionCookie: 'AWSELBAuthSessionCookie',
      sessionTimeoutSeconds: 604_800,
    },
  ],
  awsJwt: [{ kind: 'awsJwt', issuer: 'https://id.example.com', jwksEndpoint: 'https://id.example.com/keys', claims: [] }],
  awsGroupStickiness: [{ kind: 'awsGroupStickiness', durationSeconds: 3600 }],
  awsExternalTargetGroups: [{ kind: 'awsExternalTargetGroups', groups: [{ arn: ARN, name: 'name', weight: 1 }] }],
  awsHostRewrite: [{ kind: 'awsHostRewrite', regex: '^www\\.(.*)$', replace: '$1' }],
};
