import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Release } from '../../src/gateway/release.ts';
import { convertManifests, reportOf } from '../../src/index.ts';
import type { LoweringContext, Target, WrittenTable } from '../../src/targets/contract.ts';
import { inVersion } from '../../src/targets/in-version.ts';
import { targetChoice, targetNamed, targets } from '../../src/targets/index.ts';
import { missingIn, missingInObject } from '../../src/targets/missing.ts';
import { asWritten, type PolicyKind, withTargetRefs } from '../../src/targets/policy.ts';
import { compareVersions, type Versions } from '../../src/targets/versions.ts';
import { ingress } from '../cli/session.ts';
import { anyIntent } from './standard/intents.ts';
import { contextOf, type Statement, withEntries } from './standard/lowering.ts';

const VERSIONS: Versions = {
  known: [
    { version: '1.10', gatewayApi: '1.6' },
    { version: '1.9', gatewayApi: '1.5' },
    { version: '1.8', gatewayApi: '1.4' },
  ],
  since: {
    '1.9': { Filter: ['*'], Policy: ['limits[].by.header', 'mode=Strict'] },
    '1.10': { Policy: ['limits[].unit=Week', 'quick'], 'Gateway API': ['cors', 'timeouts:request'] },
  },
};

const policy: PolicyKind = { apiVersion: 'example.com/v1', kind: 'Policy', role: 'routes', write: withTargetRefs };
const filter: PolicyKind = { apiVersion: 'example.com/v1', kind: 'Filter', role: 'routes', write: asWritten };

const EXPERIMENTAL: Release = { version: '1.6', channel: 'experimental' };
const ALLOW: Statement = { kind: 'allowList', ranges: ['10.0.0.0/8'] };

const lowered = (target: Target, statement: Statement) =>
  target.lower(withEntries(statement), contextOf(statement, { release: EXPERIMENTAL }));

/** A load balancer with the one rule of the context. */
function writtenTable({ release, estate, rule, table }: LoweringContext): WrittenTable {
  const host = { host: 'a.test', wildcard: 'one-label', ports: [], certificate: { kind: 'none' }, rules: [rule, rule] } as const;
  const owned = { ...host, owner: rule.ingress, intents: [], passthrough: null };
  return {
    table: { ...table, hosts: [owned] },
    estate,
    release,
    gateway: { namespace: 'shop', name: 'web' },
    gatewayClass: null,
    listeners: [],
    place: {},
    objects: [],
  };
}

describe('what a version lacks', () => {
  const inPolicy = (spec: object, version: string) => missingInObject({ kind: 'Policy', spec }, VERSIONS, version);

  it('is found by fields, through lists and by values', () => {
    const spec = { limits: [{ unit: 'Day' }, { unit: 'Week', by: { header: 'X-Name' } }] };
    expect(inPolicy(spec, '1.8')).toEqual({ what: 'limits.by.header of Policy', since: '1.9' });
    expect(inPolicy(spec, '1.9')).toEqual({ what: 'limits.unit=Week of Policy', since: '1.10' });
    expect(inPolicy(spec, '1.10')).toBeNull();
    expect(inPolicy({ limits: [{ unit: 'Day', by: {} }], mode: 'Loose' }, '1.8')).toBeNull();
    expect(inPolicy({ mode: 'Strict' }, '1.8')).toMatchObject({ since: '1.9' });
    expect(inPolicy({ quick: false }, '1.9')).toMatchObject({ since: '1.10' });
    expect(missingInObject({ kind: 'Other', spec: { quick: true } }, VERSIONS, '1.8')).toBeNull();
  });

  it('is found in every part of a rule, also in its cases', () => {
    const on = { to: 'route' } as const;
    const whole = { policy: filter, on, spec: {} };
    expect(missingIn({ policies: [whole] }, VERSIONS, '1.8')).toEqual({ what: 'Filter', since: '1.9' });
    expect(missingIn({ cors: { allowOrigins: ['*'] } }, VERSIONS, '1.9')).toMatchObject({ since: '1.10' });
    expect(missingIn({ timeouts: { request: '1s' } }, VERSIONS, '1.9')).toEqual({ what: 'option request', since: '1.10' });
    expect(missingIn({ timeouts: { backendRequest: '1s' } }, VERSIONS, '1.9')).toBeNull();
    const quick = { policies: [{ policy, on, spec: { quick: true } }] };
    expect(missingIn({ cases: { each: [{}], otherwise: quick } }, VERSIONS, '1.9')).toMatchObject({ since: '1.10' });
    expect(missingIn({ refusals: [quick] }, VERSIONS, '1.9')).toMatchObject({ since: '1.10' });
    expect(
      missingIn({ objects: [{ apiVersion: 'example.com/v1', kind: 'Filter', metadata: { name: 'a' } }] }, VERSIONS, '1.8'),
    ).toMatchObject({
      since: '1.9',
    });
    expect(missingIn(quick, VERSIONS, '1.10')).toBeNull();
  });

  it('goes by numbers', () => {
    expect(['1.10', '1.9', '2.0', '1.2'].toSorted(compareVersions)).toEqual(['1.2', '1.9', '1.10', '2.0']);
  });
});

describe('a target in a version', () => {
  const [standard] = targets;

  it('writes nothing that came later, and says of each intent what it needs', () => {
    if (standard === undefined) throw new Error('no target');
    const old = inVersion({ ...standard, name: 'example', title: 'Example', versions: VERSIONS }, VERSIONS, '1.9');
    void fc.assert(
      fc.property(anyIntent(), (statement) => {
        const [before, after] = [lowered(standard, statement), lowered(old, statement)];
        if (before.as === 'written' && (before.parts.cors ?? before.parts.timeouts?.request) !== undefined) {
          expect(after).toMatchObject({
            as: 'absent',
            outcome: 'unmapped',
            finding: { code: 'target/since/setting', args: { since: '1.10', version: '1.9', name: 'example' } },
          });
        } else expect(after).toEqual(before);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('withholds a protection that needs a newer one', () => {
    const options = { target: 'envoy-gateway@1.9' };
    const files = [{ file: 'in.yaml', text: ingress('web', { 'whitelist-source-range': '10.0.0.0/8' }) }];
    expect(reportOf(convertManifests(files, options)).withheld).toEqual([]);
    const target = targetNamed('envoy-gateway');
    const versions: Versions = {
      known: [
        { version: '1.9', gatewayApi: '1.6' },
        { version: '1.8', gatewayApi: '1.5' },
      ],
      since: { '1.9': { SecurityPolicy: ['authorization'] } },
    };
    const lowering = lowered(inVersion(target, versions, '1.8'), ALLOW);
    expect(lowering).toMatchObject({
      as: 'absent',
      finding: { code: 'target/since/protection', security: true, level: 'error', differs: ['protection', 'unreachable', 'status'] },
    });
  });

  it('leaves out of what every rule gets what came later, and says so once', () => {
    const target = targetNamed('envoy-gateway');
    const parts = { timeouts: { request: '0s' }, policies: [{ policy, on: { to: 'route' }, spec: { quick: true } }] } as const;
    const old = inVersion({ ...target, forward: () => parts }, VERSIONS, '1.9');
    expect(old.forward?.(contextOf(ALLOW))).toEqual({ timeouts: { request: '0s' } });
    const told = old.review?.(writtenTable(contextOf(ALLOW))) ?? [];
    expect(told.map(({ code, args }) => [code, args['what']])).toEqual([['target/since/left-out', 'quick of Policy']]);
  });

  it('is written for the Gateway API that it was built for', () => {
    const of = (target: string, version: '1.4' | '1.6') =>
      reportOf(convertManifests([{ file: 'in.yaml', text: ingress('web') }], { target, release: { version, channel: 'standard' } }));
    const old = of('envoy-gateway@1.8', '1.6');
    expect(old.target).toEqual({ name: 'envoy-gateway', version: '1.8', gatewayApi: '1.5', channel: 'standard' });
    expect(old.findings.map(({ code }) => code)).toContain('target/since/gateway-api');
    const same = of('envoy-gateway@1.8', '1.4');
    expect(same.target.gatewayApi).toBe('1.4');
    expect(same.findings.map(({ code }) => code)).not.toContain('target/since/gateway-api');
    expect(of('envoy-gateway', '1.6').target).toMatchObject({ version: '1.9', gatewayApi: '1.6' });
  });

  it('is served under the names of its time', () => {
    const objects = (target: string) =>
      convertManifests([{ file: 'in.yaml', text: ingress('web') }], { target }).plan.objects.map(({ object }) => object.apiVersion);
    expect(objects('aws-alb')).toContain('gateway.k8s.aws/v1');
    expect(objects('aws-alb@3.5')).toEqual(objects('aws-alb'));
    expect(objects('aws-alb@3.4')).toContain('gateway.k8s.aws/v1beta1');
    expect(objects('aws-alb@3.4')).not.toContain('gateway.k8s.aws/v1');
  });
});

describe('naming a version', () => {
  it('takes a minor version, with or without v and patch level', () => {
    for (const text of ['aws-alb@3.4', 'aws-alb@v3.4', 'aws-alb@3.4.2'])
      expect(targetChoice(text)).toMatchObject({ kind: 'target', target: { name: 'aws-alb', version: '3.4' } });
    for (const text of ['aws-alb@3', 'aws-alb@', 'aws-alb@9.9', 'aws-alb@3.4@3.5', 'aws-alb@3.4-rc1'])
      expect(targetChoice(text)).toMatchObject({ kind: 'unknown-version', known: ['3.5', '3.4', '3.3'] });
    expect(targetChoice('standard@1.0')).toMatchObject({ kind: 'unknown-version', known: [] });
    expect(targetChoice('aws@3.4')).toEqual({ kind: 'unknown-name', name: 'aws' });
    expect(() => targetNamed('aws-alb@9.9')).toThrow('there is 3.5, 3.4, 3.3');
  });

  it('of the newest changes nothing', () => {
    for (const target of targets) {
      const newest = target.versions?.known[0].version;
      if (newest !== undefined) expect(targetNamed(`${target.name}@${newest}`)).toEqual({ ...target, version: newest });
    }
  });
});
