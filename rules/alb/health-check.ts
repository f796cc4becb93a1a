import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { goInt, oneOf, text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf } from './annotation.ts';
import { protocolOf } from './backend-protocol.ts';
import { type Books, settle } from './books.ts';
import { type Found, settingRule } from './setting.ts';
import { entriesOf, settingOf, type TargetGroup } from './target-group.ts';
import { targetType } from './target-type.ts';

const find = defineFindings('alb/health-check', {
  port: {
    level: 'warning',
    message: (a: { port: string; service: string }) =>
      `targets are probed on the port "${a.port}" of Service ${a.service}, whose number is not known from the input`,
    help: () => 'Write the number: the targetPort for target type ip, the nodePort for instance.',
  },
});

export const healthCheck = settingRule({
  id: 'alb/health-check',
  title: 'Health checks',
  docs: manual('health-check'),
  scope: 'upstream',
  becomes: 'awsHealthCheck',
  reads: {
    port: at(`${PREFIX}healthcheck-port`, text),
    protocol: at(`${PREFIX}healthcheck-protocol`, oneOf('HTTP', 'HTTPS')),
    path: at(`${PREFIX}healthcheck-path`, text),
    interval: at(`${PREFIX}healthcheck-interval-seconds`, goInt),
    timeout: at(`${PREFIX}healthcheck-timeout-seconds`, goInt),
    healthy: at(`${PREFIX}healthy-threshold-count`, goInt),
    unhealthy: at(`${PREFIX}unhealthy-threshold-count`, goInt),
    codes: at(`${PREFIX}success-codes`, text),
  },
  findings: find,
});

/** Probed with the protocol of the backend unless said otherwise (the manual says HTTP). gRPC has a path and codes of its own. */
export function healthCheckIntent(group: TargetGroup, books: Books): AwsIntent {
  const { reads } = healthCheck;
  const value = <T>(found: Found<T> | null, fallback: T) => found?.value ?? fallback;
  const { protocol, version } = protocolOf(group);
  const isGrpc = version === 'GRPC';
  const port = settingOf(reads.port, group);
  const own = {
    protocol: settingOf(reads.protocol, group),
    path: settingOf(reads.path, group),
    interval: settingOf(reads.interval, group),
    timeout: settingOf(reads.timeout, group),
    healthy: settingOf(reads.healthy, group),
    unhealthy: settingOf(reads.unhealthy, group),
    codes: settingOf(reads.codes, group),
  };
  return {
    kind: 'awsHealthCheck',
    backend: group.backend,
    check: {
      port: port === null ? 'traffic-port' : probedPort(port, group, books),
      protocol: value(own.protocol, protocol),
      path: value(own.path, isGrpc ? '/AWS.ALB/healthcheck' : '/'),
      intervalSeconds: value(own.interval, 15),
      timeoutSeconds: value(own.timeout, 5),
      healthyThreshold: value(own.healthy, 2),
      unhealthyThreshold: value(own.unhealthy, 2),
      codes: value(own.codes, isGrpc ? '12' : '200'),
      codesAre: isGrpc ? 'grpc' : 'http',
    },
    entries: entriesOf(port, ...Object.values(own)),
  };
}

/** A name is looked up in the Service: its targetPort for pods; for nodes a nodePort, which manifests rarely fix. */
function probedPort(port: Found<string>, group: TargetGroup, books: Books): string {
  if (port.value === 'traffic-port' || goInt.parse(port.value).ok) return port.value;
  const named = group.service?.ports.find(({ name }) => name === port.value);
  if (settingOf(targetType.reads.type, group)?.value === 'ip' && typeof named?.targetPort === 'number') return String(named.targetPort);
  const service = `${group.backend.namespace}/${group.backend.service}`;
  for (const entry of port.entries) settle(books, [entry], 'manual', find.port({ port: port.value, service }, placeOf(entry)));
  return port.value;
}
