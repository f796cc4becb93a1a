import type { Directive } from '../../nginx-config/directive.ts';

/** Decide who gets in, or hide something whose contents are not seen here. */
const ACCESS =
  /^(deny|auth_\w+|satisfy|limit_except|ssl_verify_client|ssl_client_certificate|ssl_crl|access_by_lua\w*|rewrite_by_lua\w*|server_rewrite_by_lua\w*|valid_referers|secure_link\w*|internal|modsecurity\w*|Sec[A-Z]\w*|CheckRule|BasicRule|MainRule|js_access|include)$/;

/** Answer by themselves, whatever the request. */
const ANSWERS = /^(content_by_lua\w*|js_content|perl|empty_gif|stub_status|random_index|autoindex)$/;

/** Whether a directive, by its name, decides who gets in. */
export function isAccessDirective(name: string): boolean {
  return ACCESS.test(name);
}

/** Whether it answers by itself with something that is not seen here. */
export function isContentHandler(name: string): boolean {
  return ANSWERS.test(name);
}

/** Whether it, or anything in its block, may keep a request from the backend. A redirect counts: to a login page it may be. */
export function mayRestrict(directive: Directive): boolean {
  const { name, args, block } = directive;
  if (isAccessDirective(name) || isContentHandler(name) || name === 'return') return true;
  if (name === 'rewrite' && /^(redirect|permanent)$/.test(args[2] ?? '')) return true;
  return block?.some(mayRestrict) ?? false;
}

/** Whether it, or anything in its block, refuses a request, whoever asks. */
export function refuses({ name, args, block }: Directive): boolean {
  if (isAccessDirective(name) || (name === 'return' && /^([45]\d\d|\$.*)$/.test(args[0] ?? ''))) return true;
  return block?.some(refuses) ?? false;
}

/** What may be looked at without asking who the client is. */
const NEUTRAL =
  /^(host|http_host|best_http_host|server_name|server_port|scheme|https|http_x_forwarded_(proto|host|port|scheme)|pass_access_scheme|uri|request_uri|document_uri|args|is_args|query_string|request_method|http_user_agent|http_accept\w*)$/;

export function asksTheClient(variable: string): boolean {
  return !NEUTRAL.test(variable);
}
