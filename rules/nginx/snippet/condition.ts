import type { Entry } from '../../../src/model/entry.ts';
import type { PathMatch, Scheme, ValueMatch } from '../../../src/route/table.ts';
import type { BranchMatch } from './branch.ts';
import { type ConditionWords, conditionWords, type Operator } from './condition-words.ts';
import { pathsWith } from './path-pattern.ts';
import { asksTheClient } from './restricting.ts';
import { findText } from './text-pattern.ts';
import { anywhere, ignoringCase } from './value-pattern.ts';
import { fill, isHostVariable, type Variables } from './variables.ts';

/** What the condition of an `if` asks of a request. */
export type Condition =
  | { readonly kind: 'known'; readonly holds: boolean; readonly groups: readonly string[]; readonly entries: readonly Entry[] }
  /** Holds where the match does, or with `negated` where it does not. */
  | {
      readonly kind: 'match';
      readonly match: Partial<BranchMatch>;
      readonly negated: boolean;
      readonly note: 'with-query' | null;
      readonly entries: readonly Entry[];
    }
  | { readonly kind: 'unknown'; readonly why: string; readonly asksTheClient: boolean };

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export function conditionOf(args: readonly string[], variables: Variables): Condition {
  const words = conditionWords(args);
  if (words === null || words.kind === 'file')
    return { kind: 'unknown', why: 'it looks for files of the controller', asksTheClient: false };
  const asks = asksTheClient(words.variable);
  const unknown = (why: string): Condition => ({ kind: 'unknown', why, asksTheClient: asks });
  const subject = fill(`$${words.variable}`, variables);
  const value = words.kind === 'compare' ? fill(words.value, variables) : null;
  // nginx fills variables into what it compares with `=`; patterns have none.
  if (value !== null && words.kind === 'compare' && !isPattern(words.operator) && value.left.length > 0)
    return unknown(`it compares with $${value.left[0] ?? ''}`);
  const entries = [...subject.entries, ...(value?.entries ?? [])];
  const operand = words.kind === 'compare' && isPattern(words.operator) ? words.value : (value?.text ?? '');
  if (subject.left.length === 0) return compareKnown(words, subject.text, operand, entries) ?? unknown('its pattern cannot be read');
  const made = byVariable(words, operand);
  return made === null
    ? unknown(`what $${words.variable} is cannot be told from a request alone`)
    : { ...made, ...(made.kind === 'unknown' ? {} : { entries }) };
}

function isPattern(operator: Operator): boolean {
  return operator.includes('~');
}

function compareKnown(words: ConditionWords, text: string, operand: string, entries: readonly Entry[]): Condition | null {
  const known = (holds: boolean, groups: readonly string[] = []): Condition => ({ kind: 'known', holds, groups, entries });
  if (words.kind !== 'compare') return known(text !== '' && text !== '0');
  if (words.operator === '=') return known(text === operand);
  if (words.operator === '!=') return known(text !== operand);
  const found = findText(operand, words.operator.endsWith('*'), text);
  if (found === null) return null;
  return known(found.matches !== words.operator.startsWith('!'), found.groups);
}

type Made = Condition | null;

function byVariable(words: Exclude<ConditionWords, { kind: 'file' }>, operand: string): Made {
  const { variable } = words;
  if (isHostVariable(variable)) return null;
  const ports: Readonly<Record<string, Readonly<Record<Scheme, string>>>> = {
    scheme: { http: 'http', https: 'https' },
    pass_access_scheme: { http: 'http', https: 'https' },
    https: { http: '', https: 'on' },
    server_port: { http: '80', https: '443' },
  };
  const bySchemes = ports[variable];
  if (bySchemes !== undefined) return byScheme(words, operand, bySchemes);
  if (variable === 'request_method') return byMethod(words, operand);
  if (/^(request_uri|uri|document_uri)$/.test(variable)) return byPath(words, operand, variable === 'request_uri');
  const [, source, name = ''] = /^(http|cookie|arg)_(\w+)$/.exec(variable) ?? [];
  switch (source) {
    case 'http':
      return byValue(words, operand, name === 'cookie' ? 'Cookie' : headerName(name), 'headers');
    case 'cookie':
      return byValue(words, operand, name, 'cookies');
    case 'arg':
      return byValue(words, operand, name, 'queryParams');
    default:
      return null;
  }
}

function headerName(variable: string): string {
  return variable
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('-');
}

function byScheme(words: ConditionWords, operand: string, values: Readonly<Record<Scheme, string>>): Made {
  const schemes: readonly Scheme[] = ['http', 'https'];
  const results = schemes.map((scheme) => compareKnown(words, values[scheme], operand, []));
  const holding = schemes.filter((_, index) => results[index]?.kind === 'known' && results[index].holds);
  if (results.includes(null)) return null;
  const [only = null] = holding;
  if (holding.length !== 1) return { kind: 'known', holds: holding.length === 2, groups: [], entries: [] };
  return { kind: 'match', match: { scheme: only }, negated: false, note: null, entries: [] };
}

function byMethod(words: ConditionWords, operand: string): Made {
  if (words.kind !== 'compare') return { kind: 'known', holds: true, groups: [], entries: [] };
  const { operator } = words;
  const negated = operator.startsWith('!');
  if (!isPattern(operator)) return { kind: 'match', match: { methods: [operand] }, negated, note: null, entries: [] };
  const found = METHODS.map((method) => findText(operand, operator.endsWith('*'), method));
  if (found.includes(null)) return null;
  const methods = METHODS.filter((_, index) => found[index]?.matches === true);
  if (methods.length === 0) return { kind: 'known', holds: negated, groups: [], entries: [] };
  return { kind: 'match', match: { methods }, negated, note: null, entries: [] };
}

function byPath(words: ConditionWords, operand: string, withQuery: boolean): Made {
  if (words.kind !== 'compare') return { kind: 'known', holds: true, groups: [], entries: [] };
  const negated = words.operator.startsWith('!');
  const made = (path: PathMatch): Condition => ({
    kind: 'match',
    match: { path },
    negated,
    note: withQuery && (path.kind === 'exact' || /\$\)?$/.test(operand)) ? 'with-query' : null,
    entries: [],
  });
  if (!isPattern(words.operator)) return operand.startsWith('/') && !operand.includes('?') ? made({ kind: 'exact', value: operand }) : null;
  // What looks at the query is no path.
  if (withQuery && /\\\?|\[[^\]]*\?|[=&]/.test(operand)) return null;
  const path = pathsWith(operand, words.operator.endsWith('*'));
  return path === null ? null : made(path);
}

function byValue(words: ConditionWords, operand: string, name: string, where: 'headers' | 'cookies' | 'queryParams'): Made {
  const made = (value: string, kind: ValueMatch['kind'], negated: boolean): Condition => ({
    kind: 'match',
    match: { [where]: [{ name, value, kind }] },
    negated,
    note: null,
    entries: [],
  });
  // A variable alone holds where it is neither empty nor "0".
  if (words.kind !== 'compare') return made('[^0]|..+', 'regex', false);
  const negated = words.operator.startsWith('!');
  if (!isPattern(words.operator)) return operand === '' ? made('.+', 'regex', !negated) : made(operand, 'exact', negated);
  const pattern = words.operator.endsWith('*') ? ignoringCase(operand) : operand;
  return pattern === null ? null : made(anywhere(pattern), 'regex', negated);
}
