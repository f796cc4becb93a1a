import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { addressRanges } from './address-ranges.ts';
import { manual, PREFIX } from './annotation.ts';
import { failsClosed, referenceFindings } from './references.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/source-range', {
  'lesser-alias': {
    level: 'note',
    message: (a: { annotation: string; stronger: string }) => `${a.annotation} is not looked at beside ${a.stronger}`,
  },
  'admits-everybody': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} admits every address, so it keeps nobody out`,
  },
  'admits-all-ipv4': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} admits every IPv4 address and refuses IPv6 clients; they are admitted now`,
    help: () => 'Matters only where the gateway has an IPv6 address. List networks instead if somebody is to be kept out.',
    security: true,
    differs: ['wider'],
  },
});

/** The deny list is asked first; who passes it and is not on an existing allow list is refused with 403. */
export const sourceRange = defineRule({
  id: 'nginx/source-range',
  title: 'Lists of allowed and denied client addresses',
  docs: manual('whitelist-source-range'),
  scope: 'location',
  becomes: 'allowList, denyList',
  reads: {
    allow: at(`${PREFIX}allowlist-source-range`, addressRanges),
    alias: at(`${PREFIX}whitelist-source-range`, addressRanges),
    deny: at(`${PREFIX}denylist-source-range`, addressRanges),
  },
  findings: { ...find, ...referenceFindings },
  convert({ read }) {
    const usesAlias = read.allow.state === 'absent';
    const lesser = usesAlias || read.alias.state === 'absent' ? [] : [read.alias.entry];
    const lists = [listOf(read.deny, 'denyList'), listOf(usesAlias ? read.alias : read.allow, 'allowList')];
    return {
      intents: lists.flatMap(({ intents }) => intents),
      findings: lists.flatMap(({ findings }) => findings),
      settled: [
        ...lists.flatMap(({ settled }) => settled),
        ...lesser.flatMap((entry) =>
          inert([entry], find['lesser-alias']({ annotation: entry.name, stronger: 'allowlist-source-range' }, placeOf(entry))),
        ),
      ],
    };
  },
});

interface List {
  readonly intents: readonly Intent[];
  readonly findings: readonly Finding[];
  readonly settled: readonly Settlement[];
}

const NO_LIST: List = { intents: [], findings: [], settled: [] };

function listOf(read: Read<readonly string[]>, kind: 'allowList' | 'denyList'): List {
  if (read.state === 'absent') return NO_LIST;
  const { entry } = read;
  if (read.state === 'invalid') {
    const closed = failsClosed(503, entry, `is "${entry.value}", ${read.reason}`, [entry]);
    return { ...NO_LIST, intents: [closed.intent], findings: [closed.finding] };
  }
  const args = { annotation: entry.name };
  if (kind === 'allowList' && read.value.includes('0.0.0.0/0')) {
    if (read.value.includes('::/0')) return { ...NO_LIST, settled: inert([entry], find['admits-everybody'](args, placeOf(entry))) };
    return { ...NO_LIST, settled: endAs('approximated', [entry], find['admits-all-ipv4'](args, placeOf(entry))) };
  }
  return { ...NO_LIST, intents: [{ kind, ranges: read.value, entries: [entry] }] };
}
