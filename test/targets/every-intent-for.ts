import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../src/gateway/constraints/check-constraints.ts';
import { isProtection } from '../../src/intent/protection.ts';
import { targetNamed } from '../../src/targets/index.ts';
import { anyIntent } from './standard/intents.ts';
import { EXPERIMENTAL, entry, ingress, lower, partsOf, routeWith, withEntries } from './standard/lowering.ts';

/** What holds of every answer of a target, whatever it is asked. */
export function answersEveryIntent(name: string): void {
  const target = targetNamed(name);
  const release = fc.constantFrom({ version: '1.6', channel: 'standard' } as const, EXPERIMENTAL);

  describe(`every intent for ${name}`, () => {
    it('is answered with parts that the API server takes', () => {
      void fc.assert(
        fc.property(anyIntent(), release, (statement, installed) => {
          const parts = partsOf(lower(statement, { release: installed, target }));
          const objects = [routeWith(parts), ...(parts.backendTls ?? [])];
          expect(objects.flatMap((object) => checkConstraints(object, installed))).toEqual([]);
        }),
        { numRuns: 1000, seed: 5 },
      );
    });

    it('ends in a finding of the target that stands at its setting, unless nothing changes', () => {
      void fc.assert(
        fc.property(anyIntent(), release, (statement, installed) => {
          const lowering = lower(statement, { release: installed, target });
          if (lowering.outcome === 'converted') return;
          const { finding } = lowering;
          expect(finding.code).toMatch(new RegExp(`^(${name}|standard)/[a-z-]+/[a-z0-9-]+$`));
          expect(finding.at).toEqual(entry.at);
          expect(finding.ingress).toBe(ingress);
          expect(finding.message).not.toMatch(/undefined|NaN|portable Gateway API/);
          if (lowering.outcome === 'unmapped' || lowering.outcome === 'manual') expect(finding.help).not.toBe('');
        }),
        { numRuns: 1000, seed: 5 },
      );
    });

    it('that protects is written with something behind it, or lost as a security finding', () => {
      void fc.assert(
        fc.property(anyIntent(), release, (statement, installed) => {
          if (!isProtection(withEntries(statement))) return;
          const lowering = lower(statement, { release: installed, target });
          if (lowering.as === 'written') {
            expect(Object.keys(lowering.parts)).not.toEqual([]);
            return;
          }
          if (lowering.outcome === 'inert') return;
          expect(lowering.finding).toMatchObject({ security: true, level: 'error' });
          expect(lowering.finding.differs).toContain('protection');
        }),
        { numRuns: 1000, seed: 5 },
      );
    });
  });
}
