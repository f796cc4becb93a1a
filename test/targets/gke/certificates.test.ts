import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/gateway/constraints/check-constraints.ts';
import type { Gateway } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import { verify } from '../../../src/prove/verify.ts';
import { ingress } from '../../cli/session.ts';

const withTls = (name: string) =>
  ingress(name).replace('  rules:', `  tls: [{hosts: [${name}.example.com], secretName: ${name}}]\n  rules:`);

describe('more certificates than one listener holds', () => {
  it('make several Gateways, each host on one of them', () => {
    const names = Array.from({ length: 70 }, (_, index) => `web-${index}`);
    const conversion = convertManifests([{ file: 'in.yaml', text: names.map(withTls).join('---\n') }], { target: 'gke' });
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(objects.flatMap((object) => checkConstraints(object, conversion.options.release))).toEqual([]);
    const gateways = objects.filter((object): object is Gateway => object.kind === 'Gateway');
    expect(gateways.map(({ spec }) => spec.listeners.flatMap(({ tls }) => tls?.certificateRefs ?? []).length)).toEqual([64, 6]);
    expect(conversion.plan.findings.map(({ code }) => code)).toContain('plan/certificates-split');
    const { discrepancies } = verify(conversion, objects);
    expect(discrepancies.filter(({ explained }) => explained === null).map(({ request }) => request)).toEqual([]);
  });
});
