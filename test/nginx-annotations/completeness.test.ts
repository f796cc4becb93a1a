import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { PREFIX } from '../../rules/nginx/annotation.ts';
import { annotationRules } from '../../rules/nginx/annotations.ts';
import { INHERITED, ONLY_CONFIG } from '../../rules/nginx/controller/keys.ts';
import { nginx } from '../../rules/nginx/pack.ts';
import { annotated } from './annotated.ts';

const CATALOGUE = join(import.meta.dirname, '../../../shared/catalogue/nginx.yaml');

/** Annotations of the routing rules, which decide who answers. */
const ROUTING =
  /^(rewrite-target|use-regex|app-root|canary.*|(permanent|temporal)-redirect(-code)?|relative-redirects|use-port-in-redirects|from-to-www-redirect|server-alias|ssl-redirect|force-ssl-redirect|preserve-trailing-slash|default-backend|ssl-passthrough|backend-protocol|upstream-vhost|enable-cors|cors-.*|x-forwarded-prefix|service-upstream)$/;

interface Entry {
  readonly name: string;
}

const reads = annotationRules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation));
const owned = reads.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));

describe('the controller', () => {
  it.skipIf(!existsSync(CATALOGUE))('has no ConfigMap key that is not known (skipped where ../shared/catalogue is absent)', () => {
    const catalogue = parse(readFileSync(CATALOGUE, 'utf8')) as { configmap: { key: string }[] };
    expect(catalogue.configmap.map(({ key }) => key).filter((key) => !INHERITED.has(key) && !ONLY_CONFIG.has(key))).toEqual([]);
  });

  it('inherits to annotations that rules read', () => {
    const known = new Set(nginx.rules.flatMap((rule) => Object.values(rule.reads).map(({ annotation }) => annotation)));
    expect([...INHERITED.values()].map(({ annotation }) => `${PREFIX}${annotation}`).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the annotation rules', () => {
  it.skipIf(!existsSync(CATALOGUE))('know every annotation that routing does not own (skipped where ../shared/catalogue is absent)', () => {
    const catalogue = parse(readFileSync(CATALOGUE, 'utf8')) as { annotations: Entry[]; removed: Entry[] };
    const names = [...catalogue.annotations, ...catalogue.removed].map(({ name }) => name);
    expect(names.filter((name) => !ROUTING.test(name) && !owned.includes(name))).toEqual([]);
    expect(owned.filter((name) => ROUTING.test(name) || !names.includes(name))).toEqual([]);
  });

  it('read each annotation once, and say what they can report', () => {
    expect(new Set(reads).size).toBe(reads.length);
    expect(new Set(annotationRules.map(({ id }) => id)).size).toBe(annotationRules.length);
    expect(annotationRules.filter(({ findings }) => Object.keys(findings).length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('keep the books whatever the values', () => {
    const value = fc.oneof(
      fc.constantFrom(
        '',
        'true',
        'false',
        'on',
        'off',
        '0',
        '1',
        '-1',
        '10',
        '8m',
        '1g',
        '5b',
        'basic',
        'cookie',
        'any',
        'a/b',
        'shop/a',
        '10.0.0.0/8',
        'http://a.test',
        'deny all;',
        'add_header A b;',
        '$host',
        ' ',
        '\n',
        '{',
        'é',
      ),
      fc.string({ maxLength: 12 }),
    );
    void fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...owned), value, { minKeys: 1, maxKeys: 14 }), (annotations) => {
        const { findings } = annotated(annotations);
        const reported = new Set(annotationRules.flatMap((rule) => Object.values(rule.findings).map(({ code }) => code)));
        expect(findings.filter(({ code }) => !reported.has(code))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('names of the past', () => {
  test.each([
    ['global-rate-limit', true],
    ['secure-verify-ca-secret', true],
    ['secure-backends', true],
    ['enable-influxdb', false],
    ['session-cookie-hash', false],
  ])('%s has no effect; reported: %s', (name, reported) => {
    const { ends, codes } = annotated({ [name]: 'true' });
    expect(ends).toEqual({ [name]: `inert nginx/${name}/inert` });
    expect(codes).toEqual(reported ? [`nginx/${name}/inert`] : []);
  });

  test.each([
    [{ 'ingress.kubernetes.io/ssl-redirect': 'true' }, 'inert', []],
    [{ 'ingress.kubernetes.io/auth-url': 'http://a.test' }, 'protects-nothing', ['nginx/old-prefix/protects-nothing']],
  ])('%o', (annotations, code, codes) => {
    const result = annotated(annotations);
    expect(Object.values(result.ends)).toEqual([`inert nginx/old-prefix/${code}`]);
    expect(result.codes).toEqual(codes);
  });

  it('beside the new one say nothing', () => {
    expect(annotated({ 'ingress.kubernetes.io/auth-url': 'x', 'auth-url': 'http://a.test' }).codes).toEqual([]);
  });
});
