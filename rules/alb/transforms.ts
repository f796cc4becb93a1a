import type { Entry } from '../../src/model/entry.ts';
import { family } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX } from './annotation.ts';
import { type Decoder, type JsonValue, json, listOf, objectOf, text } from './json/decode.ts';
import { settingRule } from './setting.ts';

/** A regular expression and what replaces its match; `$1` is the first group. */
export interface AlbRewrite {
  readonly regex: string;
  readonly replace: string;
}

export interface AlbTransforms {
  /** Of path and query, after matching. */
  readonly url: AlbRewrite | null;
  readonly host: AlbRewrite | null;
}

const rewrite = objectOf<AlbRewrite>(
  ({ required }) => ({ regex: required('regex', text, ''), replace: required('replace', text, '') }),
  ['regex', 'replace'],
);

const rewrites = objectOf(
  ({ required, fail }) => {
    const all = required('rewrites', listOf(rewrite), []);
    if (all.length !== 1) fail('a transform takes exactly one rewrite');
    return all[0] ?? { regex: '', replace: '' };
  },
  ['rewrites'],
);

const transform = objectOf(
  ({ required, fail }) => {
    const type = required('type', text, '');
    const none = { regex: '', replace: '' };
    if (type === 'url-rewrite') return { url: required('urlRewriteConfig', rewrites, none), host: null };
    if (type === 'host-header-rewrite') return { url: null, host: required('hostHeaderRewriteConfig', rewrites, none) };
    fail(`"${type}" is no transform: url-rewrite or host-header-rewrite`);
    return { url: null, host: null };
  },
  ['type', 'urlRewriteConfig', 'hostHeaderRewriteConfig'],
);

const all: Decoder<AlbTransforms> = (node, notes) => {
  const list = listOf(transform)(node, notes);
  const [urls, hosts] = [list.flatMap(({ url }) => url ?? []), list.flatMap(({ host }) => host ?? [])];
  if (urls.length > 1 || hosts.length > 1)
    notes.problems.push({ at: node.at, problem: 'one transform of a type is all that a rule takes' });
  return { url: urls[0] ?? null, host: hosts[0] ?? null };
};

const START = `${PREFIX}transforms.`;

/** Rewrites for every path of the Ingress whose backend has that name. */
export const transforms = settingRule({
  id: 'alb/transforms',
  title: 'Rewrites of path and host',
  docs: manual('transforms'),
  scope: 'location',
  becomes: 'the rewrite of a rule, upstreamHost, awsHostRewrite',
  reads: { byName: family(START, json('list of transforms', all)) },
  findings: { malformed: jsonFindings.malformed, 'unknown-member': jsonFindings['unknown-member'] },
});

export function transformsNamed(
  name: string,
  annotations: readonly Entry[],
): { readonly entry: Entry; readonly value: JsonValue<AlbTransforms> } | null {
  const entry = annotations.find((each) => each.name === `${START}${name}` && each.value !== '' && each.malformed !== true);
  const parsed = entry === undefined ? null : transforms.reads.byName.codec.parse(entry.value);
  return entry !== undefined && parsed?.ok === true ? { entry, value: parsed.value } : null;
}
