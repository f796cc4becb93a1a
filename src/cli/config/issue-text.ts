import type * as z from 'zod';
import { appendSegment } from '../../model/field-path.ts';
import { nearest } from '../../rule/nearest.ts';
import { configSchema } from './schema.ts';

export interface IssueText {
  readonly path: readonly (string | number)[];
  /** Whether the mistake is the key itself. */
  readonly what: 'key' | 'value';
  readonly text: string;
}

const WAIVER_KEYS = ['code', 'ingress', 'setting', 'reason', 'until'];

/** What a person did wrong in the file, in a sentence with what was probably meant. */
export function issueTexts(issue: z.core.$ZodIssue): readonly IssueText[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = path.length === 0 ? Object.keys(configSchema.shape) : WAIVER_KEYS;
    return issue.keys.map((key) => ({ path: [...path, key], what: 'key' as const, text: unknownKey(key, known) }));
  }
  const name = path.length === 0 ? 'the file' : path.reduce<string>(appendSegment, '');
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const given = typeof issue.input === 'string' ? issue.input : '';
    // Numbers have no spelling.
    const meant = /[a-z]/i.test(given) ? nearest(given, known) : null;
    const hint = meant === null ? '' : `; did you mean ${meant}?`;
    return [{ path, what: 'value', text: `${name} has to be one of ${known.join(', ')}${given === '' ? '' : `, not "${given}"`}${hint}` }];
  }
  if (issue.code === 'invalid_type') {
    const missing = issue.input === undefined;
    return [{ path, what: 'value', text: missing ? `${name} is missing` : `${name} has to be ${KINDS[issue.expected] ?? issue.expected}` }];
  }
  return [{ path, what: 'value', text: `${name}: ${issue.message}` }];
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys and values',
  record: 'a set of keys and values',
};

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `there is no setting "${key}"${meant === null ? ` (known: ${known.filter((name) => name !== '$schema').join(', ')})` : `; did you mean ${meant}?`}`;
}
