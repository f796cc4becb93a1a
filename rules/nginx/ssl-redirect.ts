import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import { goBool, type Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, replaced, warningsOf } from './annotation.ts';

/** The router decides by host whether a redirect takes place: a certificate has to be registered for it. */
export interface HttpsSetting {
  readonly sslRedirect: Read<boolean>;
  readonly force: Read<boolean>;
  readonly preserveSlash: Read<boolean>;
}

export const httpsFindings = defineFindings('nginx/ssl-redirect', {
  'no-certificate': {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} has no effect here: none of the hosts has a certificate registered, so nothing would be redirected to HTTPS`,
  },
  'answered-before': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect here: the redirect of the Ingress itself comes first`,
  },
  forced: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect beside force-ssl-redirect`,
  },
  'not-forced': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} "false" is what the controller does anyway`,
  },
  unused: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect here: no path of the Ingress is redirected to HTTPS`,
  },
  'trailing-slash': {
    level: 'note',
    message: (_: NoArgs) => 'the controller drops one trailing slash from the URL in its redirects to HTTPS; a Gateway keeps it',
    differs: ['redirect'],
  },
  'terminated-before': {
    level: 'warning',
    message: (_: NoArgs) =>
      'force-ssl-redirect without a certificate is mostly used where a load balancer in front terminates TLS: there an unconditional redirect on port 80 never ends',
    help: () =>
      'If that is so, serve the routes on the HTTP listener and redirect only requests with X-Forwarded-Proto: http, or let the load balancer redirect.',
    differs: ['redirect'],
  },
});

export const sslRedirect = defineRule({
  id: 'nginx/ssl-redirect',
  title: 'Redirect to HTTPS',
  docs: manual('server-side-https-enforcement-through-redirect'),
  scope: 'location',
  becomes: 'httpsRedirect of rules of the routing table',
  reads: {
    sslRedirect: at(`${PREFIX}ssl-redirect`, goBool),
    force: at(`${PREFIX}force-ssl-redirect`, goBool),
    preserveSlash: at(`${PREFIX}preserve-trailing-slash`, goBool),
  },
  findings: httpsFindings,
  always: true,
  convert({ read }) {
    const settled: Settlement[] = [
      ...replaced(read.sslRedirect, 'true'),
      ...replaced(read.force, 'false'),
      ...replaced(read.preserveSlash, 'false'),
    ];
    const routed = [read.sslRedirect, read.force, read.preserveSlash].flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    const setting: HttpsSetting = read;
    return { setting, routed, settled, findings: warningsOf(settled) };
  },
});
