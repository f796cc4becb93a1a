import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, replaced, warningsOf } from './annotation.ts';
import { pathWithGroups } from './codecs.ts';
import { endAs, inert, placeOf } from './settlement.ts';

/** `/` itself is answered with a redirect to `path`, on the whole host and before anything else. */
export interface AppRootSetting {
  readonly path: string;
  readonly entries: readonly Entry[];
}

const find = defineFindings('nginx/app-root', {
  'not-a-path': {
    level: 'warning',
    message: (a: { value: string }) => `app-root "${a.value}" is no path from the root, so the controller ignores it`,
    help: () => 'Nothing was written for it. Begin it with a slash if it was meant.',
  },
  variable: {
    level: 'warning',
    message: (a: { value: string }) =>
      `app-root "${a.value}" is put together from variables of nginx, which no redirect of Gateway API can do`,
    help: () => 'Write the path out, or let the backend redirect / itself.',
    differs: ['redirect', 'wrong-backend', 'status'],
  },
});

export const appRoot = defineRule({
  id: 'nginx/app-root',
  title: 'Redirect from / to the application',
  docs: manual('rewrite'),
  scope: 'host',
  becomes: 'redirect rule for exactly / in the routing table',
  reads: { path: at(`${PREFIX}app-root`, pathWithGroups) },
  findings: find,
  convert({ read: { path } }) {
    if (path.state === 'absent') return {};
    if (path.state === 'invalid') {
      const settled = replaced(path, 'absent');
      return { settled, findings: warningsOf(settled) };
    }
    const { entry, value } = path;
    if (!value.startsWith('/')) {
      const finding = find['not-a-path']({ value }, placeOf(entry));
      return { settled: inert([entry], finding), findings: [finding] };
    }
    if (value.includes('$')) return { settled: endAs('unmapped', [entry], find.variable({ value }, placeOf(entry))) };
    const setting: AppRootSetting = { path: value, entries: [entry] };
    return { setting, routed: [entry] };
  },
});
