import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { PREFIX, refusal, valueFindings, withoutPartner } from './annotation.ts';
import { beside } from './beside.ts';
import { endAs, placeOf } from './settlement.ts';
import { basicText, matching } from './value-codecs.ts';

const find = defineFindings('nginx/fastcgi', {
  'no-counterpart': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation}: no gateway speaks FastCGI`,
    help: () => 'Put a web server that speaks HTTP in front of the backend, in the same pod, and move these settings there.',
    differs: ['unreachable', 'status'],
  },
});

const index = matching('file name', /^[A-Za-z0-9._-]+$/, 'which has characters other than letters, digits and . - _');

export const fastcgi = defineRule({
  id: 'nginx/fastcgi',
  title: 'FastCGI parameters',
  docs: 'https://kubernetes.github.io/ingress-nginx/user-guide/fcgi-services/',
  scope: 'location',
  becomes: 'a finding',
  reads: { index: at(`${PREFIX}fastcgi-index`, index), params: at(`${PREFIX}fastcgi-params-configmap`, basicText) },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const refused = refusal(read.index, read.params);
    if (refused !== null) return { refused };
    const reads = [read.index, read.params];
    if (beside(ingress, 'backend-protocol')?.trim().toUpperCase() !== 'FCGI')
      return { settled: reads.flatMap((each) => withoutPartner(each, 'backend-protocol: FCGI')) };
    const entries = reads.flatMap(entryOf);
    return {
      settled: entries.flatMap((entry) => endAs('unmapped', [entry], find['no-counterpart']({ annotation: entry.name }, placeOf(entry)))),
    };
  },
});
