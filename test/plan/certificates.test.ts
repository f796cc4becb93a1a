import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../src/route/table.ts';
import {
  BOTH,
  codes,
  entry,
  gateways,
  grants,
  host,
  httpsRedirect,
  ingress,
  outcomes,
  plan,
  routes,
  rule,
  secret,
  served,
  table,
} from './tables.ts';

const web = ingress();
const refs = (made: ReturnType<typeof plan>) =>
  gateways(made).flatMap(({ spec }) =>
    spec.listeners.flatMap(({ hostname, tls }) => tls?.certificateRefs?.map(({ name }) => `${hostname} ${name}`) ?? []),
  );

describe('certificates', () => {
  it.each<[string, Certificate, string]>([
    ['the default one, asked for', { kind: 'default', asked: true, entries: [] }, 'plan/certificate-missing'],
    ['the default one, that nobody asked for', { kind: 'default', asked: false, entries: [] }, 'plan/certificate-default'],
    ['one outside the cluster', { kind: 'external', names: ['arn:1'], entries: [] }, 'plan/certificate-external'],
  ])('that are missing leave no HTTPS listener and are told: %s', (_, certificate, code) => {
    const made = plan(table([host('a.test', [rule(web, '/')], { certificate })]));
    expect(gateways(made)[0]?.spec.listeners.map(({ protocol }) => protocol)).toEqual(['HTTP']);
    expect(codes(made)).toContain(code);
  });

  it('of the controller are asked for where a redirect leads to https', () => {
    const rules = [rule(web, '/', { httpsRedirect: httpsRedirect(web) })];
    const made = plan(table([host('a.test', rules, { certificate: { kind: 'default', asked: false, entries: [] } })]));
    expect(codes(made)).toContain('plan/certificate-missing');
    // Of the redirect it is converted; the ledger keeps what is graver.
    expect(outcomes(made, rules[0]?.entries[0] ?? entry(web, 'none'))).toEqual(['converted', 'manual']);
  });

  it('of the controller are those of --default-certificate, with a grant', () => {
    const hosts = ['a.test', 'b.test'].map((name) =>
      host(name, [rule(web, '/')], { certificate: { kind: 'default', asked: false, entries: [] } }),
    );
    const made = plan(table(hosts), { options: { defaultCertificate: { namespace: 'certs', name: 'wild' } } });
    expect(refs(made)).toEqual(['a.test wild', 'b.test wild']);
    expect(grants(made).map(({ metadata, spec }) => [metadata.namespace, spec])).toEqual([
      [
        'certs',
        {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop' }],
          to: [{ group: '', kind: 'Secret', name: 'wild' }],
        },
      ],
    ]);
  });

  it('of the narrowest broader host serve hosts without one', () => {
    const none: Certificate = { kind: 'default', asked: false, entries: [] };
    const made = plan(
      table([
        host('*.a.test', [rule(web, '/')], { certificate: secret(web, 'narrow') }),
        host('*.test', [rule(web, '/')], { certificate: secret(web, 'broad') }),
        host('x.a.test', [rule(web, '/')], { certificate: none }),
        host('elsewhere', [rule(web, '/')], { certificate: none }),
      ]),
    );
    expect(refs(made)).toEqual(['*.a.test narrow', '*.test broad', 'x.a.test narrow']);
    expect(codes(made)).toEqual(expect.arrayContaining(['plan/certificate-shared', 'plan/certificate-default']));
  });

  it('of a broader host close a host that has no TLS, which else the broader one would serve', () => {
    const made = plan(table([host('*.test', [rule(web, '/')], { certificate: secret(web) }), host('a.test', [rule(web, '/')])]));
    expect(served(made)).toEqual(['a.test [https] / → error', 'a.test [http] / → web', '*.test [http+https] / → web']);
    expect(codes(made)).not.toContain('plan/certificate-shared');
  });

  it('are settled on the listener that has them, else as without effect', () => {
    const [used, unused] = [secret(web), secret(web)];
    const made = plan(
      table([
        host('a.test', [rule(web, '/')], { certificate: used }),
        host('b.test', [rule(web, '/', { scheme: 'http' })], { certificate: unused }),
      ]),
    );
    const of = (certificate: Certificate) => (certificate.kind === 'none' ? undefined : certificate.entries[0]) ?? entry(web, 'none');
    expect(made.settled.filter((each) => each.entry === of(used))).toMatchObject([
      { outcome: 'converted', wrote: [{ kind: 'Gateway', name: 'public', field: 'spec.listeners["https-a-test"].tls.certificateRefs' }] },
    ]);
    expect(outcomes(made, of(unused))).toEqual(['inert']);
  });

  it('are not needed for rules over http: a rule for https alone is lost without', () => {
    const only = rule(web, '/tls', { scheme: 'https' });
    const made = plan(table([host('a.test', [only, rule(web, '/')], { certificate: { kind: 'none' }, ports: BOTH })]));
    expect(routes(made)).toHaveLength(1);
    expect(only.entries.flatMap((each) => outcomes(made, each))).toEqual(['manual']);
  });
});
