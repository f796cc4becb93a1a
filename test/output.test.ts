import { describe, expect, it } from 'vitest';
import type { Conversion } from '../src/convert.ts';
import { convertManifests, manifestFiles, manifestStream, reportOf } from '../src/index.ts';
import { outputFindings, outputOf } from '../src/output.ts';
import { reported } from '../src/reported.ts';
import { ingress } from './cli/session.ts';

const sound = convertManifests([{ file: 'web.yaml', text: ingress('web', { 'proxy-body-size': '8m' }) }]);

/** The same with a route that no API server takes. */
function broken(conversion: Conversion): Conversion {
  const objects = conversion.plan.objects.map((planned) =>
    planned.object.kind === 'HTTPRoute'
      ? { ...planned, object: { ...planned.object, spec: { ...planned.object.spec, rules: [] } } as never }
      : planned,
  );
  return { ...conversion, plan: { ...conversion.plan, objects } };
}

describe('outputOf', () => {
  it('passes what the API server takes', () => {
    const output = outputOf(sound);
    expect([output.objects, output.refused, output.ledger]).toEqual([sound.plan.objects, [], sound.ledger]);
  });

  it('holds back what it would refuse, and the ledger says so', () => {
    const { objects, refused, ledger } = outputOf(broken(sound));
    expect(objects.map(({ object }) => object.kind)).toEqual(['Gateway']);
    expect(refused.map(({ object }) => object.kind)).toEqual(['HTTPRoute']);
    const code = outputFindings.constraint.code;
    expect(ledger.findings[0]).toMatchObject({ code, security: true, at: { file: 'web.yaml', line: 1 } });
    expect(ledger.findings[0]?.message).toContain('(from Ingress shop/web)');
    expect(ledger.entries.flatMap(({ wrote }) => wrote).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
    const path = ledger.entries.find(({ entry }) => entry.key.endsWith('.path'));
    expect(path).toMatchObject({ outcome: 'unmapped', finding: { code } });
    expect(ledger.entries).toHaveLength(sound.ledger.entries.length);
  });
});

describe('reported', () => {
  it('counts settings of refused objects as lost', () => {
    const lost = (conversion: Conversion) => reported(conversion, outputOf(conversion), { findings: [], lineOf: () => null }).lost;
    expect(lost(sound)).toBe(0);
    expect(lost(broken(sound))).toBeGreaterThan(3);
  });
});

describe('the library', () => {
  it('gives the manifests as a stream and as files', () => {
    expect(manifestStream(sound).match(/^kind: .*/gm)).toEqual(['kind: Gateway', 'kind: HTTPRoute']);
    expect([...manifestFiles(sound).keys()]).toEqual([
      'gateways/shop/gateway-nginx.yaml',
      'routes/shop/httproute-web-web-example-com.yaml',
    ]);
    expect(manifestStream(broken(sound))).not.toContain('HTTPRoute');
    expect(() => convertManifests([], { target: 'nonesuch' })).toThrow(RangeError);
  });

  it('gives the report of the command line', () => {
    const { summary, entries } = reportOf(sound);
    expect(summary).toMatchObject({ files: 1, ingresses: 1, objects: { Gateway: 1, HTTPRoute: 1 }, withheld: 0 });
    expect(entries.find(({ key }) => key.endsWith('proxy-body-size'))?.outcome).toBe('unmapped');
  });
});
