import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { ingress } from './manifests.ts';
import { codesOf, endsOf, routed } from './routed.ts';

const pattern = (values: readonly string[], kind = 'values') =>
  JSON.stringify([{ field: 'host-header', hostHeaderConfig: { [kind]: values } }]);
const fixed = (status: string) => JSON.stringify({ type: 'fixed-response', fixedResponseConfig: { statusCode: status } });
const guarded = (hosts: string, rules: readonly (readonly [string, ...string[]])[], status = '403', kind = 'values') =>
  ingress('a', {
    className: 'alb',
    annotations: { 'conditions.deny': pattern([hosts], kind), 'actions.deny': fixed(status) },
    rules: [['', '/admin P deny:use-annotation'], ...rules],
  });
const kept = (text: string, host: string) =>
  (routed(text).tables[0]?.hosts.find((each) => each.host === host)?.rules ?? []).map(({ intents }) =>
    intents.some(({ kind }) => kind === 'rawAccessControl'),
  );

describe('a host pattern that refuses', () => {
  it('keeps later rules of the hosts it takes, and of broader ones, from its requests', () => {
    const text = guarded('*-in.a.test', [
      ['x-in.a.test', '/admin/x P one:80', '/pub P two:80'],
      ['*.a.test', '/ P all:80'],
      ['b.a.test', '/admin P own:80'],
    ]);
    expect(kept(text, 'x-in.a.test')).toEqual([true, false, true]);
    expect(kept(text, '*.a.test')).toEqual([true]);
    expect(kept(text, 'b.a.test')).not.toContain(true);
  });

  it('has nothing to do with hosts that end otherwise', () => {
    expect(kept(guarded('*-in.a.test', [['*.b.test', '/ P all:80']]), '*.b.test')).toEqual([false]);
  });

  it('written as an expression keeps the hosts that it takes', () => {
    const text = guarded(
      '^in[0-9]\\.a\\.test$',
      [
        ['in1.a.test', '/ P one:80'],
        ['out.a.test', '/ P two:80'],
      ],
      '403',
      'regexValues',
    );
    expect([kept(text, 'in1.a.test'), kept(text, 'out.a.test')]).toEqual([[true], [false]]);
  });

  it('leaves alone what comes before it, and refuses nothing where it answers', () => {
    const before = ingress('a', {
      className: 'alb',
      annotations: { 'conditions.deny': pattern(['*-in.a.test']), 'actions.deny': fixed('403') },
      rules: [
        ['*.a.test', '/ P all:80'],
        ['', '/admin P deny:use-annotation'],
      ],
    });
    expect(kept(before, '*.a.test')).toEqual([false]);
    expect(kept(guarded('*-in.a.test', [['*.a.test', '/ P all:80']], '200'), '*.a.test')).toEqual([false]);
  });

  it('withholds those rules on every target', () => {
    const text = guarded('*-in.a.test', [['*.a.test', '/ P all:80']]);
    for (const target of ['standard', 'aws-alb', 'vpc-lattice'])
      expect(JSON.stringify(convertManifests([{ file: 'in.yaml', text }], { target }).plan.objects)).not.toContain('"all"');
  });

  it('is named with its path and its action', () => {
    const result = routed(guarded('*-in.a.test', []));
    expect(endsOf(result, 'spec.rules[0].http.paths[0].path')).toEqual(['unmapped alb/host/pattern']);
    expect(codesOf(result)).not.toContain('alb/backend/unused-annotation');
  });
});

describe('members of a group that disagree', () => {
  const member = (name: string, annotations: Readonly<Record<string, string>>) =>
    ingress(name, { className: 'alb', annotations: { 'group.name': 'g', ...annotations }, rules: [[`${name}.test`, '/ P web:80']] });
  const intentOf = (texts: readonly string[], kind: string) =>
    routed(...texts).tables[0]?.loadBalancer.intents?.find((each) => each.kind === kind);

  it('go by the one that keeps the load balancer internal', () => {
    const text = [member('a', { scheme: 'internet-facing' }), member('b', { scheme: 'internal' })];
    expect(intentOf(text, 'awsScheme')).toMatchObject({ scheme: 'internal' });
    expect(codesOf(routed(...text))).toContain('alb/group/conflict');
  });

  it('go by the one that lets fewer connect', () => {
    const text = [member('a', { 'inbound-cidrs': '0.0.0.0/0' }), member('b', { 'inbound-cidrs': '10.0.0.0/8' })];
    expect(intentOf(text, 'awsInboundRanges')).toMatchObject({ ranges: ['10.0.0.0/8'] });
  });
});

describe('ranges', () => {
  it.each(['10.1.2.3', '10.0.0.0/33', '300.0.0.0/8', 'office', '10.0.0.0/8/8', '::/129'])('that are none (%s) let nobody in', (range) => {
    const text = ingress('a', {
      className: 'alb',
      annotations: { 'inbound-cidrs': `192.168.0.0/16,${range}` },
      rules: [['a.test', '/ P web:80']],
    });
    const result = routed(text);
    expect(result.tables[0]?.loadBalancer.intents).toContainEqual(
      expect.objectContaining({ kind: 'awsInboundRanges', ranges: ['192.168.0.0/16'] }),
    );
    expect(codesOf(result)).toContain('alb/inbound-ranges/network');
  });

  it.each(['10.0.0.0/8', '::/0', 'fd00::/8'])('that are some (%s) are taken', (range) => {
    const text = ingress('a', { className: 'alb', annotations: { 'inbound-cidrs': range }, rules: [['a.test', '/ P web:80']] });
    expect(codesOf(routed(text))).not.toContain('alb/inbound-ranges/network');
  });
});
