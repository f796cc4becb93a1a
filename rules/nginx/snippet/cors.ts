import type { Intent, IntentOf } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Branch } from './branch.ts';

/** What a browser may send to another origin without asking first. */
const SIMPLE_METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];
/** How long browsers keep the answer of a preflight request that does not say. */
const SILENT_MAX_AGE_SECONDS = 5;

/**
 * `if ($request_method = OPTIONS) { add_header Access-Control-…; return 204; }`: the answer to preflight requests of
 * browsers, written by hand.
 */
export function isPreflight({ match, outcome }: Branch): boolean {
  if (outcome.kind !== 'respond' || outcome.status < 200 || outcome.status > 204) return false;
  const others = match.headers.length + match.cookies.length + match.queryParams.length;
  return match.scheme === null && others === 0 && match.methods?.length === 1 && match.methods[0] === 'OPTIONS';
}

/** The headers of both answers as one setting; null where there is no one origin, or every, in them. */
export function corsOf(preflight: readonly Intent[], answer: readonly Intent[], entries: readonly Entry[]): IntentOf<'cors'> | null {
  const found = new Map([...headersIn(answer), ...headersIn(preflight)]);
  const origin = found.get('access-control-allow-origin')?.value.trim() ?? '';
  if (!/^(\*|https?:\/\/[^\s,]+)$/.test(origin)) return null;
  const list = (name: string): readonly string[] | null =>
    found
      .get(`access-control-${name}`)
      ?.value.split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '') ?? null;
  const seconds = Number(found.get('access-control-max-age')?.value ?? SILENT_MAX_AGE_SECONDS);
  return {
    kind: 'cors',
    origins: [origin],
    methods: list('allow-methods') ?? SIMPLE_METHODS,
    headers: list('allow-headers') ?? [],
    exposeHeaders: list('expose-headers') ?? [],
    credentials: found.get('access-control-allow-credentials')?.value === 'true',
    maxAgeSeconds: Number.isSafeInteger(seconds) ? seconds : SILENT_MAX_AGE_SECONDS,
    entries: [
      ...new Set([...entries, ...[...found.values()].flatMap((header) => header.entries), ...cors(answer).flatMap((each) => each.entries)]),
    ],
  };
}

/** Those that the filter sends by itself are no headers besides. */
export function withoutCors(intents: readonly Intent[]): readonly Intent[] {
  const taken = cors(intents);
  return intents.filter((intent) => !taken.includes(intent));
}

function cors(intents: readonly Intent[]): readonly Intent[] {
  return intents.filter((intent) => headersIn([intent]).length > 0);
}

interface Header {
  readonly value: string;
  readonly entries: readonly Entry[];
}

/** By name in lower case: an intent of a snippet sets one header. */
function headersIn(intents: readonly Intent[]): readonly (readonly [string, Header])[] {
  return intents.flatMap((intent) =>
    intent.kind === 'responseHeaders'
      ? [...intent.set, ...intent.add].flatMap(({ name, value }): readonly (readonly [string, Header])[] => {
          const key = name.toLowerCase();
          return key.startsWith('access-control-') ? [[key, { value, entries: intent.entries }]] : [];
        })
      : [],
  );
}
