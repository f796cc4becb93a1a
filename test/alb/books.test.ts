import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { PREFIX } from '../../rules/alb/annotation.ts';
import { alb } from '../../rules/alb/pack.ts';
import { convertManifests, DEFAULT_OPTIONS } from '../../src/index.ts';
import { verify } from '../../src/prove/verify.ts';
import { company, ingress, service } from './manifests.ts';
import { routed, unsettled } from './routed.ts';

const names = alb.rules
  .flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation.slice(PREFIX.length)))
  .flatMap((name) =>
    name.endsWith('*') ? [`${name.slice(0, -1)}svc`, `${name.slice(0, -1)}HTTPS-443`, `${name.slice(0, -1)}svc.80`] : [name],
  );

const value = fc.oneof(
  fc.constantFrom(
    'true',
    'false',
    '443',
    '80',
    '0',
    'none',
    'g',
    'a=1,b=2',
    'arn:aws:x',
    '10.0.0.0/8',
    'internal',
    'ip',
    'HTTPS',
    'GRPC',
    'oidc',
    'cognito',
    '[]',
    '{}',
    '[{"HTTP":80},{"HTTPS":443}]',
    '[{"HTTPS":443}]',
    '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"svc","servicePort":80}]}}',
    '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","statusCode":"HTTP_301"}}',
    '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X","values":["1"]}}]',
    '[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/a(.*)$","replace":"/b$1"}]}}]',
    '[{"port":443,"mode":"verify","trustStore":"t"}]',
    '{"issuer":"i","jwksEndpoint":"e"}',
  ),
  fc.string({ maxLength: 12 }),
);
const annotations = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 10, noNullPrototype: true });
const shape = fc.record({
  annotations,
  className: fc.constantFrom('alb', 'company'),
  rules: fc.constantFrom(
    [['a.test', '/ P svc:80']] as const,
    [
      ['a.test', '/x E svc:use-annotation', '/* I svc:http'],
      ['', '/a P other:80'],
    ] as const,
    [] as const,
  ),
  defaultBackend: fc.constantFrom(undefined, 'svc:80', 'svc:use-annotation'),
  tls: fc.constantFrom(undefined, [{ hosts: ['a.test'], secretName: 's' }]),
});

describe('the books', () => {
  it('balance whatever the values, without a crash', () => {
    void fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 2 }), annotations, (shapes, ofService) => {
        const documents = shapes.map(({ defaultBackend, tls, ...rest }, index) =>
          ingress(`i${index}`, {
            ...rest,
            ...(defaultBackend === undefined ? {} : { defaultBackend }),
            ...(tls === undefined ? {} : { tls }),
          }),
        );
        const all = [
          ...documents,
          service('svc', ofService),
          company({ scheme: 'internal', tags: [{ key: 'a', value: 'c' }], inboundCIDRs: ['10.0.0.0/8'] }),
        ];
        expect(unsettled(routed(...all))).toEqual([]);
        const { ledger } = convertManifests([{ file: 'in.yaml', text: all.join('\n---\n') }], DEFAULT_OPTIONS);
        expect(ledger.findings.filter(({ code }) => code === 'ledger/unsettled')).toEqual([]);
        expect(ledger.entries.filter(({ outcome, finding }) => finding === null && outcome !== 'converted')).toEqual([]);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('do not depend on the order of documents', () => {
    const documents = [
      ingress('a', { annotations: { 'group.name': 'g', 'certificate-arn': 'arn:1', tags: 'x=1' }, rules: [['a.test', '/ P svc:80']] }),
      ingress('b', { annotations: { 'group.name': 'g', 'certificate-arn': 'arn:2', tags: 'x=2' }, rules: [['a.test', '/x P svc:80']] }),
      ingress('c', { namespace: 'z', annotations: { 'group.name': 'g', 'group.order': '-1' }, defaultBackend: 'svc:80' }),
    ];
    const objects = (order: readonly string[]) =>
      convertManifests(
        order.map((text, index) => ({ file: `${order.length > 2 ? documents.indexOf(text) : index}.yaml`, text })),
        DEFAULT_OPTIONS,
      ).plan.objects.map(({ object }) => object);
    expect(objects(documents.toReversed())).toEqual(objects(documents));
  });
});

const CORPUS = join(import.meta.dirname, '../../../shared/corpus/alb');
const repositories = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];
if (repositories.length === 0) console.warn(`${CORPUS} is absent: real manifests are not tried`);

describe.skipIf(repositories.length === 0)('real manifests', () => {
  test.each(repositories)('%s: nothing is lost, and no difference goes unannounced', (repository) => {
    const folder = join(CORPUS, repository);
    const files = readdirSync(folder)
      .sort()
      .map((name) => ({ file: `${repository}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
    for (const defaultCertificate of [null, { namespace: 'default', name: 'tls' }]) {
      const conversion = convertManifests(files, { ...DEFAULT_OPTIONS, defaultCertificate });
      const objects = conversion.plan.objects.map(({ object }) => object);
      expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
      expect(conversion.ledger.findings.filter(({ code }) => code === 'ledger/unsettled')).toEqual([]);
      for (const { hosts } of conversion.tables) {
        const ids = hosts.flatMap((host) => host.rules.map(({ id }) => `${host.part ?? ''} ${id}`));
        expect(new Set(ids).size).toBe(ids.length);
      }
    }
  });
});
