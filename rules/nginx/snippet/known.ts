/** Where a directive stands: above all servers, in the server, in a location, in an `if` of either, or in `limit_except`. */
export type Context = 'http' | 'server' | 'location' | 'if in location' | 'if in server' | 'limit_except';

export interface Known {
  readonly contexts: readonly Context[];
  /** Least and most words behind the name. */
  readonly least: number;
  readonly most: number;
}

const BOTH: readonly Context[] = ['server', 'location'];
const ALL: readonly Context[] = ['http', 'server', 'location'];
const WITH_IF: readonly Context[] = ['http', 'server', 'location', 'if in location'];
const REWRITES: readonly Context[] = ['server', 'location', 'if in location', 'if in server'];
const ACCESS: readonly Context[] = ['http', 'server', 'location', 'limit_except'];
const SERVERS: readonly Context[] = ['http', 'server'];
const LOCATION: readonly Context[] = ['location'];
const ANY = 99;

/** What nginx says of its directives: where they may stand, and with how many words. Of those not listed nothing is checked. */
const ROWS: readonly (readonly [names: string, contexts: readonly Context[], least: number, most: number])[] = [
  ['set', REWRITES, 2, 2],
  ['rewrite', REWRITES, 2, 3],
  ['return', REWRITES, 1, 2],
  ['break', REWRITES, 0, 0],
  ['if', BOTH, 1, ANY],
  ['location', BOTH, 1, 2],
  ['add_header', WITH_IF, 2, 3],
  ['add_trailer', WITH_IF, 2, 3],
  ['more_set_headers more_clear_headers more_set_input_headers more_clear_input_headers', WITH_IF, 1, ANY],
  ['expires', WITH_IF, 1, 2],
  ['proxy_hide_header proxy_pass_header proxy_ignore_headers', ALL, 1, ANY],
  ['proxy_set_header grpc_set_header', ALL, 2, 2],
  ['allow deny', ACCESS, 1, 1],
  ['auth_basic', ACCESS, 1, 1],
  ['auth_basic_user_file', ACCESS, 1, 1],
  ['auth_request', ALL, 1, 1],
  ['satisfy', ALL, 1, 1],
  ['limit_except', LOCATION, 1, ANY],
  ['internal', LOCATION, 0, 0],
  ['client_max_body_size', ALL, 1, 1],
  ['client_body_buffer_size client_body_timeout client_body_in_file_only', ALL, 1, 1],
  ['client_header_timeout client_header_buffer_size', SERVERS, 1, 1],
  ['large_client_header_buffers', SERVERS, 2, 2],
  ['merge_slashes underscores_in_headers ignore_invalid_headers', SERVERS, 1, 1],
  ['proxy_connect_timeout proxy_read_timeout proxy_send_timeout send_timeout', ALL, 1, 1],
  ['grpc_connect_timeout grpc_read_timeout grpc_send_timeout', ALL, 1, 1],
  ['proxy_buffering proxy_request_buffering proxy_buffer_size proxy_http_version', ALL, 1, 1],
  ['proxy_buffers', ALL, 2, 2],
  ['proxy_max_temp_file_size proxy_busy_buffers_size', ALL, 1, 1],
  ['proxy_next_upstream', ALL, 1, ANY],
  ['proxy_next_upstream_tries proxy_next_upstream_timeout', ALL, 1, 1],
  ['proxy_intercept_errors proxy_ssl_verify proxy_ssl_server_name proxy_ssl_name', ALL, 1, 1],
  ['proxy_redirect', ALL, 1, 2],
  ['proxy_cookie_domain proxy_cookie_path', ALL, 1, 2],
  ['proxy_pass', ['location', 'if in location', 'limit_except'], 1, 1],
  ['access_log', [...WITH_IF, 'limit_except'], 1, ANY],
  ['error_log', ALL, 1, 2],
  ['error_page', WITH_IF, 2, ANY],
  ['gzip sendfile', WITH_IF, 1, 1],
  ['gzip_types', ALL, 1, ANY],
  ['gzip_min_length gzip_comp_level gzip_vary gzip_proxied', ALL, 1, ANY],
  ['limit_req', ALL, 1, 4],
  ['limit_conn', ALL, 2, 2],
  ['limit_rate limit_rate_after', WITH_IF, 1, 1],
  ['root', WITH_IF, 1, 1],
  ['alias', LOCATION, 1, 1],
  ['index', ALL, 1, ANY],
  ['try_files', BOTH, 1, ANY],
  ['listen server_name', ['server'], 1, ANY],
  ['ssl_protocols ssl_ciphers ssl_prefer_server_ciphers ssl_session_timeout ssl_verify_client ssl_client_certificate', SERVERS, 1, ANY],
  ['mirror mirror_request_body', ALL, 1, 1],
  ['stub_status', BOTH, 0, 1],
];

const KNOWN: ReadonlyMap<string, Known> = new Map(
  ROWS.flatMap(([names, contexts, least, most]) => names.split(' ').map((name) => [name, { contexts, least, most }] as const)),
);

export function knownDirective(name: string): Known | null {
  return KNOWN.get(name) ?? null;
}

/** What the controller writes into every location itself, so that nginx refuses it a second time; with the annotation to use. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['client_max_body_size', 'proxy-body-size'],
  ['proxy_connect_timeout', 'proxy-connect-timeout'],
  ['proxy_read_timeout', 'proxy-read-timeout'],
  ['proxy_send_timeout', 'proxy-send-timeout'],
  ['proxy_buffering', 'proxy-buffering'],
  ['proxy_request_buffering', 'proxy-request-buffering'],
  ['proxy_buffer_size', 'proxy-buffer-size'],
  ['proxy_buffers', 'proxy-buffers-number'],
  ['proxy_max_temp_file_size', 'proxy-max-temp-file-size'],
  ['proxy_http_version', 'proxy-http-version'],
  ['proxy_cookie_domain', 'proxy-cookie-domain'],
  ['proxy_cookie_path', 'proxy-cookie-path'],
  ['proxy_next_upstream_timeout', 'proxy-next-upstream-timeout'],
  ['proxy_next_upstream_tries', 'proxy-next-upstream-tries'],
  ['proxy_redirect', 'proxy-redirect-from'],
  ['proxy_pass', 'default-backend'],
  ['port_in_redirect', 'use-port-in-redirects'],
]);

export function takenBy(name: string): string | null {
  return TAKEN.get(name) ?? null;
}

/** Every location of the controller has its own, so that one of the server reaches none of them. */
const OWN_IN_LOCATIONS: ReadonlySet<string> = new Set([
  ...[...TAKEN.keys()].filter((name) => name !== 'proxy_pass'),
  'proxy_set_header',
  'grpc_set_header',
  'proxy_next_upstream',
]);

export function isOverriddenInLocations(name: string): boolean {
  return OWN_IN_LOCATIONS.has(name);
}

/** What the controller writes into the location of the authentication request itself, so that nginx refuses it a second time. */
const TAKEN_IN_AUTH: ReadonlySet<string> = new Set([
  'internal',
  'proxy_intercept_errors',
  'proxy_pass_request_body',
  'proxy_pass_request_headers',
  'proxy_buffering',
  'proxy_buffer_size',
  'proxy_buffers',
  'proxy_request_buffering',
  'proxy_ssl_server_name',
  'proxy_http_version',
  'proxy_pass',
  'client_max_body_size',
]);

export function isTakenInAuth(name: string): boolean {
  return TAKEN_IN_AUTH.has(name);
}
