import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, goBool, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, COM, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { nginxTime, unsigned } from './codecs.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { placeOf } from './settlement.ts';

const find = defineFindings('nginx-inc/health-checks', {
  'needs-partner': {
    level: 'error',
    message: (a: { annotation: string; partner: string }) =>
      `the controller rejects this Ingress: ${a.annotation} needs ${a.partner} to be true`,
    help: () => 'Add the other annotation or remove this one, and convert again.',
    differs: ['unreachable'],
  },
});

/** Endpoints are left out after failures of real requests; with Plus also by probes, which are those of the pods. */
export const healthChecks = defineEffective({
  id: 'nginx-inc/health-checks',
  title: 'Health checks',
  docs: manual('backend-services-upstreams'),
  scope: 'upstream',
  becomes: 'healthCheck',
  placed: 'location',
  reads: {
    maxFails: at(`${ORG}max-fails`, unsigned),
    failTimeout: at(`${ORG}fail-timeout`, nginxTime),
    active: at(`${COM}health-checks`, goBool),
    mandatory: at(`${COM}health-checks-mandatory`, goBool),
    queue: at(`${COM}health-checks-mandatory-queue`, unsigned),
  },
  findings: { ...find, default: valueFindings.default },
  check({ read }) {
    const lacking =
      read.mandatory.state !== 'absent' && !valueOr(read.active, false)
        ? { read: read.mandatory, partner: 'nginx.com/health-checks' }
        : read.queue.state !== 'absent' && !valueOr(read.mandatory, false)
          ? { read: read.queue, partner: 'nginx.com/health-checks-mandatory' }
          : null;
    const [entry] = lacking === null ? [] : entryOf(lacking.read);
    return entry === undefined || lacking === null
      ? null
      : find['needs-partner']({ annotation: entry.name, partner: lacking.partner }, placeOf(entry));
  },
  effect(read) {
    const passive = { maxFails: part(read.maxFails, 1), failTimeoutMs: part(read.failTimeout, 10_000) };
    const active = part(read.active, false);
    const mandatory = { mandatory: part(read.mandatory, false), queue: part(read.queue, 0) };
    const intents: Intent[] = [];
    const lost = entriesOf(...Object.values(passive));
    if (lost.length > 0) {
      const parameters = { kind: 'passive', maxFails: String(passive.maxFails.value), failTimeoutMs: String(passive.failTimeoutMs.value) };
      intents.push({ kind: 'healthCheck', parameters, entries: lost });
    }
    if (active.value) {
      const parameters = { kind: 'active', probe: 'readinessProbe of the pods', mandatory: String(mandatory.mandatory.value) };
      intents.push({ kind: 'healthCheck', parameters, entries: entriesOf(active, mandatory.mandatory, mandatory.queue) });
    }
    const unused = active.value ? [] : [...asDefault(read.mandatory), ...asDefault(read.queue)];
    return {
      intents,
      settled: [
        ...settledOf(...Object.values(passive), active),
        ...(active.value ? settledOf(mandatory.mandatory, mandatory.queue) : unused),
      ],
    };
  },
});
