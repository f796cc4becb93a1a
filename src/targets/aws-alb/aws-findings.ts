import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { LOST_PROTECTION } from '../lowering.ts';

/** What the Gateway API of the controller makes otherwise than its Ingresses. */
export const awsFindings = defineFindings('aws-alb', {
  'name/taken': {
    level: 'warning',
    message: (a: { name: string }) =>
      `the load balancer's name ${a.name} was not written: the Ingress holds it as long as it lives, and the new one is beside it`,
    help: () =>
      'To have it back after the move, set loadBalancerName in the LoadBalancerConfiguration once the Ingress is gone: that makes a new load balancer, with a new address.',
  },
  'web-acl/by-name': {
    ...LOST_PROTECTION,
    message: (a: { name: string }) => `the web ACL ${a.name} was not written: a LoadBalancerConfiguration takes an ARN`,
    help: (a) =>
      `Find it (aws wafv2 list-web-acls --scope REGIONAL --query "WebACLs[?Name=='${a.name}'].ARN" --output text), name it in the Ingress by that ARN, and convert again.`,
  },
  'web-acl/classic': {
    ...LOST_PROTECTION,
    message: (a: { id: string }) =>
      `the web ACL ${a.id} of WAF Classic was not written: the controller's Gateways take those of WAF v2 only`,
    help: () => 'Move it to WAF v2 (aws wafv2 create-web-acl), name the new ARN in the Ingress, and convert again.',
  },
  'security-groups/backend-rules': {
    level: 'note',
    message: (a: { groups: string }) =>
      `security groups ${a.groups} are the only firewall of the new load balancer too, and the controller does not open the way to the pods for them`,
    help: () => 'The security groups of nodes or pods must admit them already, as they do today.',
  },
  'attributes/deletion-protection': {
    level: 'note',
    message: (_: NoArgs) => 'deletion protection is on for the new load balancer: deleting the Gateway then leaves it behind',
    help: () =>
      'To give it up later: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=false',
  },
  'access-logs/prefix': {
    level: 'note',
    message: (a: { bucket: string }) => `both load balancers write access logs to ${a.bucket} while they stand side by side`,
    help: () => 'Give the new one another access_logs.s3.prefix if readers of the logs should tell them apart.',
  },
  'capacity/beside': {
    level: 'note',
    message: (a: { units: number }) =>
      `${a.units} capacity units are reserved for the new load balancer as well, and paid for twice while both stand`,
  },
  'capacity/range': {
    level: 'note',
    message: (_: NoArgs) => 'no capacity was reserved, as the setting asks for none',
  },
  'shield/beside': {
    level: 'note',
    message: (a: { enabled: string }) => `Shield Advanced is ${a.enabled} for the new load balancer as for the old one`,
  },
  'certificates/discovery': {
    level: 'note',
    message: (a: { hosts: string; port: number }) =>
      `the controller finds the certificates of port ${a.port} in ACM by host, as before (${a.hosts})`,
    help: () =>
      'It builds nothing of the Gateway while one of the hosts has no issued certificate there: aws acm list-certificates --certificate-statuses ISSUED.',
  },
  'certificates/also-for': {
    level: 'error',
    message: (a: { hosts: string; port: number }) =>
      `beside those named for port ${a.port} the controller finds certificates for ${a.hosts} today; for a Gateway it looks for none where some are named`,
    help: (a) =>
      `Find theirs (aws acm list-certificates --query "CertificateSummaryList[].[DomainName,CertificateArn]" --output text) and add the ARNs to certificates of HTTPS:${a.port} in the LoadBalancerConfiguration. Until then clients of these hosts see another name's certificate.`,
    differs: ['unreachable'],
  },
  'certificates/created': {
    level: 'error',
    message: (a: { hosts: string; port: number }) =>
      `the controller asked ACM for the certificate of port ${a.port} (${a.hosts}), and deletes it with the Ingress; for Gateways it asks for none`,
    help: (a) => {
      const [first = '', ...others] = a.hosts.split(', ');
      const more = others.length === 0 ? '' : ` --subject-alternative-names ${others.map((host) => `'${host}'`).join(' ')}`;
      return `Ask for one of your own before the move: aws acm request-certificate --domain-name '${first}'${more} --validation-method DNS. The Gateway finds it by host.`;
    },
  },
  'tls-policy/same': {
    level: 'note',
    message: (a: { policy: string }) => `the security policy ${a.policy} was carried over`,
  },
  'mutual-authentication/trust-store': {
    level: 'note',
    message: (a: { store: string; port: number }) =>
      `clients of port ${a.port} need a certificate of trust store ${a.store}, which both load balancers share`,
  },
  'mutual-authentication/unreadable': {
    ...LOST_PROTECTION,
    message: (a: { port: number }) => `port ${a.port} asks for client certificates by a setting that cannot be read`,
    help: () => 'Correct the setting and convert again.',
  },
  'inbound-ranges/differ': {
    ...LOST_PROTECTION,
    message: (a: { ports: string }) =>
      `who may connect is not the same for every port (${a.ports} are restricted), and a LoadBalancerConfiguration has one list for all`,
    help: () =>
      'Restrict all ports alike, give the port an IngressGroup of its own, or make a security group with rules for each port (aws ec2 create-security-group) and name it in the Ingress instead of the ranges; then convert again.',
  },
  'inbound-ranges/redirects-too': {
    level: 'note',
    message: (a: { ports: string }) =>
      `port ${a.ports}, which only redirects, admits the same addresses alone: a LoadBalancerConfiguration has one list for all ports, and today everybody gets the redirect`,
    help: () => 'Who is kept out gets no answer instead of a redirect to a port that does not answer either.',
    differs: ['unreachable', 'status', 'narrower', 'redirect'],
  },
  'target-type/assumed': {
    level: 'note',
    message: (a: { service: string; type: string }) =>
      `Service ${a.service} has no target type of its own, so the controller's default counted: ${a.type} was written`,
    help: (a) =>
      `If the controller runs with --default-target-type=${a.type === 'ip' ? 'instance' : 'ip'}, set targetType accordingly in the TargetGroupConfiguration.`,
  },
  'health-check/port-name': {
    level: 'warning',
    message: (a: { service: string; port: string }) =>
      `the health check port ${a.port} of Service ${a.service} is a name, whose number is not known: the port of the traffic is probed`,
    help: () => 'Set healthCheckPort to its number in the TargetGroupConfiguration.',
    differs: ['unreachable'],
  },
  'target-control/inert': {
    level: 'warning',
    message: (a: { service: string; port: number }) =>
      `the target optimizer on port ${a.port} of Service ${a.service} has no effect with Gateways: the controller does not hand it on`,
    help: () => 'It was written for a later release of the controller; limit concurrency in the pods meanwhile.',
  },
  'backend-protocol/shared-port': {
    level: 'error',
    message: (a: { service: string; version: string }) =>
      `Service ${a.service} speaks ${a.version}, and its rule is served over HTTP too: the controller builds one target group for both listeners, which then speaks HTTP/1.1`,
    help: () => 'Serve the rule over HTTPS alone (listen-ports), or redirect HTTP to it, and convert again.',
    differs: ['status', 'unreachable'],
  },
  'authentication/both': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'the rule asks for a login and for a token: the controller takes one of them, and stops where it finds both',
    help: () => 'Take one of auth-type and jwt-validation out of the Ingress, and convert again.',
  },
  'authentication/unreadable': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'authentication is asked for by a setting that cannot be read, so nobody is let in without it',
    help: () => 'Correct the setting and convert again.',
  },
  'authentication/over-http': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'the load balancer authenticates on HTTPS listeners only, and this rule would be served over HTTP too',
    help: () => 'Serve it over HTTPS alone, or redirect HTTP to it, and convert again.',
  },
  'authentication/secret': {
    level: 'note',
    message: (a: { secret: string }) => `the controller reads the client of the identity provider from Secret ${a.secret}, as before`,
    help: () => "Allow the new load balancer's redirects at the provider if it knows them by host: https://HOST/oauth2/idpresponse.",
  },
  'authentication/params': {
    level: 'warning',
    message: (a: { lost: string }) =>
      `not every extra parameter of the sign-in was written, the load balancer takes ten: ${a.lost} were left out`,
    differs: ['headers'],
  },
  'jwt/values': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) =>
      'tokens are checked for more than a ListenerRuleConfiguration takes: 256 characters of issuer and endpoint, ten values of a claim',
    help: () => 'Shorten the check, or let the backend make it.',
  },
  'external-target-groups/one-load-balancer': {
    level: 'error',
    message: (a: { groups: string }) =>
      `target groups ${a.groups} were made outside the cluster and serve one load balancer at a time: AWS refuses them to the new one, and the controller cannot finish its rules, as long as the Ingress is there`,
    help: (a) => {
      const [first = ''] = a.groups.split(', ');
      return `To have both side by side, make a copy for the new one: aws elbv2 describe-target-groups --names ${a.groups.replaceAll(',', '')}, then aws elbv2 create-target-group --name ${first.slice(0, 28)}-new with the same settings, aws elbv2 register-targets with the same targets (or a TargetGroupBinding), and its name in the route instead. Otherwise apply the route in the moment in which the Ingress goes.`;
    },
    differs: ['unreachable', 'status', 'weight', 'wrong-backend'],
  },
  'external-target-groups/no-name': {
    level: 'error',
    message: (a: { groups: string }) =>
      `target groups ${a.groups} cannot be named in a route: a reference takes the name of a target group (32 letters, digits, dashes)`,
    help: () =>
      "Correct the name in the Ingress (aws elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupName'), and convert again.",
    differs: ['unreachable', 'status', 'weight', 'wrong-backend'],
  },
  'host-rewrite/pattern': {
    level: 'warning',
    message: (a: { regex: string; replace: string }) =>
      `the Host header for the backend is no longer rewritten (${a.regex} to ${a.replace}): transforms by patterns have no place in the controller's Gateway API`,
    help: () =>
      "The backend sees the client's Host header. Let it accept any, or split the rule by host so that a fixed name can be written.",
    differs: ['headers'],
  },
});
