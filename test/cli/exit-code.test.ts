import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exit-code.ts';
import { FAIL_ON } from '../../src/cli/options.ts';
import { OUTCOMES } from '../../src/ledger/outcome.ts';
import { entry, ingressRef, input } from '../report/report-input.ts';

const web = ingressRef('web');

const runs = fc.record({
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 4 }),
  withheld: fc.nat(1),
  bug: fc.boolean(),
  unreadable: fc.boolean(),
  rejected: fc.boolean(),
});

const runOf = ({ outcomes, withheld, ...rest }: typeof runs extends fc.Arbitrary<infer T> ? T : never) => {
  const report = input({ ingresses: [web], entries: outcomes.map((outcome, index) => entry(web, `k${index}`, outcome)) });
  return { ...rest, report: { ...report, summary: { ...report.summary, withheld } } };
};

describe('the exit code', () => {
  it('grows with --fail-on: each level includes those before it', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const codes = FAIL_ON.map((level) => exitCode(runOf({ ...run, bug: false, unreadable: false }), level));
        expect(codes).toEqual([...codes].sort());
        expect(codes[0]).toBe(0);
      }),
      { seed: 10 },
    );
  });

  it('is 70 for a bug, else 3 for unreadable input, whatever was found', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(...FAIL_ON), (run, level) => {
        const code = exitCode(runOf(run), level);
        if (run.bug) expect(code).toBe(70);
        else if (run.unreadable) expect(code).toBe(3);
        else expect([0, 1]).toContain(code);
      }),
      { seed: 11 },
    );
  });

  it('counts unknown settings as unmapped, and rejected objects as withheld', () => {
    const clean = { outcomes: [], withheld: 0, bug: false, unreadable: false, rejected: false };
    const codes = (run: typeof clean) => FAIL_ON.map((level) => exitCode(runOf(run), level));
    expect(codes({ ...clean, outcomes: ['unknown'] as never })).toEqual(codes({ ...clean, outcomes: ['unmapped'] as never }));
    expect(codes({ ...clean, rejected: true })).toEqual(codes({ ...clean, withheld: 1 }));
    expect(codes({ ...clean, outcomes: ['inert', 'waived', 'converted'] as never })).toEqual([0, 0, 0, 0, 0]);
  });
});
