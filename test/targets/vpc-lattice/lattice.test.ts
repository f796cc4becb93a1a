import { describe, expect, it } from 'vitest';
import { checkObject } from '../../../src/check/crds.ts';
import type { HTTPRoute } from '../../../src/gateway/types.ts';
import { convertManifests } from '../../../src/index.ts';
import type { SourceFile } from '../../../src/model/source.ts';
import { verify } from '../../../src/prove/verify.ts';
import { CRDS_PRESENT, publishedCrds } from '../../check/published-crds.ts';
import { gateshift } from '../../cli/session.ts';
import { corpusFolders } from '../../corpus/estates.ts';
import { alb, nginx } from '../aws-alb/manifests.ts';

const convert = (files: readonly SourceFile[]) => convertManifests(files, { target: 'vpc-lattice' });
const of = (text: string) => convert([{ file: 'in.yaml', text }]);
const routesOf = ({ plan }: ReturnType<typeof of>) =>
  plan.objects.map(({ object }) => object).filter((object): object is HTTPRoute => object.kind === 'HTTPRoute');

const LOST = ['vpc-lattice/protection/lost', 'vpc-lattice/security-groups/names'];

/** What the controller refuses, drops without a word, or cannot give two services. */
function problems(routes: readonly HTTPRoute[]): readonly string[] {
  const hosts = routes.flatMap(({ metadata, spec }) =>
    (spec.hostnames ?? []).map((host) => `${host} of ${spec.parentRefs[0]?.namespace ?? metadata.namespace}/${spec.parentRefs[0]?.name}`),
  );
  const ofRules = routes.flatMap(({ metadata, spec }) =>
    spec.rules.flatMap((rule) => [
      ...((rule.matches ?? []).length > 1 ? [`${metadata.name} has several matches`] : []),
      ...(rule.filters === undefined ? [] : [`${metadata.name} has filters`]),
      ...(rule.matches ?? []).flatMap(({ path, queryParams, headers = [] }) =>
        path?.type === 'RegularExpression' || queryParams !== undefined || headers.length > 5
          ? [`${metadata.name} has a match it refuses`]
          : [],
      ),
    ]),
  );
  return [...ofRules, ...hosts.filter((host) => host.startsWith('*')), ...hosts.filter((host, index) => hosts.indexOf(host) !== index)];
}

describe('VPC Lattice', () => {
  it('takes a canary of two Services from an ALB forward action', () => {
    const action =
      '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"stable","servicePort":80,"weight":90},{"serviceName":"next","servicePort":80,"weight":10}]}}';
    const text = alb({ 'actions.web': action }).replace('port: { number: 80 }', 'port: { name: use-annotation }');
    expect(routesOf(of(text))[0]?.spec.rules).toEqual([
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [
          { name: 'stable', port: 80, weight: 90 },
          { name: 'next', port: 80, weight: 10 },
        ],
      },
    ]);
  });

  it('says first what changes in DNS and reachability', async () => {
    const { stdout } = await gateshift(['check', '-', '--target', 'vpc-lattice'], { stdin: alb({}) });
    expect(stdout.split('\n')[0]).toMatch(/^DNS and reachability change/);
  });

  it('gets no redirect, and one route for host and schemes', () => {
    const routes = routesOf(of(nginx({})));
    expect(routes.map(({ spec }) => spec.parentRefs.map(({ sectionName }) => sectionName))).toEqual([['https']]);
    expect(JSON.stringify(routes)).not.toContain('Redirect');
  });

  it.each([
    ['an allow list', nginx({ 'whitelist-source-range': '10.0.0.0/8' })],
    ['a password', nginx({ 'auth-type': 'basic', 'auth-secret': 'pw' })],
    ['a web ACL', alb({ 'wafv2-acl-arn': 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/1' })],
    ['inbound ranges', alb({ 'inbound-cidrs': '10.0.0.0/8' })],
    ['security groups by name', alb({ 'security-groups': 'web' })],
  ])('%s withholds its rule', (_, text) => {
    const conversion = of(text);
    expect(conversion.plan.withheld).not.toEqual([]);
    expect(JSON.stringify(routesOf(conversion))).not.toContain('backendRefs');
    expect(conversion.ledger.findings.map(({ code }) => code).filter((code) => LOST.includes(code))).toHaveLength(1);
  });
});

const folders = corpusFolders();

describe.skipIf(folders.length === 0)('public manifests for vpc-lattice (skipped where ../shared/corpus is absent)', () => {
  it.each(folders)('%s: settles everything, applies, and serves the same or says what differs', (_, files) => {
    const conversion = convert(files);
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(conversion.ledger.entries.filter((line) => line.finding?.code === 'ledger/unsettled').map(({ entry }) => entry.key)).toEqual([]);
    const crds = CRDS_PRESENT ? publishedCrds(conversion.options.release, 'vpc-lattice') : null;
    for (const object of objects) {
      const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
      if (result?.kind === 'checked') expect(result.violations).toEqual([]);
    }
    const isSplit = conversion.ledger.findings.some(({ code }) => code === 'vpc-lattice/quota/parts');
    if (!isSplit) expect(problems(routesOf(conversion))).toEqual([]);
    const open = verify(conversion, objects).discrepancies.filter((item) => item.explained === null);
    expect(open.map((item) => `${item.differences} ${JSON.stringify(item.request)}`)).toEqual([]);
  });
});
