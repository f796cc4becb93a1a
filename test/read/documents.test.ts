import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/read/documents.ts';
import { MAX_ALIASED_VALUES } from '../../src/read/yaml-value.ts';
import { codesOf, estateOf, findingsOf, ingressText, onlyIngress } from './estate-of.ts';

const names = (text: string) => estateOf(text).ingresses.map((ingress) => ingress.ref.name);

describe('forms of a file', () => {
  it('reads several documents and counts those it passes over', () => {
    const estate = estateOf(`${ingressText('a')}---\nkind: Deployment\n---\nnothing: here\n---\n${ingressText('b')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.at.line)).toEqual([1, 16]);
    expect(estate.documents).toBe(4);
  });

  it('reads documents that end with three dots', () => {
    expect(names(`${ingressText('a')}...\n${ingressText('b')}`)).toEqual(['a', 'b']);
  });

  it('counts columns and lines behind Windows line ends and a byte order mark', () => {
    const ingress = onlyIngress(`\uFEFF${ingressText('a').replaceAll('\n', '\r\n')}`.slice(1));
    expect(ingress.spec[0]).toMatchObject({ name: 'spec.defaultBackend.service.name', value: 'a', at: { line: 8, column: 7 } });
  });

  it('reads JSON with positions, tabs and escapes included', () => {
    const ingress = onlyIngress(
      '{\n\t"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",\n\t"metadata": {"name": "a", "annotations": {"k\\/x": "\\ud83d\\ude00"}},\n\t"spec": {"rules": []}}',
    );
    expect(ingress.annotations[0]).toMatchObject({ name: 'k/x', value: '😀', at: { line: 3, column: 44 } });
  });

  it('reads any JSON, however it is spaced, as JSON.parse does', () => {
    const space = fc.constantFrom('', ' ', '\t', '\n', '\r\n\t');
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.jsonValue({ maxDepth: 3 })),
        fc.array(space, { minLength: 1 }),
        (spec, spaces) => {
          let turn = 0;
          const json = JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec });
          const spaced = json.replace(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g, (token) => {
            turn += 1;
            return `${token}${spaces[turn % spaces.length]}`;
          });
          const [document] = readDocuments({ file: 'f', text: spaced }).documents;
          expect(JSON.parse(JSON.stringify(document?.value))).toEqual(JSON.parse(json));
        },
      ),
    );
  });

  it('reads JSON objects that follow one another', () => {
    const one = (name: string) =>
      `{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"${name}"},"spec":{"rules":[]}}`;
    const estate = estateOf(`${one('a')}\n${one('b')}`);
    expect(estate.ingresses.map((ingress) => [ingress.ref.name, ingress.ref.at.line])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('flattens lists of any nesting and gives the items of typed lists their kind', () => {
    const text = `kind: List
apiVersion: v1
items:
- kind: List
  items:
  - {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: []}}
- kind: IngressList
  apiVersion: networking.k8s.io/v1
  items:
  - metadata: {name: b}
    spec: {rules: []}
- {kind: Deployment}
`;
    const estate = estateOf(text);
    expect(estate.ingresses.map((ingress) => [ingress.ref.name, ingress.apiVersion, ingress.ref.at.line])).toEqual([
      ['a', 'networking.k8s.io/v1', 6],
      ['b', 'networking.k8s.io/v1', 10],
    ]);
    expect(estate.documents).toBe(3);
    expect(codesOf(estate)).toEqual([]);
  });

  it('says that a list at the top of a file is not read', () => {
    const estate = estateOf('- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: []}}\n- 1\n');
    expect(estate.ingresses).toEqual([]);
    expect(findingsOf(estate)[0]).toMatchObject({ code: 'read/top-level-list', args: { count: 1 }, at: { line: 1, column: 1 } });
  });
});

describe('broken documents', () => {
  it('reads everything around a document that does not parse', () => {
    const estate = estateOf(`${ingressText('a')}---\nkind: Ingress\nmetadata: name: x\n---\n${ingressText('b')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['a', 'b']);
    expect(codesOf(estate)).toEqual(['read/syntax in.yaml:13:11']);
  });

  it('keeps the last of repeated keys', () => {
    const text = ingressText('a', '  annotations:\n    x: "1"\n    z: "2"\n    x: "3"\n');
    expect(onlyIngress(text).annotations.map(({ name, value, at }) => [name, value, at.line])).toEqual([
      ['z', '2', 7],
      ['x', '3', 8],
    ]);
    expect(findingsOf(estateOf(text))[0]).toMatchObject({
      code: 'read/duplicate-key',
      args: { key: 'x', first: 6 },
      at: { line: 8, column: 5 },
    });
  });

  it('says that two objects in one document are one', () => {
    const estate = estateOf(ingressText('a') + ingressText('b'));
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['b']);
    expect(codesOf(estate)).toContain('read/duplicate-key in.yaml:12:1');
  });

  it.each([
    ['a control block', '{{- if .Values.ingress }}\n', ''],
    ['a value', '', '  labels: {{ .Values.labels }}\n'],
  ])('recognises a Helm template by %s', (_, before, metadata) => {
    const estate = estateOf(`${before}${ingressText('a', metadata)}---\n${ingressText('b')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['b']);
    expect(codesOf(estate)).toEqual([before === '' ? 'read/helm-template in.yaml:5:11' : 'read/helm-template in.yaml:1:1']);
  });

  it('does not take braces in a value for a Helm template', () => {
    expect(codesOf(estateOf(ingressText('a', '  annotations:\n    notify: "{{ .app }}"\n')))).toEqual([]);
  });

  it('says nothing about templates of kinds that do not matter', () => {
    expect(estateOf('kind: Deployment\nspec: {{ x }}\n').findings).toEqual([]);
  });

  it('reports characters that YAML forbids and reads on', () => {
    const estate = estateOf(`${ingressText('a\0')}---\n${ingressText('b')}---\n${ingressText('c\u0007')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['b']);
    expect(codesOf(estate)).toEqual(['read/invalid-character in.yaml:4:10', 'read/invalid-character in.yaml:26:10']);
  });

  it.each([
    ['[', ']'],
    ['{a: ', '}'],
  ])('survives nesting of %s', (open, close) => {
    for (const levels of [300, 20_000]) {
      const deep = `${ingressText('a', `  labels: ${open.repeat(levels)}${close.repeat(levels)}\n`)}---\n${ingressText('b')}`;
      const estate = estateOf(deep);
      expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['b']);
      expect(findingsOf(estate)[0]?.code).toBe('read/too-deep');
    }
  });

  it('costs the other items of a list nothing when one cannot be read', () => {
    const item = (name: string, extra: string) =>
      `- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: ${name}${extra}}, spec: {rules: []}}\n`;
    const estate = estateOf(`kind: List\nitems:\n${item('a', '')}${item('b', ', labels: *nope')}${item('c', '')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['a', 'c']);
    expect(codesOf(estate)).toEqual(['read/unknown-alias in.yaml:4:81']);
  });
});

describe('anchors', () => {
  it('puts the entries of an alias where they are written', () => {
    const text = ingressText('a', '  x-common: &common\n    k: "1"\n  annotations: *common\n');
    expect(onlyIngress(text).annotations[0]).toMatchObject({ name: 'k', value: '1', at: { line: 6, column: 5 } });
  });

  it('merges where << stands, as kubectl does', () => {
    const text = ingressText(
      'a',
      '  x-1: &one {k: "1", l: "1"}\n  x-2: &two {k: "2", m: "2"}\n  annotations:\n    l: "0"\n    <<: [*one, *two]\n    m: "3"\n',
    );
    const ingress = onlyIngress(text);
    expect(Object.fromEntries(ingress.annotations.map(({ name, value }) => [name, value]))).toEqual({ l: '1', k: '1', m: '3' });
    expect(codesOf(estateOf(text))).toEqual([]);
  });

  it('takes a quoted << for a key', () => {
    expect(onlyIngress(ingressText('a', '  annotations:\n    "<<": "1"\n')).annotations[0]?.name).toBe('<<');
  });

  it('reports a merge of something that is no map', () => {
    expect(codesOf(estateOf(ingressText('a', '  annotations:\n    <<: text\n')))).toEqual(['read/not-mergeable in.yaml:6:9']);
  });

  it('stops an alias bomb', () => {
    const levels = [...'abcdefghi'].map(
      (name, index, all) => `${name}: &${name} [${Array(9).fill(index === 0 ? '1' : `*${all[index - 1]}`)}]\n`,
    );
    const estate = estateOf(`${levels.join('')}${ingressText('a')}---\n${ingressText('b')}`);
    expect(estate.ingresses.map((ingress) => ingress.ref.name)).toEqual(['b']);
    expect(findingsOf(estate)[0]).toMatchObject({ code: 'read/too-many-aliases', args: { limit: MAX_ALIASED_VALUES } });
  });

  it('refuses an anchor that contains itself', () => {
    expect(codesOf(estateOf(ingressText('a', '  labels: &x {k: *x}\n')))).toEqual(['read/unknown-alias in.yaml:5:18']);
  });
});

describe('keys and values', () => {
  it('treats __proto__ and constructor as keys like any other', () => {
    const ingress = onlyIngress(
      ingressText('a', '  annotations:\n    __proto__: "1"\n    constructor: "2"\n  labels:\n    __proto__: "3"\n'),
    );
    expect(ingress.annotations.map(({ name, value }) => [name, value])).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(Object.entries(ingress.labels)).toEqual([['__proto__', '3']]);
  });

  it('names keys as kubectl does', () => {
    // Names that are integers come first in any JavaScript object.
    const ingress = onlyIngress(ingressText('a', '  annotations:\n    on: "1"\n    0x10: "2"\n    ? "quoted"\n    : "3"\n'));
    expect(ingress.annotations.map(({ name }) => name)).toEqual(['16', 'true', 'quoted']);
  });

  it('follows explicit tags', () => {
    const ingress = onlyIngress(ingressText('a', '  annotations:\n    s: !!str true\n    b: !!bool "true"\n    u: !own 1\n'));
    expect(ingress.annotations.map(({ value, malformed }) => [value, malformed ?? false])).toEqual([
      ['true', false],
      ['true', true],
      ['1', false],
    ]);
  });

  it('finds a kind however it is written', () => {
    for (const kind of [
      'kind : Ingress',
      '"kind": "Ingress"',
      "'kind': 'Ingress'",
      'kind:\n  Ingress',
      'kind: !!str Ingress',
      'kind: &k Ingress',
      '? kind\n: Ingress',
      'kind: >-\n  Ingress',
    ]) {
      const text = `apiVersion: networking.k8s.io/v1\n${kind}\nmetadata: {name: a}\nspec: {rules: []}\n`;
      expect(names(text), kind).toEqual(['a']);
    }
  });
});

describe('readDocuments', () => {
  it('locates keys and values, and the deepest part of a path that exists', () => {
    const [document] = readDocuments({ file: 'f', text: ingressText('a') }).documents;
    expect(document?.locate(['metadata', 'name'])).toEqual({ file: 'f', line: 4, column: 9 });
    expect(document?.locate(['metadata', 'name'], 'key')).toEqual({ file: 'f', line: 4, column: 3 });
    expect(document?.locate(['metadata', 'labels', 'x'], 'key')).toEqual({ file: 'f', line: 3, column: 1 });
    expect(document?.written(['spec', 'defaultBackend', 'service', 'port', 'number'])).toBe('80');
    expect(document?.written(['spec', 'nothing'])).toBeNull();
  });
});
