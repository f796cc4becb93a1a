import { describe, expect, it } from 'vitest';
import { respond } from '../../src/targets/envoy-gateway/respond.ts';
import { targetNamed } from '../../src/targets/index.ts';
import { lowerAlone } from './envoy/planned-intent.ts';

const set = (...values: readonly string[]) => values.map((value, index) => ({ name: `X-${index}`, value }));
const lowered = (target: string, ...values: readonly string[]) =>
  lowerAlone(targetNamed(target), { kind: 'responseHeaders', set: set(...values), add: [], remove: [] });

describe('values of headers that would cost a whole rule', () => {
  it.each([
    ['nginx-gateway-fabric', 'a "quoted" word'],
    ['nginx-gateway-fabric', 'back\\slash'],
    ['nginx-gateway-fabric', '5$'],
    ['envoy-gateway', '100%'],
    ['envoy-gateway', 'two  blanks'],
    ['envoy-gateway', 'größer'],
    ['kgateway', '%20'],
    ['istio', '%20'],
    ['cilium', '%20'],
  ])('are left out for %s: %s', (target, value) => {
    const both = lowered(target, value, 'plain');
    expect(both).toMatchObject({
      outcome: 'approximated',
      finding: { code: `${target}/headers/not-taken`, differs: ['headers'] },
      parts: { responseHeaders: { set: [{ name: 'X-1', value: 'plain' }] } },
    });
    expect(lowered(target, value)).toMatchObject({ as: 'absent', outcome: 'unmapped' });
  });

  it.each([
    ['nginx-gateway-fabric', '100%'],
    ['istio', 'a "quoted"  word'],
    ['traefik', '"100%" of 5$'],
  ])('are written where they cost nothing: %s %s', (target, value) => {
    expect(lowered(target, value)).toMatchObject({ outcome: 'converted', parts: { responseHeaders: { set: [{ value }] } } });
  });
});

describe('the body of a fixed answer', () => {
  it('has its percent signs twice for Envoy Gateway', () => {
    const parts = respond({ status: 503, contentType: null, body: '100% busy' });
    expect(JSON.stringify(parts?.policies)).toContain('"inline":"100%% busy"');
  });
});
