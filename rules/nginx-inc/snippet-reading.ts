import { type ParsedDirective, parseNginx } from '../nginx-config/parse.ts';

export interface SnippetReading {
  /** Directives that keep requests from the backend, or of which nobody can tell whether they do. */
  readonly restricts: readonly string[];
  /** The others, with what comes nearest to them: "add_header (line 2): a ResponseHeaderModifier filter". */
  readonly harmless: readonly string[];
}

/** Directives that let in whom they let in without them. All others are taken to restrict. */
const ALTERNATIVES: readonly (readonly [RegExp, string])[] = [
  [/^(add_header|more_set_headers|add_trailer)$/, 'a ResponseHeaderModifier filter, or the annotation add-header'],
  [/^(proxy_hide_header|more_clear_headers|proxy_pass_header)$/, 'a ResponseHeaderModifier filter, or proxy-hide-headers'],
  [/^(proxy_set_header|grpc_set_header|more_set_input_headers)$/, 'a RequestHeaderModifier filter, or proxy-set-headers'],
  [/^client_max_body_size$/, 'the annotation client-max-body-size'],
  [/^proxy_(connect|read|send)_timeout$/, 'the annotations proxy-connect-timeout, proxy-read-timeout, proxy-send-timeout'],
  [/^(proxy_buffer|proxy_busy|proxy_max_temp|proxy_request_buffering|client_body_)/, 'the buffering annotations'],
  [/^proxy_next_upstream/, 'the annotations proxy-next-upstream…'],
  [/^(limit_req|limit_conn|limit_rate)/, 'the annotations limit-req-…, or a limit of the implementation'],
  [/^(gzip|gunzip|brotli)/, 'compression of the implementation'],
  [/^(access_log|error_log|log_)/, 'the access log of the implementation'],
  [/^(proxy_cache|expires|etag|proxy_no_cache)/, 'a cache in front of the gateway, or headers of the backend'],
  [/^(error_page|proxy_intercept_errors|recursive_error_pages)$/, 'the annotation custom-http-errors'],
  [/^proxy_(cookie_|redirect)/, 'cookies and redirects of the backend itself'],
  [/^(sub_filter|charset|default_type|types)/, 'the backend, since gateways do not change bodies'],
  [/^(opentelemetry|otel_|opentracing|zipkin)/, 'tracing of the implementation'],
  [/^(set|break)$/, 'nothing: it only serves other directives'],
  [
    /^(keepalive|send_timeout|lingering|resolver|proxy_http_version|proxy_socket|tcp_|http2_|large_client|client_header|underscores|ignore_invalid|server_tokens|port_in_redirect|absolute_redirect|merge_slashes)/,
    'a setting of the implementation',
  ],
];

/** What a condition may ask without asking who the client is. */
const NEUTRAL =
  /^\$\{?(host|http_host|server_name|server_port|scheme|https|http_x_forwarded_(proto|host|port)|uri|request_uri|args|is_args|query_string)\}?$/;

/** A directive and the line of the text it begins on, from 1. */
interface Directive extends Omit<ParsedDirective, 'block'> {
  readonly block: readonly Directive[] | null;
  readonly line: number;
}

export function readSnippet(text: string): SnippetReading {
  const restricts = new Set<string>();
  const harmless = new Set<string>();
  const withLine = (directive: ParsedDirective): Directive => ({
    ...directive,
    block: directive.block?.map(withLine) ?? null,
    line: text.slice(0, directive.at).split('\n').length,
  });
  visit(parseNginx(text).directives.map(withLine), false, restricts, harmless);
  return { restricts: [...restricts], harmless: [...harmless] };
}

/** `aside`: in a location of its own, or under a condition that asks for host or path, a redirect concerns nobody else. */
function visit(directives: readonly Directive[], aside: boolean, restricts: Set<string>, harmless: Set<string>): void {
  for (const directive of directives) {
    const { name, block } = directive;
    const alternative = ALTERNATIVES.find(([pattern]) => pattern.test(name))?.[1];
    if (name === 'location' || name === 'if') {
      harmless.add(
        item(directive, name === 'if' ? 'matches on headers, methods and query parameters in a route' : 'a rule of its own in a route'),
      );
    } else if (aside && isElsewhere(directive)) {
      harmless.add(item(directive, 'a RequestRedirect or URLRewrite filter'));
    } else if (alternative === undefined) {
      restricts.add(written(directive));
    } else {
      harmless.add(item(directive, alternative));
    }
    if (block === null) continue;
    const inner = new Set<string>();
    visit(block, name === 'location' || (name === 'if' && isNeutral(directive)), inner, harmless);
    for (const each of inner) restricts.add(`${written(directive)} { ${each} }`);
  }
}

/** Redirects and rewrites; a refusal, or a code in a variable, is none. */
function isElsewhere({ name, args: [first = ''] }: Directive): boolean {
  if (name === 'return') return /^(2\d\d|3\d\d|https?:|\$scheme)/.test(first);
  return name === 'rewrite';
}

function isNeutral({ args }: Directive): boolean {
  const asked = args.join(' ').match(/\$\{?\w+\}?/g) ?? [];
  return asked.length > 0 && asked.every((variable) => NEUTRAL.test(variable));
}

function item(directive: Directive, alternative: string): string {
  return `${written(directive)} (line ${directive.line}): ${alternative}`;
}

/** One directive in one line, cut where it is long. */
function written({ name, args }: Directive): string {
  const line = [name, ...args].join(' ').replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
