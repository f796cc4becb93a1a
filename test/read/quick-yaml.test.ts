import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { composeFully } from '../../src/read/compose.ts';
import { decode } from '../../src/read/decode.ts';
import type { Located } from '../../src/read/located.ts';
import { quickYaml } from '../../src/read/quick/quick-yaml.ts';
import { type Chunk, splitDocuments } from '../../src/read/split.ts';
import { hostileText } from '../hostile-text.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURES = manifests(join(ROOT, 'fixtures'));
const CORPUS = join(ROOT, '../shared/corpus');

function manifests(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => decode(readFileSync(join(folder, name))));
}

/** Values and places. Where a collection ends matters only with documents that are not plain. */
function outline(node: Located): unknown {
  switch (node.kind) {
    case 'scalar':
      return [node.value, node.written, node.at, node.end, node.size];
    case 'list':
      return [node.at, node.size, node.items.map(outline)];
    case 'map':
      return [node.at, node.size, [...node.members].map(([key, member]) => [key, member.keyAt, outline(member.node)])];
    default:
      return node satisfies never;
  }
}

/** Whether the quick reader took it; if so it must be right. */
function compared(chunk: Chunk): boolean {
  const quick = quickYaml(chunk);
  if (quick === null) return false;
  const full = composeFully(chunk).map(({ node, issues }) => [node === null ? null : outline(node), issues]);
  expect([[outline(quick), []]], chunk.text).toEqual(full);
  return true;
}

/** Characters of a text the FORBIDDEN check lets through. */
const allowed = (text: string) => !/[^\n\t\r\P{Cc}\u0085]/u.test(text);

describe('the quick reader agrees with the library', () => {
  it('on every fixture, nearly all of which it takes', () => {
    const taken = FIXTURES.flatMap((text) =>
      splitDocuments(text)
        .filter(({ text: part }) => allowed(part))
        .map(compared),
    );
    expect(taken.filter(Boolean).length / taken.length).toBeGreaterThan(0.9);
  });

  it.skipIf(!existsSync(CORPUS))('on the corpus, nearly all of which it takes (needs ../shared/corpus)', { timeout: 120_000 }, () => {
    const taken = manifests(CORPUS).flatMap((text) =>
      splitDocuments(text)
        .filter(({ text: part }) => allowed(part))
        .map(compared),
    );
    expect(taken.filter(Boolean).length / taken.length).toBeGreaterThan(0.9);
  });

  it('on anything that the library writes', () => {
    const scalar = fc.oneof(
      hostileText,
      fc.constantFrom('a', 'yes', '0x1F', '1.5', 'a: b', 'a #b', '- a', "it's", 'two\nlines\n', ' x\n\n', '\n\na\n b\n\n'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(scalar.map(String), tie('node'), { maxKeys: 3 }),
      ),
    }));
    const styles = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'BLOCK_LITERAL' as const),
      lineWidth: fc.constantFrom(0, 20),
    });
    let taken = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]+$/), node), styles, (value, style) => {
        const text = stringify(value, style);
        if (allowed(text) && compared({ start: 7, text })) taken += 1;
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('on fixtures that somebody damaged', { timeout: 60_000 }, () => {
    const piece = fc.constantFrom(
      ' ', '\n', '  ', '\t', '-', '- ', ':', ': ', '#', ' #', '"', "'", '{', '}', '[', ']', ',', '|', '>', '|-\n', '|2\n', '>+\n', '&a', '*a', '!t ', '?', '? ', '%', '<<: ', '~', '\r', '---', '...', '\\', 'x: ', '- - ', '\n\n', '\n #c\n', '\u0085',
    ); // biome-ignore format: one list
    let taken = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...FIXTURES.filter((text) => text.length < 4000)),
        fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(3), insert: fc.oneof(piece, hostileText) }), {
          minLength: 1,
          maxLength: 3,
        }),
        (text, edits) => {
          let edited = text;
          for (const { at, drop, insert } of edits) {
            const offset = Math.floor(at * edited.length);
            edited = edited.slice(0, offset) + insert + edited.slice(offset + drop);
          }
          for (const chunk of splitDocuments(edited)) if (allowed(chunk.text) && compared(chunk)) taken += 1;
        },
      ),
      { numRuns: 1500, seed: 7 },
    );
    expect(taken).toBeGreaterThan(500);
  });
});

it('reads two million lines in a row without a growing stack or time', () => {
  const text = `a:\n${'- b: c\n'.repeat(200_000)}`;
  const node = quickYaml({ start: 0, text });
  expect(node?.size).toBe(400_002);
});
