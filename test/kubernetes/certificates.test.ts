import { describe, expect, it } from 'vitest';
import type { HostTable } from '../../src/route/table.ts';
import { answerTo, ingress, routed } from './routed.ts';

const site = [{ path: '/', service: 'site' }];

function certificates(hosts: readonly HostTable[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    hosts.map(({ host, certificate }) => [
      host,
      certificate.kind === 'secret' ? `${certificate.namespace}/${certificate.name}` : certificate.kind,
    ]),
  );
}

describe('certificates', () => {
  it('are those of the section that names the host, or covers it by one label', () => {
    const tls = [
      { hosts: ['a.x.test'], secretName: 'a' },
      { hosts: ['*.x.test'], secretName: 'wild' },
    ];
    const { tables } = routed(ingress('web', { 'a.x.test': site, 'b.x.test': site, 'c.d.x.test': site, 'other.test': site }, { tls }));
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({
      'a.x.test': 'shop/a',
      'b.x.test': 'shop/wild',
      'c.d.x.test': 'none',
      'other.test': 'none',
    });
  });

  it('of a section without hosts hold for all hosts of its own Ingress', () => {
    const { tables } = routed(
      ingress('web', { 'a.test': site, '': site }, { tls: [{ secretName: 'all' }] }) + ingress('other', { 'b.test': site }),
    );
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({ 'a.test': 'shop/all', '': 'shop/all', 'b.test': 'none' });
  });

  it('by wildcard do not reach into other Ingresses, by name they do', () => {
    const tls = [{ hosts: ['*.x.test', 'b.x.test'], secretName: 's' }];
    const { tables } = routed(ingress('infra', { 'a.x.test': site }, { tls }) + ingress('app', { 'b.x.test': site, 'c.x.test': site }));
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({ 'a.x.test': 'shop/s', 'b.x.test': 'shop/s', 'c.x.test': 'none' });
  });

  it('without Secret are the default one of the controller', () => {
    const { tables } = routed(ingress('web', { 'a.test': site }, { tls: [{ hosts: ['a.test'] }] }));
    expect(tables[0]?.hosts[0]?.certificate).toMatchObject({ kind: 'default', asked: true });
  });

  it('open 443 beside 80, without a redirect', () => {
    const { tables } = routed(ingress('web', { 'a.test': site, 'b.test': site }, { tls: [{ hosts: ['a.test'], secretName: 'a' }] }));
    expect(answerTo(tables[0], 'https://a.test/')).toBe('site:80');
    expect(answerTo(tables[0], 'http://a.test/')).toBe('site:80');
    expect(answerTo(tables[0], 'https://b.test/')).toBe('unreachable');
  });

  it('make hosts of names that only TLS sections have, where something covers them', () => {
    const { tables, settled } = routed(ingress('web', { '': site }, { tls: [{ hosts: ['a.test'], secretName: 'a' }] }));
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({ 'a.test': 'shop/a', '': 'none' });
    expect(answerTo(tables[0], 'https://a.test/x')).toBe('site:80');
    expect(settled).toEqual([]);
  });

  it('of hosts that nothing serves are named', () => {
    const { tables, settled } = routed(ingress('web', { 'a.test': site }, { tls: [{ hosts: ['a.test', 'www.a.test'], secretName: 'a' }] }));
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({ 'a.test': 'shop/a' });
    expect(settled.map(({ entry, outcome, finding }) => [entry.name, outcome, finding?.code])).toEqual([
      ['spec.tls[0].hosts[1]', 'inert', 'kubernetes/certificate/host-not-served'],
    ]);
  });

  it('that contradict each other are reported, the first is kept', () => {
    const { tables, settled } = routed(
      ingress('b', { 'a.test': [{ path: '/b', service: 'b' }] }, { tls: [{ hosts: ['a.test'], secretName: 'second' }] }) +
        ingress('a', { 'a.test': site }, { tls: [{ hosts: ['a.test'], secretName: 'first' }] }),
    );
    expect(certificates(tables[0]?.hosts ?? [])).toEqual({ 'a.test': 'shop/first' });
    expect(settled.map(({ finding }) => finding?.code)).toContain('kubernetes/certificate/conflict');
  });
});
