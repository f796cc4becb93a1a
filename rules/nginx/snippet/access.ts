import type { Entry } from '../../../src/model/entry.ts';
import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { inert, placeOf } from '../settlement.ts';
import { verdictOf } from './address-rules.ts';
import { snippetFindings } from './findings.ts';
import { asDefault, type Effects, type Family, innermostOf, type Levels, notCarried, restricted, type Scope } from './levels.ts';
import { isAccessDirective } from './restricting.ts';

/** Who gets in. What is no list of addresses and no list of methods cannot be read from the directive alone. */
export const access: Family = {
  names: new Set(['allow', 'deny', 'satisfy', 'limit_except']),
  apply(levels, scope, effects) {
    const satisfies = innermostOf(levels, effects, 'satisfy');
    const loosens = satisfies.some(({ args }) => args[0] === 'any');
    for (const directive of satisfies) {
      if (directive.args[0] === 'any') effects.intents.push({ kind: 'satisfyAny', entries: [directive.entry] });
      else asDefault(directive, effects);
    }
    addresses(levels, scope, loosens || scope.has('satisfy'), effects);
    for (const directive of [...levels.location, ...levels.inner].filter(({ name }) => name === 'limit_except'))
      methods(directive, effects);
    others(levels, effects);
  },
};

function addresses(levels: Levels, scope: Scope, loosens: boolean, effects: Effects): void {
  const own = { ...levels, http: [], server: [] };
  // The controller's own list ends with `deny all`, so that nothing behind it is asked.
  const isListed = ['allowlist-source-range', 'whitelist-source-range'].some(scope.has);
  const isDenied = scope.has('denylist-source-range');
  const rules = innermostOf(isListed || isDenied ? own : levels, effects, 'allow', 'deny');
  const entries = rules.map(({ entry }) => entry);
  if (isListed || isDenied) {
    const by = 'the list of the annotation';
    const lost = isListed ? [...rules, ...outerRules(levels)] : outerRules(levels);
    for (const directive of lost)
      effects.settled.push(
        ...inert([directive.entry], snippetFindings.inherited({ directive: textOf(directive), by }, placeOf(directive.entry))),
      );
  }
  if (isListed || rules.length === 0) return;
  const verdict = verdictOf(rules.map(({ name, args: [range = ''] }) => ({ verdict: name === 'allow' ? 'allow' : 'deny', range })));
  switch (verdict.kind) {
    case 'everybody':
      for (const directive of rules) asDefault(directive, effects);
      return;
    case 'nobody':
      // Somebody with a password may get in.
      if (loosens) restricted(rules, 'satisfy any lets some of them in', effects);
      else effects.closed = entries;
      return;
    case 'allow':
      effects.intents.push({ kind: 'allowList', ranges: verdict.ranges, entries });
      return;
    case 'deny':
      effects.intents.push({ kind: 'denyList', ranges: verdict.ranges, entries });
      return;
    case 'unknown':
      restricted(rules, `"${verdict.range}" is no address`, effects);
      return;
    default:
      verdict satisfies never;
  }
}

function outerRules({ http, server }: Levels): readonly Directive[] {
  return [...http, ...server].filter(({ name }) => name === 'allow' || name === 'deny');
}

/** `limit_except GET { deny all; }` leaves GET, and with it HEAD. */
function methods(directive: Directive, effects: Effects): void {
  const block = directive.block ?? [];
  const [only, ...more] = block;
  const entries: readonly Entry[] = [directive.entry, ...block.map(({ entry }) => entry)];
  if (only?.name !== 'deny' || only.args[0] !== 'all' || more.length > 0) {
    restricted([directive], '', effects);
    return;
  }
  const named = directive.args.map((method) => method.toUpperCase());
  effects.onlyMethods = { methods: [...new Set(named.includes('GET') ? [...named, 'HEAD'] : named)], entries };
}

/** Everything else that decides about access: what it asks is not seen here. */
function others({ http, server, location, inner }: Levels, effects: Effects): void {
  const asking = [...http, ...server, ...location, ...inner].filter(({ name }) => isAccessDirective(name) && !access.names.has(name));
  const rest = asking.filter((directive) => {
    if (directive.name === 'auth_basic' && directive.args[0] === 'off') asDefault(directive, effects);
    // A variable for later: it admits nobody.
    else if (directive.name === 'auth_request_set') notCarried(directive, 'it keeps an answer of the authentication service', effects);
    else return true;
    return false;
  });
  restricted(rest, '', effects);
}
