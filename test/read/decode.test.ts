import { describe, expect, it } from 'vitest';
import { decode } from '../../src/read/decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('decode', () => {
  it.each([
    ['UTF-8', utf8('é\n😀\uFFFD'), 'é\n😀\uFFFD'],
    ['a byte order mark', utf8('\uFEFFa'), 'a'],
    ['UTF-16, little end first', utf16('\uFEFFa: é', true), 'a: é'],
    ['UTF-16, big end first', utf16('\uFEFFa: é', false), 'a: é'],
    ['nothing', utf8(''), ''],
  ])('decodes %s', (_, bytes, text) => {
    expect(decode(bytes)).toBe(text);
  });

  it('turns bytes that are not UTF-8 into NUL and leaves genuine replacement characters', () => {
    expect(decode(Uint8Array.from([...utf8('\uFEFFa\uFFFD\r\nb'), 0xe9, 0x0a, ...utf8('ü'), 0xff]))).toBe('a\uFFFD\r\nb\0\nü\0');
  });

  it('turns what is not UTF-16 into NUL', () => {
    expect(decode(utf16('\uFEFFa\uD800b', true))).toBe('a\0b');
  });
});
