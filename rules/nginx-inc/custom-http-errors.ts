import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/custom-http-errors', {
  'no-backend': {
    level: 'note',
    message: (_: NoArgs) =>
      'custom-http-errors has no effect without spec.defaultBackend on the Ingress, or on the master of a minion, to answer in place of the backend',
  },
});

/** `ParseCustomHTTPErrors`: 300 to 599 without 499, and 4xx and 5xx; empty items are passed over. */
const statuses: Codec<readonly number[]> = {
  name: 'status codes',
  parse(value) {
    const codes = new Set<number>();
    for (const item of value.split(',').map((each) => each.trim().toLowerCase())) {
      if (item === '') continue;
      const all = /^([45])xx$/.exec(item)?.[1];
      if (all !== undefined) for (let code = Number(all) * 100; code < Number(all) * 100 + 100; code++) codes.add(code);
      else if (/^[3-5]\d\d$/.test(item) && item !== '499') codes.add(Number(item));
      else return { ok: false, reason: 'no list of status codes from 300 to 599 without 499, 4xx or 5xx' };
    }
    codes.delete(499);
    return codes.size === 0 ? { ok: false, reason: 'no list of status codes' } : { ok: true, value: [...codes].sort((a, b) => a - b) };
  },
};

export const customHttpErrors = defineEffective({
  id: 'nginx-inc/custom-http-errors',
  title: 'Error pages from the default backend',
  docs: manual('general-customization'),
  scope: 'location',
  becomes: 'customErrors',
  placed: 'either',
  reads: { statuses: at(`${ORG}custom-http-errors`, statuses) },
  findings: find,
  effect({ statuses: codes }, { owner }) {
    if (codes.state !== 'valid') return {};
    const fallback = owner.defaultBackend;
    if (fallback?.kind !== 'service') return { settled: inert([codes.entry], find['no-backend']({}, placeOf(codes.entry))) };
    const service = `${owner.ref.namespace}/${fallback.name}`;
    return { intents: [{ kind: 'customErrors', statuses: codes.value, service, entries: [codes.entry] }] };
  },
});
