import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, goBool, goInt } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, valueFindings, withoutPartner } from './annotation.ts';
import { beside } from './beside.ts';
import { entriesOf, idle, type Part, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { matching, option } from './value-codecs.ts';

const find = defineFindings('nginx/load-balance', {
  beaten: {
    level: 'note',
    message: (a: { annotation: string; stronger: string }) => `${a.annotation} has no effect beside ${a.stronger}`,
  },
});

const hashKey = matching('nginx variables', /^[-A-Za-z0-9_${}]*$/, 'which has characters other than letters, digits and - _ $ { }');

/** Cookie affinity beats hashing, hashing beats the algorithm. All of it belongs to the upstream. */
export const loadBalance = defineRule({
  id: 'nginx/load-balance',
  title: 'Choice of the endpoint',
  docs: manual('custom-nginx-load-balancing'),
  scope: 'upstream',
  becomes: 'hashing, loadBalancing',
  reads: {
    algorithm: at(`${PREFIX}load-balance`, option('round_robin', 'ewma', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent')),
    key: at(`${PREFIX}upstream-hash-by`, hashKey),
    subset: at(`${PREFIX}upstream-hash-by-subset`, goBool),
    size: at(`${PREFIX}upstream-hash-by-subset-size`, goInt),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const refused = refusal(read.algorithm, read.key, read.subset, read.size);
    if (refused !== null) return { refused };
    const { algorithm, key } = read;
    const all = Object.values(read).flatMap(entryOf);
    const beaten = (entries: readonly Entry[], stronger: string) =>
      entries.flatMap((entry) => inert([entry], find.beaten({ annotation: entry.name, stronger }, placeOf(entry))));
    if (beside(ingress, 'affinity')?.trim() === 'cookie') return { settled: beaten(all, 'affinity: cookie') };

    if (key.state === 'valid') {
      const subset = part(read.subset, false);
      const size: Part<number> = subset.value ? part(read.size, 3) : idle(read.size, 3, 'upstream-hash-by-subset: "true"');
      return {
        settled: [...settledOf(subset, size), ...beaten(entryOf(algorithm), 'upstream-hash-by')],
        intents: [
          {
            kind: 'hashing',
            key: key.value,
            // 0 counts as 3.
            subsetSize: subset.value ? size.value || 3 : null,
            entries: [key.entry, ...entriesOf(subset, size)],
          },
        ],
      };
    }
    const lonely = [read.subset, read.size].flatMap((each) => withoutPartner(each, 'upstream-hash-by'));
    if (algorithm.state !== 'valid') return { settled: lonely };
    const intents: Intent[] = [];
    switch (algorithm.value) {
      case 'round_robin':
      case 'ewma': {
        if (algorithm.value === 'round_robin') return { settled: [...lonely, ...settledOf(part(algorithm, algorithm.value))] };
        intents.push({
          kind: 'loadBalancing',
          algorithm: algorithm.value === 'ewma' ? 'ewma' : 'round-robin',
          entries: [algorithm.entry],
        });
        return { intents, settled: lonely };
      }
      case 'chash':
      case 'chashsubset':
        return { settled: [...lonely, ...withoutPartner(algorithm, 'upstream-hash-by')] };
      case 'sticky_balanced':
      case 'sticky_persistent':
        return { settled: [...lonely, ...withoutPartner(algorithm, 'affinity: cookie')] };
      default:
        return algorithm.value satisfies never;
    }
  },
});
