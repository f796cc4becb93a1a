import { describe, expect, it } from 'vitest';
import type { Admission } from '../../src/gateway/admission.ts';
import { estateOf } from '../read/estate-of.ts';
import { codes, gateways, host, ingress, plan, rule, table } from './tables.ts';

const [shop, blog, home] = [ingress('web', 'shop'), ingress('web', 'blog'), ingress('web', 'infra')];
const hosts = [host('a.test', [rule(shop, '/')]), host('b.test', [rule(shop, '/x'), rule(blog, '/')]), host('c.test', [rule(home, '/')])];
const NAMESPACES = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([name, own]) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${own}}}\n`)
    .join('---\n');

const made = (allowedRoutes: Admission, labels: Readonly<Record<string, string>> = {}) =>
  plan(table(hosts), { options: { allowedRoutes, gatewayNamespace: 'infra' }, estate: estateOf(NAMESPACES(labels)) });
const admitted = (some: ReturnType<typeof plan>) => gateways(some)[0]?.spec.listeners.map(({ allowedRoutes }) => allowedRoutes?.namespaces);
const selector = (matchLabels: Readonly<Record<string, string>>) => ({ from: 'Selector', selector: { matchLabels } });
const name = 'kubernetes.io/metadata.name';
const LISTED = [
  selector({ [name]: 'shop' }),
  { from: 'Selector', selector: { matchExpressions: [{ key: name, operator: 'In', values: ['blog', 'shop'] }] } },
  { from: 'Same' },
];

describe('listeners take the routes of', () => {
  it('exactly the namespaces that have some', () => {
    expect(admitted(made({ kind: 'listed' }))).toEqual(LISTED);
  });

  it('every namespace only when asked, loudly, and not where routes are at home', () => {
    const all = made({ kind: 'all' });
    expect(admitted(all)).toEqual([{ from: 'All' }, { from: 'All' }, { from: 'Same' }]);
    expect(all.findings.filter(({ code }) => code === 'plan/admits-all').map(({ security, level }) => [security, level])).toEqual([
      [true, 'warning'],
    ]);
  });

  it('their own namespace alone as far as that serves, and says where it does not', () => {
    const same = made({ kind: 'same' });
    expect(admitted(same)).toEqual(LISTED);
    expect(same.findings.find(({ code }) => code === 'plan/admits-same')?.args).toMatchObject({ listeners: 2, namespaces: 'blog, shop' });
  });

  it('namespaces with a label, which those outside of the input have to get', () => {
    const labelled = made({ kind: 'label', key: 'gateway', value: 'public' }, { shop: 'gateway: public' });
    expect(admitted(labelled)).toEqual([selector({ gateway: 'public' }), selector({ gateway: 'public' }), { from: 'Same' }]);
    const finding = labelled.findings.find(({ code }) => code === 'plan/admits-labelled');
    expect(finding?.steps).toEqual(['kubectl label namespace blog gateway=public']);
    // blog would be taken on a.test too.
    expect(labelled.findings.find(({ code }) => code === 'plan/admits-others')).toMatchObject({
      security: true,
      args: { namespaces: 'blog' },
    });
  });

  it('namespaces by name where one is known to lack the label', () => {
    const lacking = made({ kind: 'label', key: 'gateway', value: 'public' }, { shop: 'gateway: public', blog: 'gateway: internal' });
    expect(admitted(lacking)).toEqual([selector({ gateway: 'public' }), LISTED[1], { from: 'Same' }]);
    expect(lacking.findings.find(({ code }) => code === 'plan/admits-unlabelled')?.args).toMatchObject({
      namespaces: 'blog',
      listeners: 1,
    });
  });

  it('the values that the namespaces have of a label', () => {
    const teams = made({ kind: 'label', key: 'team', value: null }, { shop: 'team: s', blog: 'team: b', extra: 'team: s' });
    expect(admitted(teams)).toEqual([
      selector({ team: 's' }),
      { from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['b', 's'] }] } },
      { from: 'Same' },
    ]);
    expect(teams.findings.find(({ code }) => code === 'plan/admits-others')?.args).toMatchObject({ namespaces: 'blog, extra' });
    expect(admitted(made({ kind: 'label', key: 'team', value: null }))).toEqual(LISTED);
  });

  it('and whose ListenerSets a Gateway takes is never everybody', () => {
    const options = { gatewayNamespace: 'infra', listeners: 'listenerset', allowedRoutes: { kind: 'all' } } as const;
    const sets = plan(table(hosts), { options });
    expect(gateways(sets)[0]?.spec.allowedListeners?.namespaces).toEqual(selector({ [name]: 'shop' }));
    expect(JSON.stringify(sets.objects.filter(({ object }) => object.kind === 'ListenerSet'))).not.toContain('"All"');
    expect(codes(sets)).toContain('plan/admits-all');
  });
});
