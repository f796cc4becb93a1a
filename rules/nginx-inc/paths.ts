import { defineFindings } from '../../src/ledger/finding.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';

export const pathFindings = defineFindings('nginx-inc/path', {
  'never-matches': {
    level: 'warning',
    message: (a: { path: string; mode: string }) =>
      `${a.path} of type Exact together with path-regex ${a.mode} becomes a location that no request matches, as its text then begins with "= "`,
    help: () => 'Nothing was written for it. Use another path type, or leave path-regex out, if it was meant to be served.',
  },
  duplicate: {
    level: 'error',
    message: (a: { path: string }) =>
      `${a.path} makes the same nginx location a second time: nginx refuses that, and the controller stays on an older configuration`,
    help: () => 'Nothing was written for this one. Remove one of the two paths, and see whether what is served today changes.',
    differs: ['wrong-backend', 'wrong-path', 'redirect', 'protection', 'unreachable', 'status', 'headers'],
  },
});

/** How the paths of the Ingress become locations: prefixes of the text by default, else patterns from the start, or the whole. */
export const pathRegex = defineBehaviour({
  id: 'nginx-inc/path-regex',
  title: 'Paths as regular expressions',
  docs: manual('request-uriheader-manipulation'),
  scope: 'ingress',
  becomes: 'path matches of the routing table',
  reads: { mode: at(`${ORG}path-regex`, oneOf('case_sensitive', 'case_insensitive', 'exact')) },
  findings: pathFindings,
});
