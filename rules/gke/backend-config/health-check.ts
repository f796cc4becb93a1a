import { defineFindings } from '../../../src/ledger/finding.ts';
import { entryOf, type Read, valueOr } from '../../../src/rule/codec.ts';
import { choiceField, entriesUnder, type FieldCodec, intField, readField } from '../object-fields.ts';
import { placeOf } from '../settlement.ts';
import { type BackendConfigRule, DOCS, describe, refused, together } from './rule.ts';

const find = defineFindings('gke/health-check', {
  'timeout-above-interval': {
    level: 'error',
    message: (a: { object: string; timeout: number; interval: number }) =>
      `${a.object} gives a health check ${a.timeout} s to answer and repeats it every ${a.interval} s: the API refuses that, and GKE changes nothing of an Ingress that uses it`,
    help: () => 'Make timeoutSec at most checkIntervalSec, and convert again.',
  },
});

const absolutePath: FieldCodec<string> = {
  parse: (value) =>
    typeof value === 'string' && value.startsWith('/') ? { ok: true, value } : { ok: false, reason: 'no path that starts with /' },
};

/**
 * Each field that is set overrides what a readiness probe says, which overrides the controller's defaults.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress#health_checks
 */
export const healthCheck: BackendConfigRule = {
  id: 'gke/health-check',
  title: 'Health check',
  docs: DOCS,
  fields: [
    'spec.healthCheck.checkIntervalSec',
    'spec.healthCheck.timeoutSec',
    'spec.healthCheck.healthyThreshold',
    'spec.healthCheck.unhealthyThreshold',
    'spec.healthCheck.type',
    'spec.healthCheck.port',
    'spec.healthCheck.requestPath',
  ],
  findings: find,
  convert(config, use) {
    const field = <T>(name: string, codec: FieldCodec<T>) => readField(config, ['spec', 'healthCheck', name], codec);
    const type = field('type', choiceField('HTTP', 'HTTPS', 'HTTP2'));
    const interval = field('checkIntervalSec', intField(1, 300));
    const timeout = field('timeoutSec', intField(1, 300));
    const healthy = field('healthyThreshold', intField(1, 10));
    const unhealthy = field('unhealthyThreshold', intField(1, 10));
    const port = field('port', intField(1, 65_535));
    const path = field('requestPath', absolutePath);
    const reads: readonly Read<unknown>[] = [type, interval, timeout, healthy, unhealthy, port, path];
    const bad = reads.map((read) => (read.state === 'invalid' ? refused(read, config, use) : {}));
    const entries = reads.filter((read) => read.state === 'valid').flatMap(entryOf);
    const [first] = entries;
    if (first === undefined) return together(bad);
    const inOrder = entriesUnder(config, ['spec', 'healthCheck']).filter((entry) => entries.includes(entry));
    const late =
      timeout.state === 'valid' && interval.state === 'valid' && timeout.value > interval.value
        ? [
            find['timeout-above-interval'](
              { object: describe(config), timeout: timeout.value, interval: interval.value },
              placeOf(timeout.entry, use.ingress),
            ),
          ]
        : [];
    return together([
      ...bad,
      {
        mistakes: late,
        intents: [
          {
            kind: 'gke',
            feature: 'healthCheck',
            type: valueOr(type, null),
            checkIntervalSec: valueOr(interval, null),
            timeoutSec: valueOr(timeout, null),
            healthyThreshold: valueOr(healthy, null),
            unhealthyThreshold: valueOr(unhealthy, null),
            port: valueOr(port, null),
            requestPath: valueOr(path, null),
            entries: inOrder,
          },
        ],
      },
    ]);
  },
};
