import type { ReportInput } from './input.ts';

/** `standard/body-size/no-field` → `Body size: no field`; with the title of the rule's behaviour where one owns the code. */
export function codeTitle(code: string, behaviourOf: ReportInput['behaviourOf']): string {
  const [first = '', ...rest] = code.split('/');
  const [behaviour = first, name = ''] = rest.length === 0 ? [first] : rest.length === 1 ? [first, rest[0]] : rest;
  const title = behaviourOf(code)?.title ?? words(behaviour).replace(/^./, (letter) => letter.toUpperCase());
  return name === '' ? title : `${title}: ${words(name)}`;
}

function words(text: string): string {
  return text.replaceAll('-', ' ');
}
