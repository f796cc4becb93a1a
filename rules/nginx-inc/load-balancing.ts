import type { Intent } from '../../src/intent/intent.ts';
import { type Codec, goBool } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, ORG, valueFindings } from './annotation.ts';
import { defineEffective } from './behaviour.ts';
import { part } from './part.ts';

/** `random two least_conn` is the default; `least_time` is Plus's. */
const METHODS: ReadonlyMap<string, Extract<Intent, { kind: 'loadBalancing' }>['algorithm'] | 'ip_hash' | 'default'> = new Map([
  ['round_robin', 'round-robin'],
  ['least_conn', 'least-connection'],
  ['ip_hash', 'ip_hash'],
  ['random', 'random'],
  ['random two', 'random'],
  ['random two least_conn', 'default'],
  ['random two least_time=header', 'ewma'],
  ['random two least_time=last_byte', 'ewma'],
  ['least_time header', 'ewma'],
  ['least_time last_byte', 'ewma'],
  ['least_time header inflight', 'ewma'],
  ['least_time last_byte inflight', 'ewma'],
]);

const method: Codec<string> = {
  name: 'load balancing method',
  parse(value) {
    const text = value.trim();
    return METHODS.has(text) || /^hash [^ ]+(?: consistent)?$/.test(text)
      ? { ok: true, value: text }
      : { ok: false, reason: 'no load balancing method of nginx' };
  },
};

export const loadBalancing = defineEffective({
  id: 'nginx-inc/load-balancing',
  title: 'Load balancing',
  docs: manual('backend-services-upstreams'),
  scope: 'upstream',
  becomes: 'loadBalancing, hashing, serviceUpstream',
  placed: 'location',
  reads: {
    method: at(`${ORG}lb-method`, method, 'loadBalancing, hashing'),
    clusterIp: at(`${ORG}use-cluster-ip`, goBool, 'serviceUpstream'),
  },
  findings: { default: valueFindings.default },
  effect(read) {
    const clusterIp = part(read.clusterIp, false);
    const own: readonly Intent[] = clusterIp.value ? [{ kind: 'serviceUpstream', entries: clusterIp.entries }] : [];
    if (read.method.state !== 'valid') return { intents: own, settled: clusterIp.settled };
    const { entry, value } = read.method;
    const algorithm = METHODS.get(value);
    if (algorithm === 'default') return { intents: own, settled: [...clusterIp.settled, ...asDefault(read.method)] };
    const entries = [entry];
    const intent: Intent =
      algorithm === undefined
        ? { kind: 'hashing', key: value.split(' ')[1] ?? '', subsetSize: null, entries }
        : algorithm === 'ip_hash'
          ? { kind: 'hashing', key: '$remote_addr', subsetSize: null, entries }
          : { kind: 'loadBalancing', algorithm, entries };
    return { intents: [...own, intent], settled: clusterIp.settled };
  },
});
