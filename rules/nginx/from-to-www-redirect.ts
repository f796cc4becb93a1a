import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, refusal } from './annotation.ts';

export const wwwFindings = defineFindings('nginx/from-to-www-redirect', {
  'twin-exists': {
    level: 'note',
    message: (a: { host: string; twin: string }) =>
      `an Ingress serves ${a.twin} itself, so the controller does not redirect it to ${a.host}`,
  },
  'no-twin': {
    level: 'note',
    message: (a: { host: string }) => `${a.host} has no www twin to redirect`,
  },
  'no-certificate': {
    level: 'note',
    message: (a: { host: string; twin: string }) =>
      `${a.twin} is listed in no tls section along with ${a.host}, so over HTTPS it answers with the controller's default certificate`,
    help: (a) =>
      `Clients of https://${a.twin} see a certificate warning before the redirect. Add the name to the certificate and to spec.tls.`,
  },
});

export const fromToWwwRedirect = defineRule({
  id: 'nginx/from-to-www-redirect',
  title: 'Redirect from the www twin of a host, or to it',
  docs: manual('redirect-fromto-www'),
  scope: 'host',
  becomes: 'a host of the routing table that redirects everything',
  reads: { enabled: at(`${PREFIX}from-to-www-redirect`, goBool) },
  findings: wwwFindings,
  convert({ read: { enabled } }) {
    const refused = refusal(enabled);
    if (refused !== null) return { refused };
    if (enabled.state !== 'valid') return {};
    if (!enabled.value) return { settled: asDefault(enabled) };
    const entries: readonly Entry[] = entryOf(enabled);
    return { setting: entries, routed: entries };
  },
});
