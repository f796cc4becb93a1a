import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conversion, convert } from '../../src/convert.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { verify } from '../../src/prove/verify.ts';
import { CORPUS_PRESENT, corpusFolders } from '../corpus/estates.ts';
import { estateOf } from '../read/estate-of.ts';
import { ingress, type Shape } from './routed.ts';

function convertText(files: Readonly<Record<string, string>>): Conversion {
  return convert(estateOf(files), { ...DEFAULT_OPTIONS, classes: { nginx: 'nginx-inc' } });
}

/** Differences that nothing announces, one line each, and settings of which nothing is said. */
function problems(conversion: Conversion): readonly string[] {
  const { discrepancies } = verify(
    conversion,
    conversion.plan.objects.map(({ object }) => object),
  );
  const silent = discrepancies.filter(({ explained }) => explained === null);
  const unsettled = conversion.ledger.entries.filter(({ finding }) => finding?.code === 'ledger/unsettled');
  return [
    ...silent.map(({ differences, request }) => `${differences.join(', ')}: ${request.scheme}://${request.host}${request.path}`),
    ...unsettled.map(({ entry }) => `${entry.name} is unsettled`),
  ];
}

const path = fc.tuple(
  fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/b/', '/A', '/a.b'),
  fc.constantFrom('web', 'api'),
  fc.constantFrom('Prefix', 'Prefix', 'Exact', 'ImplementationSpecific'),
);
const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 4, selector: ([text]) => text });
const SETTINGS: readonly (readonly [string, string])[] = [
  ['basic-auth-secret', 'users'],
  ['path-regex', 'case_sensitive'],
  ['path-regex', 'case_insensitive'],
  ['path-regex', 'exact'],
  ['rewrites', 'serviceName=web rewrite=/'],
  ['rewrites', 'serviceName=web rewrite=/z/'],
  ['rewrite-target', '/y'],
  ['redirect-to-https', 'true'],
  ['app-root', '/app'],
  ['hsts', 'true'],
  ['ssl-redirect', 'false'],
  ['location-snippets', 'deny all;'],
  ['server-snippets', 'add_header A b;'],
  ['policies', 'unknown'],
  ['grpc-services', 'web'],
  ['proxy-set-headers', 'X-A: b'],
];
const settings = fc
  .uniqueArray(fc.constantFrom(...SETTINGS), { maxLength: 3, selector: ([name]) => name })
  .map((pairs) => Object.fromEntries(pairs));
const member = fc.record({
  paths,
  settings,
  role: fc.constantFrom('regular', 'minion', 'minion', 'master'),
  host: fc.constantFrom('a.test', 'b.test', '*.test', ''),
  tls: fc.boolean(),
  fallback: fc.boolean(),
});

describe('conversions of random estates', () => {
  it('differ only where it is said, and lose no protection', () => {
    let served = 0;
    const property = fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), (members) => {
      const documents = members.map((each, index) => {
        const kind = each.role === 'regular' ? {} : { 'mergeable-ingress-type': each.role };
        const shape: Shape = {
          annotations: { ...each.settings, ...kind },
          rules: { [each.host]: each.role === 'master' ? null : each.paths.map(([text, service, type]) => `${text} ${service} ${type}`) },
          ...(each.tls && each.role !== 'minion' && each.host !== '' ? { tls: [`cert:${each.host}`] } : {}),
          ...(each.fallback ? { defaultBackend: 'rest' } : {}),
        };
        return ingress(`i${index}`, shape);
      });
      const conversion = convertText({ 'in.yaml': documents.join('\n---\n') });
      served += conversion.ledger.ingresses.filter(({ status }) => status !== 'skipped').length;
      expect(problems(conversion)).toEqual([]);
    });
    void fc.assert(property, { numRuns: 150, seed: 11 });
    expect(served).toBeGreaterThan(150);
  });
});

describe.skipIf(!CORPUS_PRESENT)('the corpus, file by file (skipped where ../shared/corpus is absent)', () => {
  const files = corpusFolders()
    .filter(([name]) => name.startsWith('nginx-org/'))
    .flatMap(([, each]) => each);

  it('differs only where it is said, and loses no protection', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap(({ file, text }) => problems(convertText({ [file]: text })).map((problem) => `${file} ${problem}`))).toEqual([]);
  });
});
