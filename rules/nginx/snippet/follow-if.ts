import type { Entry } from '../../../src/model/entry.ts';
import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { placeOf } from '../settlement.ts';
import { type Branch, type BranchMatch, both } from './branch.ts';
import { conditionOf } from './condition.ts';
import { snippetFindings } from './findings.ts';
import { relation } from './path-pattern.ts';
import { asksTheClient, mayRestrict, refuses } from './restricting.ts';
import { isRewriteDirective } from './rewrite-directives.ts';
import { type Variables, withVariable } from './variables.ts';
import type { State, Walk } from './walk.ts';

/** Follows an `if` to both sides: into its block, and past it. */
export function followIf(directive: Directive, rest: readonly Directive[], state: State, walk: Walk): readonly Branch[] {
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
    walk.leave(directive, why, refuses(directive) || (asks && mayRestrict(directive)));
    return walk.follow(rest, state);
  };
  switch (condition.kind) {
    case 'unknown':
      return skip(condition.why, condition.asksTheClient);
    case 'known': {
      if (!condition.holds) return walk.follow(rest, state);
      const variables = withGroups(state.variables, condition.groups);
      return walk.follow([...inside, ...rest], entered(state.match, condition.entries, state.groups, variables));
    }
    case 'match':
      break;
    default:
      return condition satisfies never;
  }
  if (walk.isFull()) return skip('there are too many conditions', true);
  const { path } = condition.match;
  const lies = path === undefined ? 'nested' : relation(path, state.match.path);
  if (lies === 'partial') return skip('its paths lie partly within those of the location', asksTheClient(directive.args.join('')));
  const holds = lies === 'nested' ? both(state.match, condition.match) : lies === 'always' ? state.match : null;
  if (condition.note !== null && holds !== null)
    walk.note(snippetFindings[condition.note]({ directive: textOf(directive) }, placeOf(directive.entry)));
  const groups = path === undefined ? state.groups : path;
  const yes = (match: BranchMatch) => walk.follow([...inside, ...rest], entered(match, condition.entries, groups));
  // Whoever comes to the directives behind it because it does not hold is there for its sake as well.
  const no = (match: BranchMatch) => walk.follow(rest, { ...state, match });
  if (lies === 'always') return condition.negated ? no(state.match) : yes(state.match);
  if (holds === null) return condition.negated ? yes(state.match) : no(state.match);
  return condition.negated ? [...no(holds), ...yes(state.match)] : [...yes(holds), ...no(state.match)];
}

function withGroups(variables: Variables, groups: readonly string[]): Variables {
  return groups.slice(1).reduce((all, text, index) => withVariable(all, String(index + 1), text, []), variables);
}
