import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { listener, loadBalancer, parts } from './fragments.ts';
import { policyFor } from './security-policies.ts';

const find = defineFindings('aws-alb', {
  'tls-policy/whole': {
    level: 'note',
    message: (a: { version: string; policy: string; lost: string }) =>
      `TLS ${a.version} and newer became the security policy ${a.policy} for every host of the port${a.lost}; of several the strictest counts`,
    help: () => 'Check its ciphers: aws elbv2 describe-ssl-policies --names POLICY.',
  },
  'tls-policy/ciphers': {
    level: 'warning',
    message: (_: NoArgs) => 'ciphers towards clients cannot be listed: the load balancer has predefined security policies',
    help: () =>
      'Choose one (aws elbv2 describe-ssl-policies) and set sslPolicy in the listenerConfigurations of the LoadBalancerConfiguration; the default is that of the controller.',
  },
  'http-versions/whole': {
    level: 'note',
    message: (_: NoArgs) => 'HTTP/2 was switched off for the whole load balancer',
  },
  'http-versions/no-http3': {
    level: 'note',
    message: (_: NoArgs) => 'the load balancer does not speak HTTP/3: clients fall back to HTTP/2',
    help: () => 'CloudFront in front of it does.',
  },
});

export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const place = placeOf(intent, context);
  const policy = intent.minVersion === null ? null : policyFor(intent.minVersion);
  if (policy === null) return unmapped(find['tls-policy/ciphers']({}, place));
  const ports = context.ports.filter(({ scheme }) => scheme === 'https');
  const lost = intent.ciphers === null ? '' : ', whose ciphers are its own';
  return approximated(
    parts(...ports.map(({ port }) => listener(port, { sslPolicies: { [policy]: true } }))),
    find['tls-policy/whole']({ version: intent.minVersion ?? '', policy, lost }, place),
  );
};

export const httpVersions: Lower<'httpVersions'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.http2 === false)
    return approximated(parts(loadBalancer({ attributes: { 'routing.http2.enabled': 'false' } })), find['http-versions/whole']({}, place));
  return intent.http3 === true ? unmapped(find['http-versions/no-http3']({}, place)) : converted({});
};
