import type { AwsClaim } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { at } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX } from './annotation.ts';
import { type Books, settle } from './books.ts';
import type { Member } from './group.ts';
import { json, listOf, objectOf, text } from './json/decode.ts';
import { malformed, readFrom, settingRule } from './setting.ts';

const claim = objectOf<AwsClaim>(
  ({ required, fail }) => {
    const format = required('format', text, 'single-string');
    const isFormat = format === 'single-string' || format === 'string-array' || format === 'space-separated-values';
    if (!isFormat) fail(`"${format}" is no format of a claim: single-string, string-array or space-separated-values`);
    return { format: isFormat ? format : 'single-string', name: required('name', text, ''), values: required('values', listOf(text), []) };
  },
  ['format', 'name', 'values'],
);

const validation = objectOf(
  ({ required, optional }) => ({
    jwksEndpoint: required('jwksEndpoint', text, ''),
    issuer: required('issuer', text, ''),
    claims: optional('additionalClaims', listOf(claim)) ?? [],
  }),
  ['jwksEndpoint', 'issuer', 'additionalClaims'],
);

/** Of the Ingress alone, over HTTPS only. */
export const jwtValidation = settingRule({
  id: 'alb/jwt-validation',
  title: 'Validation of tokens',
  docs: manual('jwt-validation'),
  scope: 'location',
  becomes: 'awsJwt',
  reads: { validation: at(`${PREFIX}jwt-validation`, json('token validation', validation)) },
  findings: { malformed: jsonFindings.malformed },
});

export function jwtIntents({ annotations }: Member, books: Books): readonly AwsIntent[] {
  const read = readFrom(jwtValidation.reads.validation, annotations);
  if (read.state !== 'valid') return [];
  const { entry, value } = read;
  if (value.kind === 'read') return [{ kind: 'awsJwt', ...value.value, entries: [entry] }];
  settle(books, [entry], 'manual', malformed(entry, value));
  return [{ kind: 'awsJwt', issuer: null, jwksEndpoint: null, claims: [], entries: [entry] }];
}
