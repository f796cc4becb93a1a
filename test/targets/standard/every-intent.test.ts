import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/gateway/constraints/check-constraints.ts';
import { FIELD_NAMES, hasField } from '../../../src/gateway/fields.ts';
import { CHANNELS, GATEWAY_API_VERSIONS, type Release } from '../../../src/gateway/release.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import { TARGET_NAMES, targetNamed, targets } from '../../../src/targets/index.ts';
import { anyIntent, INTENTS } from './intents.ts';
import { entry, ingress, lower, partsOf, routeWith, withEntries } from './lowering.ts';

const release = fc.record({
  version: fc.constantFrom(...GATEWAY_API_VERSIONS),
  channel: fc.constantFrom(...CHANNELS),
}) as fc.Arbitrary<Release>;

describe('every intent', () => {
  it('is answered with parts that the API server takes', () => {
    void fc.assert(
      fc.property(anyIntent(), release, (statement, installed) => {
        const lowering = lower(statement, { release: installed });
        const parts = partsOf(lowering);
        const objects = [routeWith(parts), ...(parts.backendTls ?? [])];
        expect(objects.flatMap((object) => checkConstraints(object, installed))).toEqual([]);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('ends in a finding that stands at its setting, unless nothing changes', () => {
    void fc.assert(
      fc.property(anyIntent(), release, (statement, installed) => {
        const lowering = lower(statement, { release: installed });
        if (lowering.outcome === 'converted') return;
        const { finding } = lowering;
        expect(finding.code).toMatch(/^standard\/[a-z-]+\/[a-z0-9-]+$/);
        expect(finding.at).toEqual(entry.at);
        expect(finding.ingress).toBe(ingress);
        expect(finding.message).not.toMatch(/undefined|NaN/);
        if (lowering.outcome === 'unmapped' || lowering.outcome === 'manual') expect(finding.help).not.toBe('');
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('that protects is never half written: what is lost is a security finding and names the loss', () => {
    void fc.assert(
      fc.property(anyIntent(), release, (statement, installed) => {
        if (!isProtection(withEntries(statement))) return;
        const lowering = lower(statement, { release: installed });
        expect(lowering.as).toBe('absent');
        if (lowering.as !== 'absent' || lowering.outcome === 'inert') return;
        expect(lowering.finding).toMatchObject({ security: true, level: 'error' });
        expect(lowering.finding.differs).toContain('protection');
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('has no experimental field where the channel lacks it', () => {
    void fc.assert(
      fc.property(anyIntent(), (statement) => {
        const installed: Release = { version: '1.4', channel: 'standard' };
        const parts = partsOf(lower(statement, { release: installed }));
        expect([parts.retry, parts.sessionPersistence, parts.externalAuth, parts.cors, parts.frontendTls]).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
          undefined,
        ]);
      }),
      { numRuns: 1000, seed: 5 },
    );
    expect(FIELD_NAMES.filter((field) => hasField({ version: '1.4', channel: 'standard' }, field))).toEqual([]);
  });

  it('has an arbitrary value in these tests', () => {
    expect(Object.keys(INTENTS).length).toBeGreaterThan(40);
  });
});

describe('targets', () => {
  it('are found by name', () => {
    expect(TARGET_NAMES).toContain('standard');
    for (const target of targets) expect(targetNamed(target.name)).toBe(target);
    expect(() => targetNamed('nobody')).toThrow(RangeError);
  });

  it('do not share names', () => {
    expect(new Set(TARGET_NAMES).size).toBe(TARGET_NAMES.length);
  });
});
