import type { Finding } from '../../../src/ledger/finding.ts';
import type { PathMatch, Redirect } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { placeOf } from '../settlement.ts';
import { type Changed, changedPath, prefixed } from './changed-path.ts';
import { snippetFindings } from './findings.ts';
import { isHostVariable } from './variables.ts';

export interface TargetInput {
  /** Known variables filled in. */
  readonly text: string;
  readonly status: number;
  readonly by: 'return' | 'rewrite';
  /** The paths that come here. */
  readonly path: PathMatch;
  /** The pattern that `$1` … are groups of; null where there is none. */
  readonly groups: PathMatch | null;
  readonly directive: Directive;
}

export type Target =
  | {
      readonly kind: 'target';
      readonly redirect: Redirect;
      /** The paths of the rule: those that came, put as the redirect needs them. */
      readonly path: PathMatch;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'unknown'; readonly why: string };

type Parts = Pick<Redirect, 'scheme' | 'host' | 'port'>;

/** Where a `return` or `rewrite` sends clients, as nginx puts the Location together. */
export function targetOf(input: TargetInput): Target {
  const { text, by, status, directive } = input;
  const origin = originOf(text);
  if (origin === null) return { kind: 'unknown', why: 'the host of its target depends on the request' };
  const fragmentAt = origin.rest.indexOf('#');
  const fragment = fragmentAt < 0 ? '' : origin.rest.slice(fragmentAt + 1);
  const rest = fragmentAt < 0 ? origin.rest : origin.rest.slice(0, fragmentAt);
  const question = rest.indexOf('?');
  const written = question < 0 ? rest : rest.slice(0, question);
  const query = queryOf(written, question < 0 ? null : rest.slice(question + 1), by);
  if (query === null) return { kind: 'unknown', why: 'the query of its target is put together from variables' };
  const path = redirectPath(withoutQueryVariables(written), input);
  if (path === null) return { kind: 'unknown', why: 'the path of its target is put together from variables' };
  const place = placeOf(directive.entry);
  const target = text.replace(/[#?].*$/s, '');
  const findings: Finding[] = [];
  if (fragment !== '') findings.push(snippetFindings.fragment({ target, fragment }, place));
  // The planner says so where it has nothing else to say of the redirect.
  if (query.kept.kind !== 'keep' && (path.change.kind === 'regex' || path.change.kind === 'prefix'))
    findings.push(snippetFindings['query-dropped']({ target }, place));
  if (query.joined) findings.push(snippetFindings['query-joined']({ target }, place));
  if (query.doubled) findings.push(snippetFindings['query-doubled']({ directive: directive.written }, place));
  if (path.relative) findings.push(snippetFindings['relative-name']({ target }, place));
  const { scheme, host, port } = origin;
  return {
    kind: 'target',
    path: path.match,
    findings,
    redirect: { status, scheme, host, port, path: path.change, query: query.kept, entries: [] },
  };
}

function originOf(text: string): (Parts & { readonly rest: string }) | null {
  if (!text.includes('://')) return { scheme: null, host: null, port: null, rest: text };
  const parts = /^(?:(https?)|\$(?:scheme|pass_access_scheme)):\/\/(?:\$(\w+)|([-.\w]+))(?::(\d{1,5}))?(?=[/$?#]|$)(.*)$/is.exec(text);
  if (parts === null) return null;
  const [, scheme, variable, name = '', port, rest = ''] = parts;
  if (variable !== undefined && !isHostVariable(variable)) return null;
  // `www.$host` is a host; what follows a whole one is a path.
  if (name.endsWith('.') || isHostVariable(/^\$(\w+)/.exec(rest)?.[1] ?? '')) return null;
  const known = scheme?.toLowerCase();
  return {
    scheme: known === 'http' || known === 'https' ? known : null,
    host: variable === undefined ? name.toLowerCase() : null,
    port: port === undefined ? null : Number(port),
    rest,
  };
}

interface Query {
  readonly kept: Redirect['query'];
  readonly joined: boolean;
  readonly doubled: boolean;
}

/** `own`: what stands behind the question mark of the target. */
function queryOf(path: string, own: string | null, by: 'return' | 'rewrite'): Query | null {
  const keep = (doubled = false): Query => ({ kept: { kind: 'keep' }, joined: false, doubled });
  // The variable brings the query along; without `?` a rewrite adds it once more.
  if (path.endsWith('$request_uri')) return own === null ? keep(by === 'rewrite') : own === '' ? keep() : null;
  if (/\$is_args\$(args|query_string)$/.test(path) || own === '$args' || own === '$query_string')
    return keep(by === 'rewrite' && own !== '');
  if (own === null) return by === 'rewrite' ? keep() : { kept: { kind: 'drop' }, joined: false, doubled: false };
  if (own === '') return { kept: { kind: 'drop' }, joined: false, doubled: false };
  if (own.includes('$')) return null;
  // A question mark at the very end keeps the client's query away.
  return own.endsWith('?')
    ? { kept: { kind: 'set', value: own.slice(0, -1) }, joined: false, doubled: false }
    : { kept: { kind: 'set', value: own }, joined: by === 'rewrite', doubled: false };
}

function withoutQueryVariables(path: string): string {
  return path.replace(/\$is_args\$(args|query_string)$/, '');
}

function redirectPath(written: string, { path, groups }: TargetInput): (Changed & { readonly relative: boolean }) | null {
  const [, before, variable] = /^([^$]*)\$(request_uri|uri|document_uri)$/.exec(written) ?? [];
  if (variable !== undefined && before !== undefined) {
    const changed = prefixed(before.replace(/\/$/, ''), path);
    return changed === null ? null : { ...changed, relative: false };
  }
  const relative = written !== '' && !/^[/$]/.test(written);
  const changed = changedPath(relative || written === '' ? `/${written}` : written, path, groups);
  return changed === null ? null : { ...changed, relative };
}
