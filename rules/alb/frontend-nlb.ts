import type { AwsHealthCheck, AwsKeyValue } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { commaList, goBool, goInt, oneOf, text } from '../../src/rule/codec.ts';
import { type AnnotationRead, at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { intBetween, keyValues } from './codecs.ts';
import type { Group, Listener } from './group.ts';
import { exclusive, merged } from './group-value.ts';
import { found, readFrom, settingRule } from './setting.ts';

const ENABLE = `${PREFIX}enable-frontend-nlb`;
const named = (name: string) => `${PREFIX}frontend-nlb-${name}`;

const find = defineFindings('alb/frontend-nlb', {
  mapping: {
    level: 'error',
    message: (a: { pair: string }) => `the port mapping "${a.pair}" names no port of the load balancer: the controller stops there`,
    help: () => 'Write nlbPort=albPort with a port of listen-ports; this pair was left out.',
  },
});

/** A network load balancer in front, whose listeners hand TCP on to the ALB. */
export const frontendNlb = settingRule({
  id: 'alb/frontend-nlb',
  title: 'Network load balancer in front',
  docs: manual('enable-frontend-nlb'),
  scope: 'ingress',
  becomes: 'awsFrontendNlb',
  reads: {
    enabled: at(ENABLE, goBool),
    scheme: at(named('scheme'), oneOf('internal', 'internet-facing')),
    subnets: at(named('subnets'), commaList),
    securityGroups: at(named('security-groups'), commaList),
    ports: at(named('listener-port-mapping'), keyValues),
    eips: at(named('eip-allocations'), commaList),
    checkPort: at(named('healthcheck-port'), text),
    checkProtocol: at(named('healthcheck-protocol'), oneOf('HTTP', 'HTTPS')),
    checkPath: at(named('healthcheck-path'), text),
    checkInterval: at(named('healthcheck-interval-seconds'), goInt),
    checkTimeout: at(named('healthcheck-timeout-seconds'), goInt),
    checkHealthy: at(named('healthcheck-healthy-threshold-count'), goInt),
    checkUnhealthy: at(named('healthcheck-unhealthy-threshold-count'), goInt),
    checkCodes: at(named('healthcheck-success-codes'), text),
    attributes: at(named('attributes'), keyValues),
    tags: at(named('tags'), keyValues),
  },
  findings: find,
});

export function frontendNlbIntents({ members, listeners }: Group, books: Books): readonly AwsIntent[] {
  const { reads } = frontendNlb;
  const entries: Entry[] = [];
  const value = <T>(read: AnnotationRead<T>): T | null => {
    const setting = read.annotation.slice(PREFIX.length);
    const own = exclusive(setting, members, ({ annotations }) => found(readFrom(read, annotations)), books);
    entries.push(...(own?.entries ?? []));
    return own?.value ?? null;
  };
  const enabled = value(reads.enabled);
  const parts = {
    scheme: value(reads.scheme),
    subnets: value(reads.subnets) ?? [],
    securityGroups: value(reads.securityGroups) ?? [],
    eipAllocations: value(reads.eips) ?? [],
    attributes: value(reads.attributes) ?? [],
    tags: value(reads.tags),
  };
  // The code probes twice before it changes its mind, the manual says three times.
  const healthCheck: AwsHealthCheck = {
    port: value(reads.checkPort) ?? 'traffic-port',
    protocol: value(reads.checkProtocol) ?? 'HTTP',
    path: value(reads.checkPath) ?? '/',
    intervalSeconds: value(reads.checkInterval) ?? 15,
    timeoutSeconds: value(reads.checkTimeout) ?? 5,
    healthyThreshold: value(reads.checkHealthy) ?? 2,
    unhealthyThreshold: value(reads.checkUnhealthy) ?? 2,
    codes: value(reads.checkCodes) ?? '200',
    codesAre: 'http',
  };
  const mapping = merged(
    'frontend-nlb-listener-port-mapping',
    members,
    ({ annotations }) => ({ ofClass: null, ofIngress: found(readFrom(reads.ports, annotations)) }),
    books,
  );
  entries.push(...(mapping?.entries ?? []));
  if (enabled !== true) {
    for (const entry of entries) {
      const args = { setting: entry.name, partner: `${ENABLE}: "true"` };
      settle(books, [entry], 'inert', valueFindings['without-partner'](args, placeOf(entry)));
    }
    return [];
  }
  const ports = mapping === null ? listeners.map(samePort) : mappedPorts(mapping.value, listeners, mapping.entries, books);
  return [{ kind: 'awsFrontendNlb', ...parts, healthCheck, ports, entries }];
}

interface Mapped {
  readonly nlbPort: number;
  readonly albPort: number;
  readonly albProtocol: 'HTTP' | 'HTTPS';
}

function samePort({ port, protocol }: Listener): Mapped {
  return { nlbPort: port, albPort: port, albProtocol: protocol };
}

/** When given, ports of the ALB that it does not name get no listener. */
function mappedPorts(
  pairs: readonly AwsKeyValue[],
  listeners: readonly Listener[],
  entries: readonly Entry[],
  books: Books,
): readonly Mapped[] {
  const port = intBetween(1, 65_535);
  return pairs
    .flatMap(({ key, value }): readonly Mapped[] => {
      const [nlb, alb] = [port.parse(key), port.parse(value)];
      const listener = alb.ok ? listeners.find((each) => each.port === alb.value) : undefined;
      if (nlb.ok && listener !== undefined) return [{ nlbPort: nlb.value, albPort: listener.port, albProtocol: listener.protocol }];
      for (const entry of entries) settle(books, [entry], 'manual', find.mapping({ pair: `${key}=${value}` }, placeOf(entry)));
      return [];
    })
    .sort((a, b) => a.nlbPort - b.nlbPort);
}
