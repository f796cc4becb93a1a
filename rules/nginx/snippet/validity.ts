import type { Finding } from '../../../src/ledger/finding.ts';
import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { placeOf } from '../settlement.ts';
import { conditionWords } from './condition-words.ts';
import { snippetFindings } from './findings.ts';
import { type Context, isTakenInAuth, knownDirective, takenBy } from './known.ts';

/** Directives that nginx takes, and those for which it refuses the configuration. */
export interface Checked {
  readonly valid: readonly Directive[];
  readonly refused: readonly { readonly directive: Directive; readonly finding: Finding; readonly twice: boolean }[];
}

/** Whose block a snippet stands in: of all servers, of one, of each location, or of the one that the authentication service is asked from. */
export type SnippetPlace = 'http' | 'server' | 'location' | 'auth';

/** `place`: of directives that stand among those of the controller; null within a block of their own. */
export function checkDirectives(directives: readonly Directive[], context: Context, place: SnippetPlace | null): Checked {
  const valid: Directive[] = [];
  const refused: Checked['refused'][number][] = [];
  for (const directive of directives) {
    const isTaken = place === 'auth' && isTakenInAuth(directive.name);
    const why = isTaken ? 'the controller writes it into the authentication request itself' : problemOf(directive, context);
    const instead = place === 'location' ? takenBy(directive.name) : null;
    const at = placeOf(directive.entry);
    if (why !== null) {
      const finding = snippetFindings.misplaced({ directive: textOf(directive), why }, at);
      refused.push({ directive, finding, twice: false });
    } else if (instead !== null) {
      const finding = snippetFindings['written-twice']({ directive: textOf(directive), instead }, at);
      refused.push({ directive, finding, twice: true });
    } else if (directive.block === null) valid.push(directive);
    else {
      const inner = checkDirectives(directive.block, innerContext(directive.name, context), null);
      valid.push({ ...directive, block: inner.valid });
      refused.push(...inner.refused);
    }
  }
  return { valid, refused };
}

function innerContext(name: string, context: Context): Context {
  if (name === 'if') return context === 'server' ? 'if in server' : 'if in location';
  if (name === 'limit_except') return 'limit_except';
  return name === 'location' || name === 'server' ? name : context;
}

const BLOCKS: ReadonlySet<string> = new Set(['if', 'location', 'limit_except']);
const CONTEXT_NAMES: Readonly<Record<Context, string>> = {
  http: 'the http-snippet',
  server: 'a server',
  location: 'a location',
  'if in location': 'an if',
  'if in server': 'an if of a server',
  limit_except: 'limit_except',
};

function problemOf({ name, args, block }: Directive, context: Context): string | null {
  const known = knownDirective(name);
  if (known === null) return null;
  if (!known.contexts.includes(context)) return `it is not allowed in ${CONTEXT_NAMES[context]}`;
  if (args.length < known.least || args.length > known.most) return 'it has a wrong number of words';
  if (BLOCKS.has(name) !== (block !== null)) return block === null ? 'it has no block' : 'it takes no block';
  switch (name) {
    case 'if':
      return conditionWords(args) === null ? 'its condition cannot be read' : null;
    case 'return':
      return isReturn(args) ? null : `"${args[0] ?? ''}" is no status`;
    case 'rewrite':
      return args[2] === undefined || FLAGS.test(args[2]) ? null : `"${args[2]}" is no flag`;
    case 'add_header':
    case 'add_trailer':
      return args[2] === undefined || args[2] === 'always' ? null : `"${args[2]}" is no parameter`;
    case 'location':
      return args.length === 1 || MODIFIERS.test(args[0] ?? '') ? null : `"${args[0] ?? ''}" is no modifier`;
    default:
      return null;
  }
}

const FLAGS = /^(last|break|redirect|permanent)$/;
const MODIFIERS = /^(=|\^~|~\*?)$/;

/** A status, or alone a URL. */
function isReturn([first = '', ...rest]: readonly string[]): boolean {
  return /^[0-9]{1,3}$/.test(first) || (rest.length === 0 && /^(https?:\/\/|\$scheme)/i.test(first));
}
