import { defineFindings } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { pathProblem } from './codecs.ts';

const path: Codec<string> = {
  name: 'path',
  parse(value) {
    const problem = value.endsWith('/')
      ? 'which ends with /'
      : (pathProblem(value) ??
        (/^\/[A-Za-z0-9\-_.!*'():@&=+,/?%]*$/.test(value) ? null : 'which has characters that no such path may have'));
    return problem === null ? { ok: true, value } : { ok: false, reason: problem };
  },
};

/** `if ($uri = /) { return 302 … }` in the server block: before any location, and before authentication. */
export const appRoot = defineBehaviour({
  id: 'nginx-inc/app-root',
  title: 'Redirect from / to the application',
  docs: manual('request-uriheader-manipulation'),
  scope: 'host',
  becomes: 'redirect rule of the routing table',
  reads: { path: at(`${ORG}app-root`, path) },
  findings: defineFindings('nginx-inc/app-root', {}),
});
