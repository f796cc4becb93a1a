import { commaList, goInt } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { replaced, valueFindings, warningsOf } from '../annotation.ts';
import { configDocs, configKey } from './config-key.ts';

/** How the controller redirects to https, and where it does not. Entries are those that say something else than it does anyway. */
export interface HttpsRedirectConfig {
  readonly status: number;
  /** A path that starts with one of these is not redirected. */
  readonly exempt: readonly string[];
}

export const HTTPS_REDIRECTS: HttpsRedirectConfig = { status: 308, exempt: ['/.well-known/acme-challenge'] };

const CODES: readonly number[] = [301, 302, 307, 308];

export const httpsRedirects = defineRule({
  id: 'nginx/config/https-redirects',
  title: 'Redirects to HTTPS: status and exceptions',
  docs: configDocs('http-redirect-code'),
  scope: 'ingress',
  becomes: 'httpsRedirect of rules of the routing table',
  reads: {
    code: at(configKey('http-redirect-code'), { name: 'redirect status', parse: redirectCode }),
    exempt: at(configKey('no-tls-redirect-locations'), commaList),
  },
  findings: valueFindings,
  always: true,
  convert({ read: { code, exempt } }) {
    const setting: HttpsRedirectConfig = {
      status: code.state === 'valid' ? code.value : HTTPS_REDIRECTS.status,
      exempt: exempt.state === 'valid' ? exempt.value : HTTPS_REDIRECTS.exempt,
    };
    const settled = [
      ...replaced(code, '308'),
      ...[code, exempt].flatMap((each) =>
        each.state === 'valid' ? [{ entry: each.entry, outcome: 'converted' as const, finding: null, wrote: [] }] : [],
      ),
    ];
    return { setting, settled, findings: warningsOf(settled) };
  },
});

function redirectCode(text: string) {
  const parsed = goInt.parse(text);
  if (!parsed.ok || CODES.includes(parsed.value)) return parsed;
  return { ok: false as const, reason: 'none of 301, 302, 307 and 308' };
}
