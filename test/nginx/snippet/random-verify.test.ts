import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { ingress } from '../ingress-text.ts';
import { anyHost } from './any-snippet.ts';

describe('whatever the snippets', () => {
  it('every directive ends in one outcome, and what is written differs only where it is said', { timeout: 120_000 }, () => {
    void fc.assert(
      fc.property(anyHost, fc.boolean(), fc.boolean(), ({ paths, server, configuration }, withTls, withRegex) => {
        const annotations = {
          ...(server.length === 0 ? {} : { 'server-snippet': server.join('\n') }),
          ...(configuration.length === 0 ? {} : { 'configuration-snippet': configuration.join('\n') }),
          ...(withRegex ? { 'use-regex': 'true' } : {}),
        };
        const text = ingress('a', { annotations, rules: { 'r.test': paths }, ...(withTls ? { tls: ['s: r.test'] } : {}) });
        const conversion = convertManifests([{ file: 'in.yaml', text }]);
        expect(conversion.ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled')).toEqual([]);
        const { discrepancies } = verify(
          conversion,
          conversion.plan.objects.map(({ object }) => object),
        );
        const unexplained = discrepancies.filter(({ explained }) => explained === null);
        expect(unexplained.map(({ differences, request }) => `${differences} ${JSON.stringify(request)}`)).toEqual([]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
