import { defineFindings } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, warningsOf } from './annotation.ts';
import { pathWithGroups } from './codecs.ts';
import { inert, placeOf } from './settlement.ts';

/** Either makes every location of its hosts a regular expression, those of other Ingresses too. */
export interface RewriteSetting {
  /** Takes the place of the whole path; the router knows on which locations it is active. */
  readonly target: { readonly value: string; readonly entries: readonly Entry[] } | null;
  readonly useRegex: readonly Entry[] | null;
}

const find = defineFindings('nginx/rewrite-target', {
  dropped: {
    level: 'warning',
    message: (a: { value: string }) =>
      `rewrite-target "${a.value}" is not applied by ingress-nginx 1.12 and newer: it has characters other than letters, digits and - . _ ~ / : $`,
    help: () =>
      'Nothing was rewritten in what was written. A controller without annotation validation does apply it: correct the value then.',
    differs: ['wrong-path'],
  },
});

export const rewriteTarget = defineRule({
  id: 'nginx/rewrite-target',
  title: 'Rewritten paths and paths that are regular expressions',
  docs: manual('rewrite'),
  scope: 'host',
  becomes: 'path matches and rewrites of the routing table',
  reads: { target: at(`${PREFIX}rewrite-target`, pathWithGroups), useRegex: at(`${PREFIX}use-regex`, goBool) },
  findings: find,
  always: true,
  convert({ read }) {
    const settled: Settlement[] = [...replaced(read.useRegex, 'false')];
    if (read.useRegex.state === 'valid' && !read.useRegex.value) settled.push(...asDefault(read.useRegex));
    if (read.target.state === 'invalid') {
      const { entry } = read.target;
      settled.push(...inert([entry], find.dropped({ value: entry.value }, placeOf(entry))));
    }
    const target = read.target.state === 'valid' ? { value: read.target.value, entries: [read.target.entry] } : null;
    const useRegex = read.useRegex.state === 'valid' && read.useRegex.value ? entryOf(read.useRegex) : null;
    const setting: RewriteSetting = { target, useRegex };
    return { setting, routed: [...(target?.entries ?? []), ...(useRegex ?? [])], settled, findings: warningsOf(settled) };
  },
});
