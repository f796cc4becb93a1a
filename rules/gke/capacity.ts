import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Service } from '../../src/model/objects.ts';
import { type Codec, entryOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { type BackendPart, type BackendUse, together } from './backend-config/rule.ts';
import { jsonObject, memberOf } from './json-object.ts';
import { misplaced } from './misplaced.ts';
import { readAnnotation } from './service-annotation.ts';
import { inert, placeOf } from './settlement.ts';

const RATE = 'networking.gke.io/max-rate-per-endpoint';
const SCALER = 'networking.gke.io/capacity-scaler';
const CHECKER = 'networking.gke.io/transparent-health-checker';

const find = defineFindings('gke/capacity', {
  invalid: {
    level: 'note',
    message: (a: { annotation: string; reason: string }) => `${a.annotation} is ${a.reason}, so it has no effect`,
  },
  'checker-off': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} switches nothing on`,
  },
});

/** Go's strconv.ParseFloat as far as these values go. */
function numberBetween(from: number, to: number): Codec<number> {
  return {
    name: 'number',
    parse(value) {
      const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
      return number >= from && number <= to ? { ok: true, value: number } : { ok: false, reason: `no number from ${from} to ${to}` };
    },
  };
}

export const capacity = defineRule({
  id: 'gke/capacity',
  title: 'Capacity of a backend',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/concepts/traffic-management#service_capacity',
  scope: 'upstream',
  becomes: 'gke capacity',
  reads: { rate: at(RATE, text), scaler: at(SCALER, text) },
  findings: find,
  convert: ({ read }) => misplaced('Service', [read.rate, read.scaler]),
});

export const transparentHealthChecker = defineRule({
  id: 'gke/transparent-health-checker',
  title: 'Health checks answered by the node',
  docs: 'https://github.com/kubernetes/ingress-gce',
  scope: 'upstream',
  becomes: 'gke transparentHealthChecker',
  reads: { checker: at(CHECKER, text) },
  findings: find,
  convert: ({ read }) => misplaced('Service', [read.checker]),
});

export function capacityPart(service: Service, use: BackendUse): BackendPart {
  const rate = readAnnotation(service, RATE, numberBetween(0, Number.MAX_SAFE_INTEGER));
  const scaler = readAnnotation(service, SCALER, numberBetween(0, 1));
  const checker = readAnnotation(service, CHECKER, jsonObject);
  const invalid = [rate, scaler, checker].flatMap((read) =>
    read.state === 'invalid'
      ? inert([read.entry], find.invalid({ annotation: read.entry.name, reason: read.reason }, placeOf(read.entry, use.ingress)))
      : [],
  );
  const entries = [rate, scaler].flatMap((read) => (read.state === 'valid' ? entryOf(read) : []));
  const percent = scaler.state === 'valid' ? Math.round(scaler.value * 100) : null;
  const limits: readonly Intent[] =
    entries.length === 0
      ? []
      : [{ kind: 'gke', feature: 'capacity', maxRatePerEndpoint: valueOr(rate, null), scalerPercent: percent, entries }];
  const isOn = checker.state === 'valid' && memberOf(checker.value, 'enabled') === true;
  const off =
    checker.state === 'valid' && !isOn
      ? inert([checker.entry], find['checker-off']({ annotation: CHECKER }, placeOf(checker.entry, use.ingress)))
      : [];
  const checked: readonly Intent[] = isOn ? [{ kind: 'gke', feature: 'transparentHealthChecker', entries: entryOf(checker) }] : [];
  return together([{ settled: [...invalid, ...off], intents: [...limits, ...checked] }]);
}
