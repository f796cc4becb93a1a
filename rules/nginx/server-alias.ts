import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal } from './annotation.ts';
import { serverNames } from './codecs.ts';

/** Further names of every host that the Ingress serves. Only the first Ingress of a host that has any counts. */
export interface AliasSetting {
  /** In nginx's syntax, each once, in the order written. */
  readonly names: readonly string[];
  readonly entries: readonly Entry[];
}

export const aliasFindings = defineFindings('nginx/server-alias', {
  'no-hostname-form': {
    level: 'warning',
    message: (a: { alias: string }) => `the alias ${a.alias} is a pattern, which no hostname of Gateway API can be`,
    help: () => 'List the names it stands for one by one.',
    differs: ['unreachable', 'status', 'wrong-backend'],
  },
  'host-exists': {
    level: 'note',
    message: (a: { alias: string; host: string }) =>
      `${a.alias} is served in its own right, so the controller does not take it for an alias of ${a.host}`,
  },
  'alias-taken': {
    level: 'warning',
    message: (a: { alias: string; host: string; other: string }) =>
      `${a.alias} is an alias of ${a.other} as well, and nginx keeps only that one`,
    help: (a) => `Nothing was written for it under ${a.host}.`,
  },
  'not-first': {
    level: 'warning',
    message: (a: { host: string; winner: string }) => `${a.host} has its aliases from ${a.winner}; those of later Ingresses are ignored`,
    help: () => 'Nothing was written for them.',
  },
});

export const serverAlias = defineRule({
  id: 'nginx/server-alias',
  title: 'Further names of a host',
  docs: manual('server-alias'),
  scope: 'host',
  becomes: 'further hosts of the routing table with the same rules',
  reads: { names: at(`${PREFIX}server-alias`, serverNames) },
  findings: aliasFindings,
  convert({ read: { names } }) {
    const refused = refusal(names);
    if (refused !== null) return { refused };
    if (names.state !== 'valid') return {};
    const setting: AliasSetting = { names: names.value, entries: [names.entry] };
    return { setting, routed: [names.entry] };
  },
});
