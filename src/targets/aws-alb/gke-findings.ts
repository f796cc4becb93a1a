import { defineFindings, type NoArgs } from '../../ledger/finding.ts';

/** Settings of Google's load balancers, and what comes nearest here. */
export const gkeFindings = defineFindings('aws-alb/gke', {
  'health-check': {
    level: 'note',
    message: (a: { services: string; clamped: string }) =>
      `the health check was carried over to the target groups of ${a.services}${a.clamped === '' ? '' : `, but for ${a.clamped}`}; what it leaves open is as the controller has it (every 15 s, 5 s, three tries up and down)`,
    help: () => 'Targets that answer with anything but 200 are taken out of service, as on Google Cloud.',
  },
  'health-checker': {
    level: 'warning',
    message: (_: NoArgs) => 'a node agent answered health checks; the load balancer asks the pods themselves',
    help: () => 'See to it that the pods answer at healthCheckPath of the TargetGroupConfiguration (/ where it names none).',
  },
  logging: {
    level: 'warning',
    message: (a: { percent: number }) =>
      `access logs (of ${a.percent} % of requests) go to an S3 bucket here, of all requests of the load balancer, and the input names none`,
    help: () =>
      'Set loadBalancerAttributes in the LoadBalancerConfiguration: [{key: access_logs.s3.enabled, value: "true"}, {key: access_logs.s3.bucket, value: BUCKET}], with a bucket policy that lets the load balancer write.',
  },
  cdn: {
    level: 'warning',
    message: (a: { mode: string }) => `Cloud CDN (${a.mode}) is not carried over: every request reaches the backend`,
    help: () =>
      'CloudFront comes nearest: aws cloudfront create-distribution --origin-domain-name ADDRESS-OF-THE-LOAD-BALANCER, with cache behaviours for what was cached. Check that the backend stands the load until then.',
    differs: ['headers'],
  },
  'http2-over-tls': {
    level: 'error',
    message: (_: NoArgs) =>
      'the backend is spoken to in HTTP/2 inside TLS, which the load balancer does for rules on HTTPS listeners alone; this rule is served over HTTP, so backends get HTTP/1.1',
    help: () => 'Give the host a certificate and redirect HTTP to HTTPS, and convert again; or check that the backend takes HTTP/1.1 too.',
    differs: ['status'],
  },
  'header-variables': {
    level: 'warning',
    message: (a: { direction: string; headers: string }) =>
      `${a.direction} headers whose value the load balancer fills in are gone (${a.headers}): this one sets none, and a filter for them would keep the controller from building the whole Gateway`,
    help: () =>
      'X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Port are there; TLS version and cipher with the attribute routing.http.x_amzn_tls_version_and_cipher_suite.enabled. The place of a client comes with CloudFront (CloudFront-Viewer-Country).',
    differs: ['headers'],
  },
  capacity: {
    level: 'note',
    message: (_: NoArgs) =>
      'how much an endpoint takes before others are preferred cannot be said: the load balancer goes by its algorithm',
    help: () =>
      'For endpoints that are busy: load_balancing.algorithm.type least_outstanding_requests in targetGroupAttributes of the TargetGroupConfiguration.',
  },
  'ssl-policy': {
    level: 'warning',
    message: (a: { policy: string }) =>
      `the SSL policy ${a.policy} of Google Cloud was not written: what it admits is not in the input, and the controller's default counts`,
    help: (a) =>
      `gcloud compute ssl-policies describe ${a.policy} shows its lowest version: for 1.2 set sslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06 in listenerConfigurations of the LoadBalancerConfiguration (aws elbv2 describe-ssl-policies has them all).`,
    security: true,
  },
  'static-address': {
    level: 'warning',
    message: (a: { name: string; scope: string }) =>
      `the reserved ${a.scope} address ${a.name} stays with Google Cloud: an application load balancer has a name, and addresses that change`,
    help: () =>
      'Point DNS records at its name (CNAME, or an alias in Route 53). Clients that need fixed addresses reach it through Global Accelerator (aws globalaccelerator create-accelerator) or a network load balancer with Elastic IPs in front.',
    differs: ['unreachable'],
  },
  certificates: {
    level: 'note',
    message: (_: NoArgs) => 'what becomes of the certificate is said with the host',
  },
  'spare-certificates': {
    level: 'warning',
    message: (a: { secrets: string }) =>
      `certificates that no host is listed with (${a.secrets}) are shown to whoever asks for a name in them; the load balancer has those of ACM alone`,
    help: () => 'Import them into ACM (aws acm import-certificate) and add their ARNs to certificates in the LoadBalancerConfiguration.',
  },
  'draining-range': {
    level: 'note',
    message: (a: { seconds: number }) =>
      `connections may go on for 3600 s when a target leaves, not for ${a.seconds} s: that is the most there is`,
  },
});
