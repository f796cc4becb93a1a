const RESPONSE = 'a ResponseHeaderModifier filter';
const REQUEST = 'a RequestHeaderModifier filter, where the value is constant';
const OWN_ROUTE = 'a rule of its own in a route';
const IMPLEMENTATION = 'a setting of the implementation';

/** By name of the directive; the first that fits. */
const ALTERNATIVES: readonly (readonly [RegExp, string])[] = [
  [/^(add_header|more_set_headers)$/, RESPONSE],
  [/^(more_clear_headers|proxy_hide_header|proxy_pass_header)$/, `${RESPONSE} (remove)`],
  [/^(proxy_set_header|grpc_set_header|more_set_input_headers)$/, REQUEST],
  [/^more_clear_input_headers$/, 'a RequestHeaderModifier filter (remove)'],
  [
    /^(rewrite|return)$/,
    'the annotations rewrite-target, permanent-redirect and temporal-redirect, or a URLRewrite or RequestRedirect filter',
  ],
  [/^(if|set|break)$/, 'matches on headers, methods and query parameters in a route'],
  [/^(location|alias|root|index|try_files|proxy_pass|grpc_pass|fastcgi_pass|uwsgi_pass)$/, OWN_ROUTE],
  [/^(deny|allow)$/, 'the annotations denylist-source-range and allowlist-source-range'],
  [/^auth_basic/, 'the annotations auth-type and auth-secret'],
  [/^auth_request/, 'the annotations auth-url and auth-response-headers'],
  [/^auth_jwt/, 'token validation of the implementation'],
  [/^(ssl_verify_client|ssl_verify_depth|ssl_client_certificate|ssl_crl)$/, 'the annotation auth-tls-secret'],
  [/^satisfy$/, 'the annotation satisfy'],
  [/^limit_except$/, 'method matches in a route'],
  [/^(limit_req|limit_conn|limit_rate)/, 'the annotations limit-rps, limit-connections and limit-rate'],
  [/^(valid_referers|secure_link)/, 'a check in the backend'],
  [/^(internal|stub_status)$/, 'leaving the path out of every route'],
  [/_by_lua/, 'an extension of the implementation, or the backend'],
  [/^(modsecurity|SecRule|CheckRule|BasicRule|MainRule)/i, 'a firewall in front of the gateway'],
  [/^(client_max_body_size)$/, 'the annotation proxy-body-size'],
  [/^proxy_(connect|read|send)_timeout$/, 'the timeout annotations'],
  [/^proxy_next_upstream/, 'the retry annotations'],
  [/^proxy_ssl_/, 'the annotation proxy-ssl-secret'],
  [/^proxy_cookie_/, "the backend's own cookies"],
  [/^proxy_redirect$/, "the backend's own redirects"],
  [
    /^(proxy_cache|fastcgi_cache|uwsgi_cache|slice|expires|etag|if_modified_since)/,
    'a cache in front of the gateway, or headers of the backend',
  ],
  [/^(sub_filter|ssi|addition|image_filter|xslt)/, 'the backend, since gateways do not change bodies'],
  [/^(gzip|gunzip|brotli)/, 'compression of the implementation'],
  [/^(error_page|proxy_intercept_errors|recursive_error_pages)$/, 'error pages of the implementation'],
  [/^(access_log|error_log|log_)/, 'the access log of the implementation'],
  [/^(opentelemetry|opentracing|zipkin|jaeger)/, 'tracing of the implementation'],
  [/^ssl_/, 'the annotation ssl-ciphers, or TLS settings of the implementation'],
  [/^mirror/, 'the annotation mirror-target'],
  [/^(charset|default_type|types|override_charset|source_charset)/, 'the Content-Type of the backend'],
  [
    /^(proxy_|grpc_|fastcgi_|uwsgi_|client_|keepalive|send_timeout|lingering|reset_timedout|resolver|sendfile|tcp_|aio|directio|output_buffers|postpone|chunked|large_client|underscores|ignore_invalid|merge_slashes|absolute_redirect|port_in_redirect|server_name_in_redirect|server_tokens|http2_|http3|quic|open_file|read_ahead|max_ranges|msie|variables_hash|lua_|set_real_ip|real_ip|sticky|upstream)/,
    IMPLEMENTATION,
  ],
];

/** What comes nearest to a directive of nginx in Gateway API or around it; null for directives that are not known here. */
export function alternativeTo(directive: string): string | null {
  return ALTERNATIVES.find(([pattern]) => pattern.test(directive))?.[1] ?? null;
}

/** Whether the directive only tunes how nginx itself works. */
export function isTuning(directive: string): boolean {
  return alternativeTo(directive) === IMPLEMENTATION;
}
