import type { Entry } from '../../../src/model/entry.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { expiresHeaders } from './expires.ts';
import { snippetFindings } from './findings.ts';
import { allOf, asDefault, type Effects, type Family, innermostOf, type Levels, notCarried, type Scope } from './levels.ts';
import { fill } from './variables.ts';

/** What becomes of one header of the response. */
interface Change {
  name: string;
  /** What the backend sends goes. */
  removed: boolean;
  /** In its place, or beside it. */
  readonly values: string[];
  readonly entries: Entry[];
}

type Changes = Map<string, Change>;

/**
 * `more_*` changes what is there already, of all levels; `add_header` adds, later, and only the innermost level's count. A
 * filter has one action for each header, so that they are put together by name.
 */
export const responseHeaders: Family = {
  names: new Set(['add_header', 'more_set_headers', 'more_clear_headers', 'proxy_hide_header', 'expires']),
  apply(levels, scope, effects) {
    const changes: Changes = new Map();
    for (const directive of innermostOf(levels, effects, 'proxy_hide_header')) hide(directive, changes);
    for (const directive of allOf(levels, 'more_set_headers', 'more_clear_headers')) setOrClear(directive, scope, changes, effects);
    for (const directive of innermostOf(levels, effects, 'expires')) expire(directive, changes, effects);
    for (const directive of added(levels, scope, effects)) addHeader(directive, scope, changes, effects);
    for (const [key, change] of changes) {
      const { name, removed, values, entries } = change;
      const value = values.join(', ');
      const action = values.length === 0 ? { remove: [name] } : removed ? { set: [{ name, value }] } : { add: [{ name, value }] };
      if (removed || values.length > 0) effects.intents.push({ kind: 'responseHeaders', set: [], add: [], remove: [], ...action, entries });
      else changes.delete(key);
    }
  },
};

/** The controller's own `add_header Set-Cookie` for external authentication replaces those of the server. */
function added(levels: Levels, scope: Scope, effects: Effects): readonly Directive[] {
  if (!scope.has('auth-url')) return innermostOf(levels, effects, 'add_header');
  for (const directive of [...levels.http, ...levels.server].filter(({ name }) => name === 'add_header')) {
    const by = 'the one that the controller writes for auth-url';
    const finding = snippetFindings.inherited({ directive: directive.written, by }, placeOf(directive.entry));
    effects.settled.push(...inert([directive.entry], finding));
  }
  return innermostOf({ ...levels, http: [], server: [] }, effects, 'add_header');
}

function changeOf(changes: Changes, name: string, entry: Entry): Change {
  const key = name.toLowerCase();
  const change = changes.get(key) ?? { name, removed: false, values: [], entries: [] };
  changes.set(key, change);
  if (!change.entries.includes(entry)) change.entries.push(entry);
  return change;
}

function hide({ args, entry }: Directive, changes: Changes): void {
  for (const name of args) changeOf(changes, name, entry).removed = true;
}

function setOrClear(directive: Directive, scope: Scope, changes: Changes, effects: Effects): void {
  const { name: kind, args, entry } = directive;
  if (args.some((arg) => /^-[st]$/.test(arg))) {
    notCarried(directive, 'it holds for certain statuses or types only', effects);
    return;
  }
  const adds = args.includes('-a');
  const headers = args.filter((arg) => arg !== '-a').flatMap((arg) => (kind === 'more_clear_headers' ? arg.split(',') : [arg]));
  const parsed = headers.map((header) => headerOf(header, scope));
  const unknown = parsed.find(({ problem }) => problem !== null);
  if (unknown !== undefined) {
    notCarried(directive, unknown.problem ?? '', effects);
    return;
  }
  for (const { name, value, entries } of parsed) {
    const change = changeOf(changes, name, entry);
    change.entries.push(...entries.filter((each) => !change.entries.includes(each)));
    if (!adds) {
      change.removed = true;
      change.values.length = 0;
    }
    if (kind === 'more_set_headers' && value !== '') change.values.push(value);
  }
}

interface Header {
  readonly name: string;
  readonly value: string;
  readonly entries: readonly Entry[];
  readonly problem: string | null;
}

/** `Name: value`; without a value the header goes. */
export function headerOf(text: string, { variables }: Pick<Scope, 'variables'>): Header {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const { text: value, left, entries } = fill(colon < 0 ? '' : text.slice(colon + 1).trim(), variables);
  const problem = name.includes('*')
    ? 'it names several headers by their beginning'
    : left[0] === undefined
      ? null
      : `its value depends on $${left[0]}`;
  return { name, value, entries, problem };
}

function expire(directive: Directive, changes: Changes, effects: Effects): void {
  const headers = expiresHeaders(directive.args);
  if (headers === 'off') {
    asDefault(directive, effects);
    return;
  }
  if (headers === null) {
    notCarried(directive, 'the time depends on the file or the request', effects);
    return;
  }
  for (const { name, value } of headers) {
    const change = changeOf(changes, name, directive.entry);
    change.removed = true;
    change.values.splice(0, change.values.length, value);
  }
  successOnly(directive, headers.map(({ name }) => name).join(' and '), effects);
}

function addHeader(directive: Directive, scope: Scope, changes: Changes, effects: Effects): void {
  const [name = '', written = '', always] = directive.args;
  const { text: value, left, entries } = fill(written, scope.variables);
  if (left[0] !== undefined) {
    notCarried(directive, `its value depends on $${left[0]}`, effects);
    return;
  }
  // nginx leaves out a header without value.
  if (value === '') {
    asDefault(directive, effects);
    return;
  }
  const known = changes.get(name.toLowerCase());
  if (name.toLowerCase() === 'set-cookie' && known !== undefined && known.values.length > 0) {
    notCarried(directive, 'a filter adds one header of a name', effects);
    return;
  }
  const change = changeOf(changes, name, directive.entry);
  change.entries.push(...entries.filter((each) => !change.entries.includes(each)));
  change.values.push(value);
  if (always !== 'always') successOnly(directive, name, effects);
}

function successOnly({ entry }: Directive, header: string, effects: Effects): void {
  effects.settled.push(...endAs('approximated', [entry], snippetFindings['success-only']({ header }, placeOf(entry))));
}
