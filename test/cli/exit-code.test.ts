import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exit-code.ts';
import { FAIL_ON } from '../../src/cli/options.ts';
import { OUTCOMES } from '../../src/ledger/outcome.ts';
import { atOrAbove, problemsOf } from '../../src/ledger/problem.ts';
import { entry, finding, ingressRef, input } from '../report/report-input.ts';

const web = ingressRef('web');

interface Found {
  readonly outcomes: readonly (typeof OUTCOMES)[number][];
  readonly withheld: boolean;
  readonly rejected: boolean;
}

const CLEAN: Found = { outcomes: [], withheld: false, rejected: false };

const founds: fc.Arbitrary<Found> = fc.record({
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 4 }),
  withheld: fc.boolean(),
  rejected: fc.boolean(),
});

function problems({ outcomes, withheld, rejected }: Found) {
  const entries = outcomes.map((outcome, index) =>
    entry(web, `k${index}`, outcome, { finding: outcome === 'converted' ? null : finding(`a/b/k${index}`) }),
  );
  const routes = withheld ? [{ ingress: web, host: 'a', path: '/', reason: finding('plan/withheld', { level: 'error' }) }] : [];
  return problemsOf(input({ ingresses: [web], entries }).ledger, routes, rejected ? [finding('check/crd', { level: 'error' })] : []);
}

const codeOf = (found: Found, failOn: (typeof FAIL_ON)[number], broken = { bug: false, unreadable: false }) =>
  exitCode({ ...broken, report: { ...input({}), failing: atOrAbove(problems(found), failOn) } });

describe('the exit code', () => {
  it('grows with --fail-on: each level includes those before it', () => {
    fc.assert(
      fc.property(founds, (found) => {
        const codes = FAIL_ON.map((level) => codeOf(found, level));
        expect(codes).toEqual([...codes].sort());
        expect(codes[0]).toBe(0);
      }),
      { seed: 10 },
    );
  });

  it('is 70 for a bug, else 3 for unreadable input, whatever was found', () => {
    fc.assert(
      fc.property(founds, fc.boolean(), fc.boolean(), fc.constantFrom(...FAIL_ON), (found, bug, unreadable, level) => {
        const code = codeOf(found, level, { bug, unreadable });
        if (bug) expect(code).toBe(70);
        else if (unreadable) expect(code).toBe(3);
        else expect([0, 1]).toContain(code);
      }),
      { seed: 11 },
    );
  });

  it('counts unknown settings as unmapped, and rejected objects as withheld', () => {
    const codes = (found: Found) => FAIL_ON.map((level) => codeOf(found, level));
    expect(codes({ ...CLEAN, outcomes: ['unknown'] })).toEqual(codes({ ...CLEAN, outcomes: ['unmapped'] }));
    expect(codes({ ...CLEAN, rejected: true })).toEqual(codes({ ...CLEAN, withheld: true }));
    expect(codes({ ...CLEAN, rejected: true })).toEqual([0, 1, 1, 1, 1]);
    expect(codes({ ...CLEAN, outcomes: ['waived', 'inert', 'converted'] })).toEqual([0, 0, 0, 0, 0]);
  });
});
