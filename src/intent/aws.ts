/**
 * Statements that only AWS load balancers have a place for, in the words of the AWS Load Balancer Controller and complete
 * enough to render its Gateway API objects from them. They come from ALB Ingresses, IngressClassParams and annotations of
 * Services, with precedence, group merging and defaults already applied. `neutralForm` has the nearest vendor-neutral
 * intent for targets that are not AWS.
 *
 * Where they stand: what holds for the load balancer or one of its listeners is in `LoadBalancer.intents`; those of them
 * that act on requests (`isProtection`, listener attributes) stand on every rule they act on as well, as the same object.
 * What holds for target groups or for a rule stands on the rule. No entries: the controller's default, which a target
 * has to write where its own default is another.
 */
export type AwsIntentBody = AwsLoadBalancerIntent | AwsListenerIntent | AwsTargetGroupIntent | AwsRuleIntent;

export interface AwsKeyValue {
  readonly key: string;
  readonly value: string;
}

/** A Service behind the rule, whose target group the intent is about. `port` as in the rule's backend; null = unknown there too. */
export interface AwsBackend {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | null;
  /** The port as the Ingress writes it: its number or name. */
  readonly written: string;
}

export type AwsProtocol = 'HTTP' | 'HTTPS';
export type AwsScheme = 'internal' | 'internet-facing';

export type AwsSubnets =
  /** Ids or values of their Name tag, one an availability zone. */
  | { readonly by: 'identifier'; readonly identifiers: readonly string[] }
  | { readonly by: 'tags'; readonly tags: Readonly<Record<string, readonly string[]>> };

/** As probed by the load balancer; every value is the effective one. Times in seconds. */
export interface AwsHealthCheck {
  /** `traffic-port` or a number; a port name of the Service where it could not be resolved. */
  readonly port: string;
  readonly protocol: AwsProtocol;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** `200`, `200,201`, `200-299`; gRPC codes (`12`, `0-99`) where `codesAre` says so. */
  readonly codes: string;
  readonly codesAre: 'http' | 'grpc';
}

export type AwsLoadBalancerIntent =
  | { readonly kind: 'awsLoadBalancerName'; readonly name: string }
  /** Who can reach it by network. Always present. */
  | { readonly kind: 'awsScheme'; readonly scheme: AwsScheme }
  | { readonly kind: 'awsIpAddressType'; readonly type: 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4' }
  | { readonly kind: 'awsSubnets'; readonly subnets: AwsSubnets }
  /** The only firewall of the load balancer: ranges and prefix lists have no effect beside it. Ids or Name tags. A protection: its rules are not known here. */
  | { readonly kind: 'awsSecurityGroups'; readonly groups: readonly string[]; readonly manageBackendRules: boolean }
  | { readonly kind: 'awsAddressPool'; readonly pool: 'customer-owned' | 'ipam'; readonly id: string }
  /** By key. */
  | { readonly kind: 'awsLoadBalancerAttributes'; readonly attributes: readonly AwsKeyValue[] }
  /** A protection. `value` as `by` says: ARN (v2), name to look up (v2), or id of a WAF Classic ACL. */
  | { readonly kind: 'awsWebAcl'; readonly by: 'arn' | 'name' | 'classic-id'; readonly value: string }
  | { readonly kind: 'awsShield'; readonly enabled: boolean }
  | { readonly kind: 'awsCapacity'; readonly units: number }
  /** Of the load balancer, its listeners, rules and security group. By key. */
  | { readonly kind: 'awsTags'; readonly tags: readonly AwsKeyValue[] }
  | ({ readonly kind: 'awsFrontendNlb' } & AwsFrontendNlb);

/** A network load balancer whose TCP listeners forward to this one. */
export interface AwsFrontendNlb {
  /** null = the controller's default scheme. */
  readonly scheme: AwsScheme | null;
  readonly subnets: readonly string[];
  /** Empty = those of the ALB. */
  readonly securityGroups: readonly string[];
  /** Every listener of it, by NLB port; complete whether or not the Ingress maps ports. */
  readonly ports: readonly { readonly nlbPort: number; readonly albPort: number; readonly albProtocol: AwsProtocol }[];
  /** One a subnet, in their order. */
  readonly eipAllocations: readonly string[];
  /** Of the NLB towards the ALB. */
  readonly healthCheck: AwsHealthCheck;
  readonly attributes: readonly AwsKeyValue[];
  /** null = those of the ALB. */
  readonly tags: readonly AwsKeyValue[] | null;
}

/** Of one listener: `port` is unique over the load balancer. */
export type AwsListenerIntent =
  | { readonly kind: 'awsCertificates'; readonly port: number; readonly certificates: AwsCertificates }
  | { readonly kind: 'awsTlsPolicy'; readonly port: number; readonly policy: string }
  /** A protection, in either mode: with `passthrough` the backend relies on headers that only this listener sets. */
  | {
      readonly kind: 'awsMutualAuthentication';
      readonly port: number;
      readonly mode: 'passthrough' | 'verify';
      /** ARN or name; null with passthrough, and where the setting cannot be read. */
      readonly trustStore: string | null;
      readonly ignoreClientCertificateExpiry: boolean | null;
      readonly advertiseTrustStoreCaNames: 'on' | 'off' | null;
    }
  /** By key. Also on the rules: those named `routing.http.response.*.header_value` set a header on every response. */
  | {
      readonly kind: 'awsListenerAttributes';
      readonly protocol: AwsProtocol;
      readonly port: number;
      readonly attributes: readonly AwsKeyValue[];
    }
  /** Who may connect to these listeners. A protection unless a range is the whole of IPv4. Never beside `awsSecurityGroups`. */
  | {
      readonly kind: 'awsInboundRanges';
      readonly listeners: readonly { readonly protocol: AwsProtocol; readonly port: number }[];
      /** CIDRs. Empty with prefix lists: no range but those lists. */
      readonly ranges: readonly string[];
      readonly prefixLists: readonly string[];
    };

export type AwsCertificates =
  /** `defaultArn` for clients that name no host; the others by SNI. `alsoFor`: hosts whose certificates the controller finds in ACM besides. */
  | { readonly from: 'arns'; readonly defaultArn: string; readonly others: readonly string[]; readonly alsoFor: readonly string[] }
  /** The controller looks for issued ACM certificates that cover these hosts. */
  | { readonly from: 'discovery'; readonly hosts: readonly string[] }
  /** The controller asks ACM for one; `authorityArn`: of a private authority. */
  | { readonly from: 'created'; readonly hosts: readonly string[]; readonly authorityArn: string | null };

/** Of the target group of one Service port behind the rule. */
export type AwsTargetGroupIntent =
  /** Always present. `null` = the controller's default (instance unless a flag says otherwise). */
  | { readonly kind: 'awsTargetType'; readonly backend: AwsBackend; readonly type: 'instance' | 'ip' | null }
  /** HTTPS is not verified. */
  | {
      readonly kind: 'awsBackendProtocol';
      readonly backend: AwsBackend;
      readonly protocol: AwsProtocol;
      readonly version: 'HTTP1' | 'HTTP2' | 'GRPC';
    }
  /** Always present: defaults of Ingresses and of Gateways differ. */
  | { readonly kind: 'awsHealthCheck'; readonly backend: AwsBackend; readonly check: AwsHealthCheck }
  /** Stickiness to a target. `attributes`: the same as target group attributes, by key. */
  | {
      readonly kind: 'awsStickiness';
      readonly backend: AwsBackend;
      readonly enabled: boolean;
      readonly by: 'load-balancer-cookie' | 'application-cookie';
      /** Of the application; null for the load balancer's own. */
      readonly cookie: string | null;
      readonly durationSeconds: number;
      readonly attributes: readonly AwsKeyValue[];
    }
  | {
      readonly kind: 'awsBalancing';
      readonly backend: AwsBackend;
      readonly algorithm: string;
      readonly attributes: readonly AwsKeyValue[];
    }
  /** What is neither stickiness nor balancing. By key. */
  | { readonly kind: 'awsTargetGroupAttributes'; readonly backend: AwsBackend; readonly attributes: readonly AwsKeyValue[] }
  /** Those of the Ingress with those of the Service laid over them. By key. */
  | { readonly kind: 'awsTargetGroupTags'; readonly backend: AwsBackend; readonly tags: readonly AwsKeyValue[] }
  | { readonly kind: 'awsNodeSelector'; readonly backend: AwsBackend; readonly labels: readonly AwsKeyValue[] }
  | { readonly kind: 'awsMultiCluster'; readonly backend: AwsBackend }
  | { readonly kind: 'awsTargetControl'; readonly backend: AwsBackend; readonly port: number };

export type AwsRuleIntent =
  /** A protection. Only on rules over https: on http the controller does not ask. */
  | {
      readonly kind: 'awsAuthenticate';
      /** null where the setting cannot be read: nobody gets in. */
      readonly provider: AwsIdentityProvider | null;
      readonly onUnauthenticated: 'authenticate' | 'allow' | 'deny';
      readonly scope: string;
      readonly sessionCookie: string;
      readonly sessionTimeoutSeconds: number;
    }
  /** A protection, https only. null values where the setting cannot be read. */
  | {
      readonly kind: 'awsJwt';
      readonly issuer: string | null;
      readonly jwksEndpoint: string | null;
      readonly claims: readonly AwsClaim[];
    }
  /** Clients stay in the target group that the weights chose. */
  | { readonly kind: 'awsGroupStickiness'; readonly durationSeconds: number | null }
  /** Target groups made outside the cluster: backends of the rule whose `problem` is `outside-cluster`. */
  | {
      readonly kind: 'awsExternalTargetGroups';
      /** `name` is also the last but one part of an ARN. */
      readonly groups: readonly { readonly arn: string | null; readonly name: string; readonly weight: number }[];
    }
  /** Of the Host header, by a regular expression; literal ones are `upstreamHost`. */
  | { readonly kind: 'awsHostRewrite'; readonly regex: string; readonly replace: string };

export type AwsIdentityProvider =
  | {
      readonly type: 'cognito';
      readonly userPoolArn: string;
      readonly userPoolClientId: string;
      readonly userPoolDomain: string;
      readonly extraParams: readonly AwsKeyValue[];
    }
  | {
      readonly type: 'oidc';
      readonly issuer: string;
      readonly authorizationEndpoint: string;
      readonly tokenEndpoint: string;
      readonly userInfoEndpoint: string;
      /** Keys clientID (or clientId) and clientSecret, in the namespace of the Ingress. */
      readonly secret: { readonly namespace: string; readonly name: string };
      readonly extraParams: readonly AwsKeyValue[];
    };

export interface AwsClaim {
  readonly format: 'single-string' | 'string-array' | 'space-separated-values';
  readonly name: string;
  readonly values: readonly string[];
}
