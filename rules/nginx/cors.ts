import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import { entryOf, goBool, goInt, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, warningsOf, withoutPartner } from './annotation.ts';
import { exposedHeaders, headerNames, methodNames, origins } from './cors-codecs.ts';
import { inert, placeOf } from './settlement.ts';

const METHODS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];
const HEADERS: readonly string[] =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization'.split(',');
const MAX_AGE_SECONDS = 1_728_000;

const find = defineFindings('nginx/cors', {
  'any-origin': {
    level: 'warning',
    message: (a: { value: string }) =>
      `cors-allow-origin "${a.value}" has an illegal character somewhere, which makes the controller allow every origin`,
    help: () => 'Written as it is served. Correct the list (no trailing slash, no path) to allow only the origins that were meant.',
    security: true,
  },
  'origin-skipped': {
    level: 'warning',
    message: (a: { origins: string }) => `the controller skips origins without a scheme: ${a.origins}`,
    help: () => 'They were left out here as well. Write https:// in front if they were meant.',
  },
  'no-origin': {
    level: 'warning',
    message: (_: NoArgs) => 'no origin with a scheme is left, so the controller sends no CORS headers at all',
    help: () => 'Nothing was written for CORS. Write https:// in front of the origins if they were meant.',
  },
});

export const cors = defineRule({
  id: 'nginx/cors',
  title: 'Cross-origin requests',
  docs: manual('enable-cors'),
  scope: 'location',
  becomes: 'cors',
  reads: {
    enabled: at(`${PREFIX}enable-cors`, goBool),
    origin: at(`${PREFIX}cors-allow-origin`, origins),
    methods: at(`${PREFIX}cors-allow-methods`, methodNames),
    headers: at(`${PREFIX}cors-allow-headers`, headerNames),
    expose: at(`${PREFIX}cors-expose-headers`, exposedHeaders),
    credentials: at(`${PREFIX}cors-allow-credentials`, goBool),
    maxAge: at(`${PREFIX}cors-max-age`, goInt),
  },
  findings: find,
  convert({ read }) {
    const { enabled, origin, methods, headers, expose, credentials, maxAge } = read;
    const all = [origin, methods, headers, expose, credentials, maxAge];
    if (!valueOr(enabled, false)) {
      const settled = [
        ...replaced(enabled, 'false'),
        ...asDefault(enabled),
        ...all.flatMap((each) => withoutPartner(each, 'enable-cors: "true"')),
      ];
      return { settled, findings: warningsOf(settled) };
    }
    const settled: Settlement[] = [
      ...(origin.state === 'invalid'
        ? inert([origin.entry], find['any-origin']({ value: origin.entry.value }, placeOf(origin.entry)))
        : []),
      ...replaced(methods, METHODS.join(', ')),
      ...replaced(headers, HEADERS.join(',')),
      ...replaced(expose, 'empty'),
      ...replaced(credentials, 'true'),
      ...replaced(maxAge, String(MAX_AGE_SECONDS)),
    ];
    const findings = [...warningsOf(settled)];
    const allowed = valueOr(origin, { listed: ['*'], skipped: [] });
    const valid = [enabled, ...all].flatMap((each) => (each.state === 'valid' ? entryOf(each) : []));
    const place = origin.state === 'absent' ? {} : placeOf(origin.entry);
    if (allowed.listed.length === 0) {
      const finding = find['no-origin']({}, place);
      return { settled: [...settled, ...inert(valid, finding)], findings: [...findings, finding] };
    }
    if (allowed.skipped.length > 0) findings.push(find['origin-skipped']({ origins: allowed.skipped.join(', ') }, place));
    return {
      settled,
      findings,
      intents: [
        {
          kind: 'cors',
          origins: allowed.listed,
          methods: valueOr(methods, METHODS),
          headers: valueOr(headers, HEADERS),
          exposeHeaders: valueOr(expose, []),
          credentials: valueOr(credentials, true),
          maxAgeSeconds: valueOr(maxAge, MAX_AGE_SECONDS),
          entries: valid,
        },
      ],
    };
  },
});
