import fc from 'fast-check';
import { expect, it } from 'vitest';
import { convertManifests, DEFAULT_OPTIONS } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';
import { anyMembers } from './any-members.ts';
import { reference } from './reference.ts';

const options = { ...DEFAULT_OPTIONS, target: 'standard', defaultCertificate: { namespace: 'n1', name: 'tls' } };

it('what is written answers as the load balancer, or a finding says why not', () => {
  void fc.assert(
    fc.property(anyMembers, (members) => {
      const { documents } = reference(members);
      const conversion = convertManifests([{ file: 'in.yaml', text: documents.join('\n---\n') }], options);
      const { discrepancies } = verify(
        conversion,
        conversion.plan.objects.map(({ object }) => object),
      );
      expect(discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
      expect(conversion.ledger.findings.filter(({ code }) => code === 'ledger/unsettled')).toEqual([]);
    }),
    { numRuns: 40, seed: 20261125 },
  );
});
