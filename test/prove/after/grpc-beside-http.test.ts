import { describe, expect, it } from 'vitest';
import type { GRPCRoute, OutputObject } from '../../../src/gateway/types.ts';
import { gatewayEvaluator } from '../../../src/prove/after/evaluate.ts';
import { worldOf } from '../../../src/prove/after/world.ts';
import { PORTABLE, type Reading } from '../../../src/targets/effects.ts';
import { gateway, http, route, rule } from '../gateway-objects.ts';
import { requestOf } from '../requests.ts';

const web = (name: string, ...hostnames: readonly string[]) => route(name, hostnames, [rule('/', 'web')]);

function calls(name: string, ...hostnames: readonly string[]): GRPCRoute {
  const backendRefs = [{ name: 'calls', port: 80 }];
  const rules = [{ matches: [{ method: { service: 'a.B', method: 'C' } }], backendRefs }];
  const parentRefs = [{ name: 'gw', namespace: 'infra' }];
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name, namespace: 'team' },
    spec: { parentRefs, hostnames, rules },
  };
}

function answersTo(objects: readonly OutputObject[], paths: readonly string[], reading: Reading = {}): readonly string[] {
  const world = worldOf([gateway([http('')]), ...objects], new Map(), { ...PORTABLE, reading });
  const evaluate = world.gateways.map((only) => gatewayEvaluator(world, only))[0];
  return paths.map((path) => {
    const answer = evaluate?.(requestOf(`http://a.test${path}`))[0]?.answer;
    return answer?.kind === 'backends' ? (answer.shares[0]?.backend ?? '') : answer?.kind === 'error' ? String(answer.status) : '';
  });
}

const PATHS = ['/a.B/C', '/other'];
const CALLS = 'team/calls:80';
const WEB = 'team/web:80';

describe('an HTTPRoute and a GRPCRoute of one host', () => {
  it.each([
    ['the first by name', [web('a', 'a.test'), calls('b', 'a.test')], [WEB, WEB]],
    ['the first by name, whatever its kind', [web('b', 'a.test'), calls('a', 'a.test')], [CALLS, '404']],
    ['where a wildcard of one takes hosts of the other', [calls('a', 'a.test'), web('b', '*.test')], [CALLS, '404']],
    ['where one is for any host', [calls('b', 'a.test'), web('a')], [WEB, WEB]],
  ])('one is accepted: %s', (_, objects, expected) => {
    expect(answersTo(objects, PATHS)).toEqual(expected);
    expect(answersTo(objects.toReversed(), PATHS)).toEqual(expected);
  });

  it('the older one where both are of a cluster', () => {
    const dated = <T extends OutputObject>(object: T, creationTimestamp: string): OutputObject => ({
      ...object,
      metadata: { ...object.metadata, creationTimestamp } as T['metadata'],
    });
    const objects = [dated(web('a', 'a.test'), '2026-02-01T00:00:00Z'), dated(calls('b', 'a.test'), '2026-01-01T00:00:00Z')];
    expect(answersTo(objects, PATHS)).toEqual([CALLS, '404']);
  });

  it('both are, of hosts that have nothing in common, and where the implementation joins them', () => {
    expect(answersTo([web('a', 'b.test'), calls('b', 'a.test')], PATHS)).toEqual([CALLS, '404']);
    expect(answersTo([web('a', 'a.test'), calls('b', 'a.test')], PATHS, { besideGrpc: true })).toEqual([CALLS, WEB]);
  });
});
