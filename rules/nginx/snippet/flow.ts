import type { Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import { placeOf } from '../settlement.ts';
import { type Branch, type BranchMatch, type BranchOutcome, both, isUnconditional } from './branch.ts';
import { conditionOf } from './condition.ts';
import { type Directive, textOf } from './directive.ts';
import { snippetFindings } from './findings.ts';
import { pathsWith, relation } from './path-pattern.ts';
import { asksTheClient, mayRestrict, refuses } from './restricting.ts';
import { type Rewriting, rewritingOf } from './rewriting.ts';
import { changedPath, targetOf } from './target.ts';
import { fill, type Variables, withVariable } from './variables.ts';

/** What the rewrite directives of a server or a location do to the requests that come to it. */
export interface Flow {
  readonly branches: readonly Branch[];
  /** Directives that no branch stands for. `protects`: somebody may get through without them who did not. */
  readonly left: readonly Left[];
  readonly findings: readonly Finding[];
}

export interface Left {
  readonly directive: Directive;
  readonly why: string;
  readonly protects: boolean;
}

interface State {
  readonly match: BranchMatch;
  readonly variables: Variables;
  /** The pattern whose groups `$1` … are. */
  readonly groups: PathMatch | null;
  readonly inner: readonly Directive[];
  readonly entries: readonly Entry[];
}

/** More ways than these are not followed. */
const MOST_BRANCHES = 48;

const REWRITES: ReadonlySet<string> = new Set(['set', 'return', 'rewrite', 'break', 'if']);

export function isRewriteDirective(name: string): boolean {
  return REWRITES.has(name);
}

export interface FlowStart {
  readonly match: BranchMatch;
  readonly variables: Variables;
  readonly groups?: PathMatch | null;
  /** The location is chosen behind them, by the path as they leave it. */
  readonly ofServer?: boolean;
}

/** Follows the rewrite directives in their order, every `if` to both sides, from the requests of `start`. */
export function flowOf(directives: readonly Directive[], start: FlowStart): Flow {
  const left = new Map<Directive, Left>();
  const findings: Finding[] = [];
  let count = 0;

  const end = (state: State, outcome: BranchOutcome): readonly Branch[] => {
    count += 1;
    const { match, inner, entries, variables } = state;
    return [{ match, outcome, inner, entries, variables }];
  };
  const leave = (directive: Directive, why: string, protects: boolean) => left.set(directive, { directive, why, protects });

  function follow([next, ...rest]: readonly Directive[], state: State): readonly Branch[] {
    if (next === undefined) return end(state, { kind: 'continue', rewrite: null, stopped: false });
    const on = { ...state, entries: [...state.entries, next.entry] };
    switch (next.name) {
      case 'set':
        return follow(rest, { ...state, variables: assigned(next, state.variables) });
      case 'break':
        return end(on, { kind: 'continue', rewrite: null, stopped: true });
      case 'return':
        return returned(next, on) ?? follow(rest, state);
      case 'rewrite':
        return rewritten(next, rest, state);
      default:
        return forked(next, rest, state);
    }
  }

  function returned(directive: Directive, state: State): readonly Branch[] | null {
    const [first = '', second] = directive.args;
    const code = /^[0-9]+$/.test(first) ? Number(first) : null;
    const text = code === null ? first : second;
    const isRedirect = code === null || [301, 302, 303, 307, 308].includes(code);
    if (!isRedirect || text === undefined) {
      const body = text === undefined ? null : fill(text, state.variables).text;
      return end(state, { kind: 'respond', status: code ?? 302, body });
    }
    const filled = fillTarget(text, state.variables);
    const { path } = state.match;
    const target = targetOf({ text: filled.text, status: code ?? 302, by: 'return', path, groups: state.groups, directive });
    if (target.kind === 'unknown') {
      leave(directive, target.why, isUnconditional(state.match) || refuses(directive));
      return null;
    }
    findings.push(...target.findings);
    const entries = [...state.entries, ...filled.entries];
    return end({ ...state, match: { ...state.match, path: target.path } }, { kind: 'redirect', redirect: { ...target.redirect, entries } });
  }

  function rewritten(directive: Directive, rest: readonly Directive[], state: State): readonly Branch[] {
    const [pattern = ''] = directive.args;
    const paths = pathsWith(pattern, false);
    const lies = paths === null ? 'partial' : relation(paths, state.match.path);
    if (lies === 'never') return follow(rest, state);
    const skip = (why: string, protects: boolean) => {
      leave(directive, why, protects);
      return follow(rest, state);
    };
    const rewriting = rewritingOf(directive, state.variables);
    // Of a redirect to a login page or to another site the backend would be left open.
    const isToLogin = rewriting.kind === 'redirect' && (lies === 'always' || !isUnconditional(state.match));
    if (paths === null) return skip('its pattern cannot be read', isToLogin);
    if (lies === 'partial') return skip('its paths lie partly within those of the location', isToLogin);
    const path = lies === 'nested' ? paths : state.match.path;
    const taken: State = { ...state, match: { ...state.match, path }, entries: [...state.entries, directive.entry, ...rewriting.entries] };
    const branches = rewriteBranches(directive, rewriting, rest, taken, paths);
    if (typeof branches === 'string') return skip(branches, isToLogin);
    // Those that the pattern does not take go on.
    return lies === 'always' ? branches : [...branches, ...follow(rest, state)];
  }

  /** The ways of the paths that the pattern takes; a text says why there are none. */
  function rewriteBranches(
    directive: Directive,
    rewriting: Rewriting,
    rest: readonly Directive[],
    state: State,
    paths: PathMatch,
  ): readonly Branch[] | string {
    switch (rewriting.kind) {
      case 'unknown':
        return rewriting.why;
      case 'redirect': {
        const { status, text } = rewriting;
        const target = targetOf({ text, status, by: 'rewrite', path: state.match.path, groups: paths, directive });
        if (target.kind === 'unknown') return target.why;
        findings.push(...target.findings);
        const redirect = { ...target.redirect, entries: state.entries };
        return end({ ...state, match: { ...state.match, path: target.path } }, { kind: 'redirect', redirect });
      }
      case 'change': {
        const { replacement, flag } = rewriting;
        const changed = changedPath(replacement, state.match.path, paths);
        if (changed === null) return 'it rearranges parts of the path';
        const to = { ...state, match: { ...state.match, path: changed.match } };
        const rewrite = { change: changed.change, entries: state.entries };
        const ofServer = start.ofServer === true;
        if (flag === 'break' && !ofServer) return end(to, { kind: 'continue', rewrite, stopped: true });
        if (flag === null && rest.some(({ name }) => name !== 'set')) return 'directives behind it look at the changed path';
        return end(to, { kind: 'jump', rewrite, replacement, directive, ofServer });
      }
      default:
        return rewriting satisfies never;
    }
  }

  function forked(directive: Directive, rest: readonly Directive[], state: State): readonly Branch[] {
    const block = directive.block ?? [];
    const inside = block.filter(({ name }) => isRewriteDirective(name));
    const others = block.filter(({ name }) => !isRewriteDirective(name));
    const entered = (match: BranchMatch, more: readonly Entry[], groups = state.groups, variables = state.variables): State => ({
      match,
      groups,
      variables,
      inner: others.length > 0 || inside.length === 0 ? block : state.inner,
      entries: [...state.entries, directive.entry, ...more],
    });
    const condition = conditionOf(directive.args, state.variables);
    const skip = (why: string, asks: boolean) => {
      leave(directive, why, refuses(directive) || (asks && mayRestrict(directive)));
      return follow(rest, state);
    };
    switch (condition.kind) {
      case 'unknown':
        return skip(condition.why, condition.asksTheClient);
      case 'known': {
        if (!condition.holds) return follow(rest, state);
        const variables = withGroups(state.variables, condition.groups);
        return follow([...inside, ...rest], entered(state.match, condition.entries, state.groups, variables));
      }
      case 'match':
        break;
      default:
        return condition satisfies never;
    }
    if (count > MOST_BRANCHES) return skip('there are too many conditions', true);
    const { path } = condition.match;
    const lies = path === undefined ? 'nested' : relation(path, state.match.path);
    if (lies === 'partial') return skip('its paths lie partly within those of the location', asksTheClient(directive.args.join('')));
    const holds = lies === 'nested' ? both(state.match, condition.match) : lies === 'always' ? state.match : null;
    if (condition.note !== null && holds !== null)
      findings.push(snippetFindings[condition.note]({ directive: textOf(directive) }, placeOf(directive.entry)));
    const groups = path === undefined ? state.groups : path;
    const yes = (match: BranchMatch) => follow([...inside, ...rest], entered(match, condition.entries, groups));
    // Whoever comes to the directives behind it because it does not hold is there for its sake as well.
    const no = (match: BranchMatch) => follow(rest, { ...state, match });
    if (lies === 'always') return condition.negated ? no(state.match) : yes(state.match);
    if (holds === null) return condition.negated ? yes(state.match) : no(state.match);
    return condition.negated ? [...no(holds), ...yes(state.match)] : [...yes(holds), ...no(state.match)];
  }

  const branches = follow(
    directives.filter(({ name }) => isRewriteDirective(name)),
    { ...start, groups: start.groups ?? null, inner: [], entries: [] },
  );
  return {
    branches,
    left: [...left.values()],
    findings: [...new Map(findings.map((each) => [`${each.code} ${each.message}`, each])).values()],
  };
}

function assigned({ args: [name = '', value = ''], entry }: Directive, variables: Variables): Variables {
  const filled = fill(value, variables);
  return withVariable(variables, name.replace(/^\$\{?|\}$/g, ''), filled.left.length > 0 ? null : filled.text, [entry, ...filled.entries]);
}

function withGroups(variables: Variables, groups: readonly string[]): Variables {
  return groups.slice(1).reduce((all, text, index) => withVariable(all, String(index + 1), text, []), variables);
}

/** In a target the host of the request stays a variable where it stands for itself: it is kept, whatever it is. */
function fillTarget(text: string, variables: Variables) {
  const [whole, variable] = /^(?:https?|\$scheme):\/\/(\$\{?(?:host|http_host|server_name)\}?)(?=[/:?$]|$)/i.exec(text) ?? [];
  if (whole === undefined || variable === undefined) return fill(text, variables);
  const filled = fill(text.slice(whole.length), variables);
  return { ...filled, text: whole.replace(/[{}]/g, '') + filled.text };
}
