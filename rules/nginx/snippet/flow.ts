import type { Finding } from '../../../src/ledger/finding.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { type Branch, type BranchMatch, type BranchOutcome, isUnconditional } from './branch.ts';
import { followIf } from './follow-if.ts';
import { followRewrite } from './follow-rewrite.ts';
import { refuses } from './restricting.ts';
import { isRewriteDirective } from './rewrite-directives.ts';
import { targetOf } from './target.ts';
import { fill, type Variables, withVariable } from './variables.ts';
import type { State, Walk } from './walk.ts';

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

/** More ways than these are not followed. */
const MOST_BRANCHES = 48;
/** Directives of one way; nobody writes as many, and each is followed within the one before it. */
const LONGEST_WAY = 500;

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
  let length = 0;

  const end = (state: State, outcome: BranchOutcome): readonly Branch[] => {
    count += 1;
    const { match, inner, entries, variables } = state;
    return [{ match, outcome, inner, entries, variables }];
  };
  const leave = (directive: Directive, why: string, protects: boolean) => {
    left.set(directive, { directive, why, protects });
  };

  const walk: Walk = {
    follow,
    end,
    leave,
    note: (...noted) => {
      findings.push(...noted);
    },
    isFull: () => count > MOST_BRANCHES,
    ofServer: start.ofServer === true,
  };

  function follow(directives: readonly Directive[], state: State): readonly Branch[] {
    if (length >= LONGEST_WAY) {
      for (const directive of directives) leave(directive, 'there are too many directives before it', true);
      return end(state, { kind: 'continue', rewrite: null, stopped: false });
    }
    length += 1;
    const branches = step(directives, state);
    length -= 1;
    return branches;
  }

  function step([next, ...rest]: readonly Directive[], state: State): readonly Branch[] {
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
        return followRewrite(next, rest, state, walk);
      default:
        return followIf(next, rest, state, walk);
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

/** In a target the host of the request stays a variable where it stands for itself: it is kept, whatever it is. */
function fillTarget(text: string, variables: Variables) {
  const [whole, variable] = /^(?:https?|\$scheme):\/\/(\$\{?(?:host|http_host|server_name)\}?)(?=[/:?$]|$)/i.exec(text) ?? [];
  if (whole === undefined || variable === undefined) return fill(text, variables);
  const filled = fill(text.slice(whole.length), variables);
  return { ...filled, text: whole.replace(/[{}]/g, '') + filled.text };
}
