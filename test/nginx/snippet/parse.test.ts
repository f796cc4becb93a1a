import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseNginx } from '../../../rules/nginx-config/parse.ts';

describe('the configuration language', () => {
  it('has words, quotes, variables, comments and blocks', () => {
    const text = `add_header X "a; {b}" always; # deny all;\nif ($a = '}' ) { set $b \${c}d; }`;
    expect(parseNginx(text)).toEqual({
      problem: null,
      directives: [
        { name: 'add_header', args: ['X', 'a; {b}', 'always'], block: null, at: 0, written: 'add_header X "a; {b}" always' },
        {
          name: 'if',
          args: ['($a', '=', '}', ')'],
          at: text.indexOf('if'),
          written: "if ($a = '}' )",
          block: [{ name: 'set', args: ['$b', `\${c}d`], block: null, at: text.indexOf('set'), written: `set $b \${c}d` }],
        },
      ],
    });
  });

  test.each([
    [String.raw`a "x\"y" 'it\'s' \"z;`, ['x"y', "it's", '"z']],
    [String.raw`a "1\n2\t3\\4";`, ['1\n2\t3\\4']],
    [String.raw`a ^(www\.)?b\.test$;`, [String.raw`^(www\.)?b\.test$`]],
    ['a b}c;', ['b}c']],
    ["a ($b != 'c');", ['($b', '!=', 'c', ')']],
  ])('%s', (text, args) => expect(parseNginx(text).directives[0]?.args).toEqual(args));

  it('leaves Lua to Lua', () => {
    const lua = 'access_by_lua_block { -- }\n local a = "}" .. [[ } ]] if x then y = {} end }\ndeny all;';
    expect(parseNginx(lua).directives.map(({ name }) => name)).toEqual(['access_by_lua_block', 'deny']);
  });

  test.each([
    ['a b', '";" is missing at the end', 0],
    ['a { b;', '"}" is missing at the end', 6],
    ['a; }', 'unexpected "}"', 3],
    ['return 403 }', 'unexpected "}"', 11],
    ['; a;', 'unexpected ";"', 0],
    ['{ a; }', 'unexpected "{"', 0],
    ['a "b;', 'a text in " is not closed', 2],
    ['a "b"c;', 'unexpected "c" behind a text in quotes', 2],
  ])('nginx refuses %s', (text, reason, at) => expect(parseNginx(text).problem).toEqual({ reason, at }));

  it('reads anything to its end', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      ';',
      '"',
      "'",
      '#',
      '\n',
      '\\',
      '$',
      '$\u007b',
      ' ',
      'if',
      'deny',
      'x_by_lua_block',
      '[[',
      '--',
    );
    void fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => void parseNginx(parts.join(''))));
    expect(parseNginx(`a${'{b '.repeat(20_000)}`).problem?.reason).toBe('blocks are nested too deeply');
    expect(parseNginx(`"${'a'.repeat(100_000)}`).directives).toHaveLength(1);
  });
});
