import type { PathMatch } from '../../../src/route/table.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { type Branch, isUnconditional } from './branch.ts';
import { changedPath } from './changed-path.ts';
import { pathsWith, relation } from './path-pattern.ts';
import { type Rewriting, rewritingOf } from './rewriting.ts';
import { targetOf } from './target.ts';
import type { State, Walk } from './walk.ts';

/** What a `rewrite` does with the paths that its pattern takes; the others go on. */
export function followRewrite(directive: Directive, rest: readonly Directive[], state: State, walk: Walk): readonly Branch[] {
  const [pattern = ''] = directive.args;
  const paths = pathsWith(pattern, false);
  const lies = paths === null ? 'partial' : relation(paths, state.match.path);
  if (lies === 'never') return walk.follow(rest, state);
  const skip = (why: string, protects: boolean) => {
    walk.leave(directive, why, protects);
    return walk.follow(rest, state);
  };
  const rewriting = rewritingOf(directive, state.variables);
  // Of a redirect to a login page or to another site the backend would be left open.
  const isToLogin = rewriting.kind === 'redirect' && (lies === 'always' || !isUnconditional(state.match));
  if (paths === null) return skip('its pattern cannot be read', isToLogin);
  if (lies === 'partial') return skip('its paths lie partly within those of the location', isToLogin);
  const path = lies === 'nested' ? paths : state.match.path;
  const taken: State = { ...state, match: { ...state.match, path }, entries: [...state.entries, directive.entry, ...rewriting.entries] };
  const branches = rewriteBranches(directive, rewriting, rest, taken, paths, walk);
  if (typeof branches === 'string') return skip(branches, isToLogin);
  // Those that the pattern does not take go on.
  return lies === 'always' ? branches : [...branches, ...walk.follow(rest, state)];
}

/** The ways of the paths that the pattern takes; a text says why there are none. */
function rewriteBranches(
  directive: Directive,
  rewriting: Rewriting,
  rest: readonly Directive[],
  state: State,
  paths: PathMatch,
  walk: Walk,
): readonly Branch[] | string {
  switch (rewriting.kind) {
    case 'unknown':
      return rewriting.why;
    case 'redirect': {
      const { status, text } = rewriting;
      const target = targetOf({ text, status, by: 'rewrite', path: state.match.path, groups: paths, directive });
      if (target.kind === 'unknown') return target.why;
      walk.note(...target.findings);
      const redirect = { ...target.redirect, entries: state.entries };
      return walk.end({ ...state, match: { ...state.match, path: target.path } }, { kind: 'redirect', redirect });
    }
    case 'change': {
      const { replacement, flag } = rewriting;
      const changed = changedPath(replacement, state.match.path, paths);
      if (changed === null) return 'it rearranges parts of the path';
      const to = { ...state, match: { ...state.match, path: changed.match } };
      const rewrite = { change: changed.change, entries: state.entries };
      const { ofServer } = walk;
      if (flag === 'break' && !ofServer) return walk.end(to, { kind: 'continue', rewrite, stopped: true });
      if (flag === null && rest.some(({ name }) => name !== 'set')) return 'directives behind it look at the changed path';
      return walk.end(to, { kind: 'jump', rewrite, replacement, directive, ofServer });
    }
    default:
      return rewriting satisfies never;
  }
}
