import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal } from './annotation.ts';
import { pathWithGroups } from './codecs.ts';
import { endAs, placeOf } from './settlement.ts';

/** Sent only from locations where a rewrite is active. */
export interface ForwardedPrefixSetting {
  readonly value: string;
  readonly entries: readonly Entry[];
}

const find = defineFindings('nginx/x-forwarded-prefix', {
  groups: {
    level: 'warning',
    message: (a: { value: string }) => `X-Forwarded-Prefix "${a.value}" takes parts of the path, which a header of Gateway API cannot`,
    help: () => 'Split the path into fixed prefixes, each with a fixed header, or let the backend do without.',
    differs: ['headers'],
  },
});

export const xForwardedPrefix = defineRule({
  id: 'nginx/x-forwarded-prefix',
  title: 'X-Forwarded-Prefix beside a rewrite',
  docs: manual('x-forwarded-prefix-header'),
  scope: 'location',
  becomes: 'requestHeaders',
  reads: { prefix: at(`${PREFIX}x-forwarded-prefix`, pathWithGroups) },
  findings: find,
  convert({ read: { prefix } }) {
    const refused = refusal(prefix);
    if (refused !== null) return { refused };
    if (prefix.state !== 'valid') return {};
    const { value, entry } = prefix;
    if (value.includes('$')) return { settled: endAs('unmapped', [entry], find.groups({ value }, placeOf(entry))) };
    const setting: ForwardedPrefixSetting = { value, entries: [entry] };
    return { setting, routed: [entry] };
  },
});
