/** The condition of an `if`, taken apart. */
export type ConditionWords =
  | { readonly kind: 'set'; readonly variable: string }
  | { readonly kind: 'compare'; readonly variable: string; readonly operator: Operator; readonly value: string }
  | { readonly kind: 'file' };

export type Operator = '=' | '!=' | '~' | '~*' | '!~' | '!~*';

/** null where nginx refuses the condition. */
export function conditionWords(args: readonly string[]): ConditionWords | null {
  const words = withoutParentheses(args);
  if (words === null) return null;
  const [first = '', second = '', ...rest] = words;
  if (/^!?-[fdex]$/.test(first)) return words.length === 2 ? { kind: 'file' } : null;
  const variable = /^\$\{?(\w+)\}?$/.exec(first)?.[1];
  if (variable === undefined) return null;
  if (words.length === 1) return { kind: 'set', variable };
  const operator = OPERATORS.find((each) => each === second);
  const [value] = rest;
  return operator === undefined || value === undefined || rest.length > 1 ? null : { kind: 'compare', variable, operator, value };
}

const OPERATORS: readonly Operator[] = ['=', '!=', '~', '~*', '!~', '!~*'];

function withoutParentheses(args: readonly string[]): readonly string[] | null {
  const words = [...args];
  const first = words[0] ?? '';
  if (!first.startsWith('(')) return null;
  words[0] = first.slice(1);
  if (words[0] === '') words.shift();
  const last = words.at(-1) ?? '';
  if (!last.endsWith(')')) return null;
  words[words.length - 1] = last.slice(0, -1);
  if (words.at(-1) === '') words.pop();
  return words.length === 0 ? null : words;
}
