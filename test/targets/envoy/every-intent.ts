import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import { checkConstraints } from '../../../src/gateway/constraints/check-constraints.ts';
import type { Intent } from '../../../src/intent/intent.ts';
import { isProtection } from '../../../src/intent/protection.ts';
import { DEFAULT_OPTIONS } from '../../../src/options.ts';
import type { Target } from '../../../src/targets/contract.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { anyIntent } from '../standard/intents.ts';
import type { Statement } from '../standard/lowering.ts';
import { checksOverTls, plannedIntent } from './planned-intent.ts';

const RUNS = { numRuns: 250, seed: 7 };

/** What holds for any value of any intent, for a target with policies of its own. */
export function everyIntentIsAnswered(target: Target): void {
  intentsGoTogether(target);
  describe(`every intent for ${target.name}`, () => {
    it('becomes objects that the API server takes (CRDs: skipped without ../shared/crds)', () => {
      const { release } = DEFAULT_OPTIONS;
      const crds = CRDS_PRESENT ? publishedCrds(release, target.name) : null;
      const pair = fc.tuple(anyIntent(), fc.array(anyIntent(), { maxLength: 2 }));
      void fc.assert(
        fc.property(pair, ([statement, beside]) => {
          const { objects } = plannedIntent(target, statement, { beside });
          for (const object of objects) {
            expect(checkConstraints(object, release)).toEqual([]);
            const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
            if (result?.kind === 'checked') expect(result.violations, `${object.kind} of ${JSON.stringify(statement)}`).toEqual([]);
          }
        }),
        RUNS,
      );
    });

    it('ends in a finding with its place and the next step, unless nothing changes', () => {
      void fc.assert(
        fc.property(anyIntent(), (statement) => {
          const { lowering } = plannedIntent(target, statement);
          if (lowering.outcome === 'converted') return;
          const { finding } = lowering;
          expect(finding.code).toMatch(new RegExp(`^(?:${target.name}|standard)/[a-z-]+/[a-z0-9-]+$`));
          expect(finding.at).not.toBeNull();
          expect(finding.message).not.toMatch(/undefined|NaN|\[object/);
          if (finding.code.startsWith('standard/')) expect(finding.message).not.toContain('the portable Gateway API has no');
          if (lowering.outcome === 'unmapped' || lowering.outcome === 'manual') expect(finding.help).not.toBe('');
        }),
        RUNS,
      );
    });

    it('that protects is either found in the objects or told as lost', () => {
      void fc.assert(
        fc.property(anyIntent(), (statement) => {
          if (!isProtection({ ...statement, entries: [] } as Intent)) return;
          const { lowering, objects } = plannedIntent(target, statement);
          if (lowering.as === 'written') expect(checksOverTls(target, objects)).toContain(statement.kind);
          else if (lowering.outcome !== 'inert') {
            expect(lowering.finding).toMatchObject({ security: true, level: 'error' });
            expect(lowering.finding.differs).toContain('protection');
            expect(checksOverTls(target, objects)).toEqual([]);
          }
        }),
        RUNS,
      );
    });
  });
}

/** What holds for intents beside others, which share objects with them. */
export function intentsGoTogether(target: Target): void {
  describe(`an intent for ${target.name}`, () => {
    it('about the choice of endpoints goes with any other', () => {
      const { release } = DEFAULT_OPTIONS;
      const crds = CRDS_PRESENT ? publishedCrds(release, target.name) : null;
      const kinds: readonly string[] = ['sessionAffinity', 'loadBalancing', 'hashing', 'healthCheck', 'serviceUpstream', 'tlsPolicy'];
      const some = fc.array(
        anyIntent().filter(({ kind }) => kinds.includes(kind)),
        { minLength: 2, maxLength: 4 },
      );
      void fc.assert(
        fc.property(some, ([first, ...beside]) => {
          if (first === undefined || crds === null) return;
          for (const object of plannedIntent(target, first, { beside }).objects) {
            const result = checkObject(crds, JSON.parse(JSON.stringify(object)));
            if (result.kind === 'checked') expect(result.violations).toEqual([]);
          }
        }),
        { numRuns: 150, seed: 7 },
      );
    });

    it('that protects is found beside any other', () => {
      const guards: readonly Statement[] = [
        { kind: 'allowList', ranges: ['10.0.0.0/8'] },
        { kind: 'denyList', ranges: ['10.1.0.0/16'] },
        { kind: 'basicAuth', secret: { namespace: 'shop', name: 'pw' }, form: 'htpasswd-file', scheme: 'basic', realm: '' },
      ];
      void fc.assert(
        fc.property(fc.subarray([...guards], { minLength: 1 }), anyIntent(), (chosen, other) => {
          const [first, ...beside] = chosen;
          if (first === undefined) return;
          const { made, objects } = plannedIntent(target, first, { beside: [...beside, other] });
          if (made.settled.some(({ finding }) => finding?.code === 'plan/withheld')) return;
          const checks = checksOverTls(target, objects);
          if (checks.length === 0) expect(served(objects)).toBe(false);
          else for (const { kind } of chosen) expect(checks).toContain(kind);
        }),
        RUNS,
      );
    });
  });
}

function served(objects: ReturnType<typeof plannedIntent>['objects']): boolean {
  return objects.some((object) => object.kind === 'HTTPRoute' && JSON.stringify(object).includes('"backendRefs"'));
}
