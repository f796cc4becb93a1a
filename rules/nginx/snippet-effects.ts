import type { Directive } from './nginx-config.ts';

/** What a piece of nginx configuration does, as far as its directives tell. */
export interface SnippetEffects {
  /** Keeps some requests from the backend: `deny all`, `if ($a) { return 403 }`. */
  readonly restricts: readonly string[];
  /** Names of all directives, each once, those inside of blocks included. */
  readonly names: readonly string[];
}

/** Decide who gets in, or hide something whose contents are not seen here. */
const ACCESS =
  /^(deny|auth_\w+|satisfy|limit_except|ssl_verify_client|ssl_client_certificate|ssl_crl|access_by_lua\w*|rewrite_by_lua\w*|server_rewrite_by_lua\w*|valid_referers|secure_link\w*|internal|modsecurity\w*|Sec[A-Z]\w*|CheckRule|BasicRule|MainRule|js_access|include)$/;

/** Answer by themselves, whatever the request. */
const ANSWERS = /^(content_by_lua\w*|js_content|perl|empty_gif|stub_status|random_index|autoindex)$/;

/** What may be looked at without asking who the client is. */
const NEUTRAL =
  /^\$(host|http_host|best_http_host|server_name|server_port|scheme|https|http_x_forwarded_(proto|host|port|scheme)|pass_access_scheme|uri|request_uri|document_uri|args|is_args|query_string|request_method|http_user_agent|http_accept\w*)$/;

/** Rewriting expressions that every path fits. */
const EVERYTHING = /^(\^|\.\*|\^\.\*\$?|\^\(\.\*\)\$?|\(\.\*\)|\/|\^\/|\^\/\.\*\$?|\^\/?\(\.\*\)\$?)$/;

export function effectsOf(directives: readonly Directive[]): SnippetEffects {
  const names = new Set<string>();
  const restricts = new Set<string>();
  visit(directives, 'top', names, restricts);
  return { restricts: [...restricts], names: [...names] };
}

/** Inside a `location` of its own, or of an `if` about host or path, an answer that is no refusal concerns only that. */
type Context = 'top' | 'neutral' | 'asks-the-client';

function visit(directives: readonly Directive[], context: Context, names: Set<string>, restricts: Set<string>): void {
  const denies = directives.some(({ name }) => name === 'deny');
  for (const directive of directives) {
    const { name, args, block } = directive;
    names.add(name);
    if (ACCESS.test(name) || isRefusal(directive)) restricts.add(written(directive));
    // An allow list without a deny lets everybody pass, but what is below may deny.
    else if (name === 'allow' && (denies || args[0] !== 'all')) restricts.add(written(directive));
    else if (context !== 'neutral' && (ANSWERS.test(name) || name === 'return' || isRedirectOfAll(directive)))
      restricts.add(written(directive));
    else if (context === 'asks-the-client' && name === 'rewrite') restricts.add(written(directive));
    if (block === null) continue;
    const inner = new Set<string>();
    visit(block, contextOf(directive, context), names, inner);
    for (const each of inner) restricts.add(`${written(directive)} { ${each} }`);
  }
}

function contextOf({ name, args }: Directive, context: Context): Context {
  if (name === 'location') return 'neutral';
  if (name !== 'if') return context;
  const asked = args.join(' ').match(/\$\{?\w+\}?/g) ?? [];
  return asked.length > 0 && asked.every((variable) => NEUTRAL.test(variable.replace(/[{}]/g, ''))) ? 'neutral' : 'asks-the-client';
}

/** `return 403`, `return 444`, `return 503`; a code in a variable may be one. */
function isRefusal({ name, args }: Directive): boolean {
  return name === 'return' && /^([45]\d\d|\$.*)$/.test(args[0] ?? '');
}

function isRedirectOfAll({ name, args }: Directive): boolean {
  const [pattern = '', target = '', flag = ''] = args;
  return name === 'rewrite' && EVERYTHING.test(pattern) && (/^(redirect|permanent)$/.test(flag) || /^(https?:\/\/|\$scheme)/.test(target));
}

/** One directive in one line, cut where it is long. */
function written({ name, args }: Directive): string {
  const line = [name, ...args].join(' ').replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
