import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProtection } from '../../../src/intent/protection.ts';
import { awsAlb } from '../../../src/targets/aws-alb/aws-alb.ts';
import { anyIntent } from '../standard/intents.ts';
import { contextOf, entry, withEntries } from '../standard/lowering.ts';

/** Filters and fields that keep the controller from building the Gateway, or that it ignores. */
const REFUSED = [
  'requestHeaders',
  'responseHeaders',
  'cors',
  'externalAuth',
  'mirrors',
  'timeouts',
  'retry',
  'sessionPersistence',
  'frontendTls',
  'backendTls',
];

describe('every intent', () => {
  it('is answered with what the controller takes, and with a finding at its setting unless nothing changes', () => {
    void fc.assert(
      fc.property(anyIntent(), fc.boolean(), (statement, overHttps) => {
        const ports = overHttps ? [{ scheme: 'https', port: 443 } as const] : [{ scheme: 'http', port: 80 } as const];
        const lowering = awsAlb.lower(withEntries(statement), contextOf(statement, { ports }));
        if (lowering.as === 'written') expect(Object.keys(lowering.parts).filter((part) => REFUSED.includes(part))).toEqual([]);
        if (lowering.outcome === 'converted') return;
        const { finding } = lowering;
        expect(finding.code).toMatch(/^aws-alb\/[a-z-]+\/[a-z0-9-]+$/);
        expect(finding.at).toEqual(entry.at);
        expect(finding.message).not.toMatch(/undefined|NaN/);
        if (lowering.outcome === 'unmapped' || lowering.outcome === 'manual') {
          const isHarmless = finding.level === 'note' && !finding.security;
          expect(isHarmless || finding.help !== '', finding.code).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it('that protects is written whole or told as lost', () => {
    void fc.assert(
      fc.property(anyIntent(), (statement) => {
        const intent = withEntries(statement);
        const lowering = awsAlb.lower(intent, contextOf(statement, { ports: [{ scheme: 'https', port: 443 }] }));
        if (!isProtection(intent) || lowering.as !== 'absent' || lowering.outcome === 'inert') return;
        expect(lowering.finding).toMatchObject({ security: true, level: 'error' });
        expect(lowering.finding.differs).toContain('protection');
      }),
      { numRuns: 2000, seed: 6 },
    );
  });
});
