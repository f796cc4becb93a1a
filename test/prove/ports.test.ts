import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import type { Gateway, OutputObject, TCPRoute } from '../../src/gateway/types.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { differencesOfPorts, type PortAnswer } from '../../src/prove/compare-ports.ts';
import { toJsonVerification } from '../../src/prove/json.ts';
import { verificationText } from '../../src/prove/text.ts';
import { verify } from '../../src/prove/verify.ts';
import { estateOf } from '../read/estate-of.ts';

const service = (name: string, port: number, spec: object = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'data' },
    spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port }], ...spec },
  });

const RANGES = { loadBalancerSourceRanges: ['10.0.0.0/8', '192.0.2.0/24'] };

const made = (documents: readonly string[], options: Partial<ConvertOptions> = {}) => {
  const conversion = convert(estateOf(documents.join('\n---\n')), { ...DEFAULT_OPTIONS, loadBalancerServices: true, ...options });
  return { conversion, objects: conversion.plan.objects.map(({ object }) => object) };
};

const found = ({ conversion, objects }: ReturnType<typeof made>) => {
  const { ports } = verify(conversion, objects);
  return ports?.discrepancies.map(({ protocol, port, differences, explained }) => [
    `${protocol} ${port}`,
    differences,
    explained?.code ?? null,
  ]);
};

const changed = (objects: readonly OutputObject[], kind: string, change: (object: OutputObject) => OutputObject | null) =>
  objects.flatMap((object) => (object.kind === kind ? (change(object) ?? []) : [object]));

describe('ports below HTTP', () => {
  it('are compared where there are any', () => {
    const { conversion, objects } = made([service('db', 5432), service('dns', 53, { ports: [{ port: 53, protocol: 'UDP' }] })]);
    expect(verify(conversion, objects).ports).toMatchObject({ compared: 2, same: 2, guarded: 0, discrepancies: [] });
    expect(verify(made([]).conversion, []).ports).toBeUndefined();
  });

  it.each(['envoy-gateway', 'istio'])('keep their lists of addresses on %s', (target) => {
    const { conversion, objects } = made([service('db', 5432, RANGES)], { target, release: { version: '1.6', channel: 'experimental' } });
    expect(objects.map(({ kind }) => kind)).toContain('TCPRoute');
    expect(verify(conversion, objects).ports).toMatchObject({ compared: 1, same: 1, guarded: 1 });
    const bare = objects.filter(({ kind }) => kind !== 'SecurityPolicy' && kind !== 'AuthorizationPolicy');
    expect(bare).toHaveLength(objects.length - 1);
    expect(found({ conversion, objects: bare })).toEqual([['TCP 5432', ['protection'], null]]);
  });

  it('say so where a list is lost, whatever was announced', () => {
    const opened = made([service('db', 5432, RANGES)], { onSecurityLoss: 'emit' });
    expect(found(opened)).toEqual([['TCP 5432', ['protection'], null]]);
    const { conversion, objects } = opened;
    expect(verificationText(verify(conversion, objects), false)).toContain('1 port is open to addresses that it was closed to');
  });

  it('are announced where nothing is written', () => {
    expect(found(made([service('db', 5432, RANGES)]))).toEqual([['TCP 5432', ['unreachable'], 'plan/load-balancer-sources']]);
    expect(found(made([service('a', 5432), service('b', 5432)]))).toEqual([
      ['TCP 5432', ['unreachable'], 'plan/load-balancer-port'],
      ['TCP 5432', ['unreachable'], 'plan/load-balancer-port'],
    ]);
  });

  it('find what people changed', () => {
    const { conversion, objects } = made([service('db', 5432)]);
    const rerouted = changed(objects, 'TCPRoute', (object) => {
      const route = object as TCPRoute;
      return { ...route, spec: { ...route.spec, rules: [{ backendRefs: [{ name: 'other', port: 5432 }] }] } };
    });
    expect(found({ conversion, objects: rerouted })).toEqual([['TCP 5432', ['wrong-backend'], null]]);
    expect(found({ conversion, objects: changed(objects, 'TCPRoute', () => null) })).toEqual([['TCP 5432', ['unreachable'], null]]);
    // A port has one protocol but for TLS and what is in it.
    const clashing = changed(objects, 'Gateway', (object) => {
      const gateway = object as Gateway;
      return {
        ...gateway,
        spec: { ...gateway.spec, listeners: [...gateway.spec.listeners, { name: 'web', port: 5432, protocol: 'HTTP' }] },
      };
    });
    expect(found({ conversion, objects: clashing })).toEqual([['TCP 5432', ['unreachable'], null]]);
  });

  it('find a Service that was left out on purpose and that somebody put on the Gateway', () => {
    const internal = JSON.stringify({
      ...JSON.parse(service('ledger', 9000)),
      metadata: { name: 'ledger', namespace: 'data', annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
    });
    const both = made([service('db', 5432), internal]);
    expect(found(both)).toEqual([]);
    const { objects } = made([service('db', 5432), service('ledger', 9000)]);
    expect(found({ conversion: both.conversion, objects })).toEqual([['TCP 9000', ['wider'], null]]);
  });

  it('stand in the JSON', () => {
    const { conversion, objects } = made([service('db', 5432, RANGES)]);
    expect(toJsonVerification(verify(conversion, objects)).ports).toMatchObject({
      compared: 1,
      same: 0,
      guarded: 1,
      differences: [
        {
          protocol: 'TCP',
          port: 5432,
          classes: ['unreachable'],
          before: { text: 'data/db:5432 behind allowList (10.0.0.0/8, 192.0.2.0/24)' },
          after: { text: 'no listener' },
          announcedBy: { code: 'plan/load-balancer-sources' },
        },
      ],
    });
  });
});

describe('differences of ports', () => {
  const answer = (ranges: readonly string[] | null, ...names: readonly string[]): PortAnswer => ({
    backends: names.map((name) => ({ name, weight: 1 })),
    ranges,
  });

  it.each([
    [answer(null, 'a'), answer(null, 'a'), []],
    [answer(['10.0.0.0/8'], 'a'), answer(['10.0.0.0/9', '10.128.0.0/9'], 'a'), []],
    [answer(['10.0.0.0/8'], 'a'), answer(['10.0.0.0/7'], 'a'), ['protection']],
    [answer(['10.0.0.0/8'], 'a'), answer(['10.1.0.0/16'], 'a'), ['narrower']],
    [answer(['10.0.0.0/8'], 'a'), answer(null, 'b'), ['protection', 'wrong-backend']],
    [answer(['10.0.0.0/8'], 'a'), answer(['everybody'], 'a'), ['protection', 'narrower']],
    [answer(null, 'a'), answer(null, 'a', 'b'), ['wrong-backend']],
    [answer(null), answer(null, 'a'), ['wider']],
    [answer(null, 'a'), answer(null), ['unreachable']],
  ])('%j → %j', (before, after, differences) => {
    expect(differencesOfPorts(before, after)).toEqual(differences);
  });
});
