import type { GkeCdn } from '../../../src/intent/gke.ts';
import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { type Read, valueOr } from '../../../src/rule/codec.ts';
import {
  boolField,
  choiceField,
  entriesUnder,
  type FieldCodec,
  intField,
  lengthAt,
  readField,
  textField,
  valueAt,
} from '../object-fields.ts';
import { inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, type BackendPart, type BackendUse, DOCS, notOnScheme, refused, together } from './rule.ts';

const find = defineFindings('gke/cdn', {
  off: {
    level: 'note',
    message: (_: NoArgs) => 'Cloud CDN is switched off, so its settings have no effect',
  },
  'other-mode': {
    level: 'note',
    message: (a: { field: string; mode: string }) => `${a.field} has no effect with cacheMode ${a.mode}`,
  },
  'query-not-in-key': {
    level: 'note',
    message: (a: { field: string }) => `${a.field} has no effect: the query is not part of the cache key`,
  },
});

const CDN = ['spec', 'cdn'];
const KEY = [...CDN, 'cachePolicy'];
const SECONDS = intField(0, 31_622_400);
const CODES = [300, 301, 302, 307, 308, 404, 405, 410, 421, 451, 501];

const codeField: FieldCodec<number> = {
  parse: (value) =>
    typeof value === 'number' && CODES.includes(value) ? { ok: true, value } : { ok: false, reason: `none of ${CODES.join(', ')}` },
};

/** https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#cloud_cdn */
export const cdn: BackendConfigRule = {
  id: 'gke/cdn',
  title: 'Cloud CDN',
  docs: DOCS,
  fields: [
    'spec.cdn.enabled',
    'spec.cdn.cachePolicy.includeHost',
    'spec.cdn.cachePolicy.includeProtocol',
    'spec.cdn.cachePolicy.includeQueryString',
    'spec.cdn.cachePolicy.queryStringBlacklist[]',
    'spec.cdn.cachePolicy.queryStringWhitelist[]',
    'spec.cdn.cacheMode',
    'spec.cdn.clientTtl',
    'spec.cdn.defaultTtl',
    'spec.cdn.maxTtl',
    'spec.cdn.negativeCaching',
    'spec.cdn.negativeCachingPolicy[].code',
    'spec.cdn.negativeCachingPolicy[].ttl',
    'spec.cdn.requestCoalescing',
    'spec.cdn.serveWhileStale',
    'spec.cdn.bypassCacheOnRequestHeaders[].headerName',
    'spec.cdn.signedUrlCacheMaxAgeSec',
    'spec.cdn.signedUrlKeys[].keyName',
    'spec.cdn.signedUrlKeys[].keyValue',
    'spec.cdn.signedUrlKeys[].secretName',
  ],
  findings: find,
  convert(config, use) {
    const all = entriesUnder(config, CDN);
    const [first] = all;
    if (first === undefined) return {};
    const enabled = readField(config, [...CDN, 'enabled'], boolField);
    if (enabled.state === 'invalid')
      return together([
        refused(enabled, config, use),
        {
          settled: inert(
            all.filter((entry) => entry !== enabled.entry),
            find.off({}, placeOf(first, use.ingress)),
          ),
        },
      ]);
    if (!valueOr(enabled, false)) return { settled: inert(all, find.off({}, placeOf(first, use.ingress))) };
    if (use.scheme !== 'external') return notOnScheme('Cloud CDN', all, use);
    return together([policy(config, use), signedUrls(config)]);
  },
};

/** The signature of a request is checked by the CDN; a backend may rely on it. */
function signedUrls(config: OtherObject): BackendPart {
  const entries = entriesUnder(config, [...CDN, 'signedUrlKeys']).toSorted(
    (a, b) => Number(a.name.endsWith('.keyValue')) - Number(b.name.endsWith('.keyValue')),
  );
  if (lengthAt(config, [...CDN, 'signedUrlKeys']) === 0 || entries.length === 0) return {};
  return {
    intents: [
      {
        kind: 'rawAccessControl',
        language: 'Cloud CDN',
        restricts: 'signed URLs: a request with a wrong or expired signature is refused',
        entries,
      },
    ],
  };
}

function policy(config: OtherObject, use: BackendUse): BackendPart {
  const parts: BackendPart[] = [];
  const read = <T, F>(path: readonly (string | number)[], codec: FieldCodec<T>, fallback: F): T | F => {
    const value: Read<T> = readField(config, path, codec);
    if (value.state === 'invalid') parts.push(refused(value, config, use));
    return valueOr(value, fallback);
  };
  const unused: { readonly path: readonly (string | number)[]; readonly finding: 'other-mode' | 'query-not-in-key' }[] = [];
  const cacheMode = read(
    [...CDN, 'cacheMode'],
    choiceField('CACHE_ALL_STATIC', 'USE_ORIGIN_HEADERS', 'FORCE_CACHE_ALL'),
    'CACHE_ALL_STATIC',
  );
  const ttl = (name: string, fallback: number, applies: boolean): number | null => {
    if (applies) return read([...CDN, name], SECONDS, fallback);
    unused.push({ path: [...CDN, name], finding: 'other-mode' });
    return null;
  };
  const hasKey = valueAt(config, KEY) !== undefined;
  const includeQueryString = read([...KEY, 'includeQueryString'], boolField, !hasKey);
  const parameters = (name: string): readonly string[] => {
    if (!includeQueryString) unused.push({ path: [...KEY, name], finding: 'query-not-in-key' });
    return texts(config, [...KEY, name], (path) => read(path, textField, null));
  };
  const [included, excluded] = [parameters('queryStringWhitelist'), parameters('queryStringBlacklist')];
  const negativeCaching = read([...CDN, 'negativeCaching'], boolField, true);
  const codes = Array.from({ length: lengthAt(config, [...CDN, 'negativeCachingPolicy']) }, (_, index) => ({
    code: read([...CDN, 'negativeCachingPolicy', index, 'code'], codeField, null),
    ttl: read([...CDN, 'negativeCachingPolicy', index, 'ttl'], intField(0, 1800), 0),
  }));
  const bypass = Array.from({ length: lengthAt(config, [...CDN, 'bypassCacheOnRequestHeaders']) }, (_, index) =>
    read([...CDN, 'bypassCacheOnRequestHeaders', index, 'headerName'], textField, null),
  );
  read([...CDN, 'signedUrlCacheMaxAgeSec'], SECONDS, 0);
  const settings: GkeCdn = {
    cacheMode,
    clientTtl: ttl('clientTtl', 3600, cacheMode !== 'USE_ORIGIN_HEADERS'),
    defaultTtl: ttl('defaultTtl', 3600, cacheMode !== 'USE_ORIGIN_HEADERS'),
    maxTtl: ttl('maxTtl', 86_400, cacheMode === 'CACHE_ALL_STATIC'),
    serveWhileStale: read([...CDN, 'serveWhileStale'], SECONDS, 86_400),
    requestCoalescing: read([...CDN, 'requestCoalescing'], boolField, true),
    negativeCaching,
    negativeCachingPolicy: negativeCaching
      ? codes.flatMap(({ code, ttl: seconds }) => (code === null ? [] : [{ code, ttl: seconds }]))
      : [],
    bypassHeaders: bypass.filter((name) => name !== null),
    cacheKey: {
      includeHost: read([...KEY, 'includeHost'], boolField, !hasKey),
      includeProtocol: read([...KEY, 'includeProtocol'], boolField, !hasKey),
      includeQueryString,
      includedParameters: includeQueryString ? included : [],
      excludedParameters: includeQueryString ? excluded : [],
    },
  };
  const idle = unused.flatMap(({ path, finding }) =>
    entriesUnder(config, path).flatMap((entry) =>
      inert([entry], find[finding]({ field: entry.name, mode: cacheMode }, placeOf(entry, use.ingress))),
    ),
  );
  const done = new Set([...parts.flatMap((part) => part.settled ?? []), ...idle].map(({ entry }) => entry));
  const keys = new Set(entriesUnder(config, [...CDN, 'signedUrlKeys']));
  const entries = entriesUnder(config, CDN)
    .filter((entry) => !done.has(entry) && !keys.has(entry))
    .toSorted((a, b) => Number(b.name === 'spec.cdn.enabled') - Number(a.name === 'spec.cdn.enabled'));
  return together([...parts, { settled: idle, intents: [{ kind: 'gke', feature: 'cdn', ...settings, entries }] }]);
}

function texts(
  config: OtherObject,
  path: readonly string[],
  read: (path: readonly (string | number)[]) => string | null,
): readonly string[] {
  return Array.from({ length: lengthAt(config, path) }, (_, index) => read([...path, index])).filter((text) => text !== null);
}
