import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import { goBool, oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';

export const httpsFindings = defineFindings('nginx-inc/https', {
  'no-tls': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect: no host of this Ingress is served over TLS`,
  },
  'newer-spelling': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} is not looked at beside nginx.org/ssl-redirect`,
  },
  'explicit-port': {
    level: 'note',
    message: (_: NoArgs) =>
      'the controller writes the port into its redirects to HTTPS (https://host:443/…); a Gateway leaves out 443, which is the same address',
  },
  'no-redirect': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect: nothing is redirected to HTTPS here`,
  },
  'forwarded-proto': {
    level: 'note',
    message: (_: NoArgs) =>
      'requests with X-Forwarded-Proto: http are redirected by a rule of their own for each path; a proxy in front has to set the header, and the Gateway has to leave it as it is',
    help: () =>
      'Check that the implementation trusts the header of the load balancer in front; many overwrite it unless told how many proxies there are.',
  },
});

/** For the whole host: over TLS hosts by the connection, and, where asked for, by what a proxy in front says of the client. */
export const https = defineBehaviour({
  id: 'nginx-inc/https',
  title: 'Redirects to HTTPS',
  docs: manual('auth-and-ssltls'),
  scope: 'host',
  becomes: 'httpsRedirect of rules of the routing table, and rules for X-Forwarded-Proto',
  reads: {
    redirect: at(`${ORG}ssl-redirect`, goBool),
    deprecated: at('ingress.kubernetes.io/ssl-redirect', goBool),
    forwarded: at(`${ORG}redirect-to-https`, goBool),
    code: at(`${ORG}http-redirect-code`, oneOf('301', '302', '307', '308')),
  },
  findings: httpsFindings,
});
