import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conversion, convert } from '../../src/convert.ts';
import { FEATURE_NAMES, lackingFeatures, type SupportedFeatures } from '../../src/gateway/features.ts';
import type { Estate } from '../../src/model/estate.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { verify } from '../../src/prove/verify.ts';
import { readEstate } from '../../src/read/estate.ts';
import { TARGET_NAMES, targets } from '../../src/targets/index.ts';
import { corpusFolders } from '../corpus/estates.ts';
import { estates } from '../fuzz/estates.ts';
import { FIXTURES, materials } from '../fuzz/materials.ts';
import { featuresUsed } from './features-used.ts';
import { REPORTS } from './published-reports.ts';

const CORE = ['Gateway', 'HTTPRoute', 'ReferenceGrant'];
const EXPERIMENTAL = { version: '1.6', channel: 'experimental' } as const;

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const coreOf = (profile: string) => [...CORE.filter((name) => name !== 'HTTPRoute'), `${profile.replace('GATEWAY-', '')}Route`];

const published = REPORTS.map((report) => {
  const features: SupportedFeatures = {
    source: `the conformance report of ${report.project} ${report.version}`,
    supported: [...words(report.profiles).flatMap(coreOf), ...words(report.supported)],
    unsupported: words(report.unsupported),
    gatewayApi: report.gatewayApi,
    project: report.project,
  };
  return [report.file, features, targets.find(({ name, project = name }) => project === report.project)?.name ?? 'standard'] as const;
});

const onlyCore: SupportedFeatures = { source: 'GatewayClass bare', supported: CORE, unsupported: [], gatewayApi: null };

/** What breaks the promises, each as one line; empty: nothing. */
function broken({ ledger, plan, ...conversion }: Conversion, features: SupportedFeatures): readonly string[] {
  const objects = plan.objects.map(({ object }) => object);
  const lacking: ReadonlySet<string> = lackingFeatures(features, conversion.options.release);
  const silent = verify({ ledger, plan, ...conversion }, objects).discrepancies.filter(
    ({ explained, differences }) => explained === null || differences.includes('protection'),
  );
  const told = ledger.findings.map(({ code }) => code);
  return [
    ...[...featuresUsed(objects)]
      .filter((name) => lacking.has(name) && !(name === 'GatewayPort8080' && told.includes('target/feature/port')))
      .map((name) => `uses ${name}`),
    ...ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled').map(({ entry }) => `unsettled ${entry.key}`),
    ...silent.map(({ differences, request }) => `${differences.join('+')} ${JSON.stringify(request)}`),
  ];
}

const convertFor = (estate: Estate, features: SupportedFeatures, more: Partial<ConvertOptions>) =>
  convert(estate, { ...DEFAULT_OPTIONS, release: EXPERIMENTAL, loadBalancerServices: true, ...more, features });

const folders = corpusFolders();

describe.skipIf(folders.length === 0)('the corpus with what reports say is supported (skipped where ../shared/corpus is absent)', () => {
  // Each report has its part of the folders: together they have all.
  const over = (features: SupportedFeatures, more: Partial<ConvertOptions>, part: (index: number) => boolean) =>
    folders.flatMap(([name, files], index) =>
      part(index)
        ? broken(convertFor(readEstate(files, { defaultNamespace: 'default' }), features, more), features).map((line) => `${name}: ${line}`)
        : [],
    );

  it.each(published.map(([file, features, target], number) => [file, number, features, target] as const))(
    '%s',
    (_, number, features, target) => {
      expect(over(features, { target }, (index) => index % published.length === number)).toEqual([]);
    },
  );

  it.each(TARGET_NAMES.map((target, number) => [target, number] as const))('the core alone, for %s', (target, number) => {
    expect(over(onlyCore, { target }, (index) => index % TARGET_NAMES.length === number)).toEqual([]);
  });
});

describe('any estate', () => {
  const anyEstate = estates(materials([FIXTURES]));
  const optional = FEATURE_NAMES.filter((name) => name !== 'HTTPRoute');
  const use = fc.record({
    target: fc.constantFrom(...TARGET_NAMES),
    listeners: fc.constantFrom('gateway', 'listenerset'),
    release: fc.record({ version: fc.constantFrom('1.4', '1.5', '1.6'), channel: fc.constantFrom('standard', 'experimental') }),
  });

  it('with any features on any target uses no other, and loses nothing in silence', () => {
    fc.assert(
      fc.property(anyEstate, use, fc.subarray(optional), (files, more, supported) => {
        const features = { ...onlyCore, supported: [...CORE, ...supported] };
        const estate = readEstate(files, { defaultNamespace: 'default' });
        expect(broken(convertFor(estate, features, more), features)).toEqual([]);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('without HTTPRoute gets none', () => {
    fc.assert(
      fc.property(anyEstate, fc.constantFrom(...TARGET_NAMES), (files, target) => {
        const features = { ...onlyCore, supported: ['Gateway', 'TCPRoute', 'TLSRoute'] };
        const conversion = convertFor(readEstate(files, { defaultNamespace: 'default' }), features, { target });
        expect(conversion.plan.objects.filter(({ object }) => object.kind === 'HTTPRoute')).toEqual([]);
        expect(broken(conversion, features)).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
