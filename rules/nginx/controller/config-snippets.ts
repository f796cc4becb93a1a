import { defineFindings } from '../../../src/ledger/finding.ts';
import { text } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { endAs, placeOf } from '../settlement.ts';
import { configDocs, configKey } from './config-key.ts';

const find = defineFindings('nginx/config/snippet', {
  directives: {
    level: 'warning',
    message: (a: { key: string; directives: string }) =>
      `${a.key} of the controller's ConfigMap holds nginx configuration for everything it serves, which was not converted: ${a.directives}`,
    help: () => 'Decide for each directive what takes its place on the Gateway, once for all routes.',
    differs: ['headers', 'redirect', 'status', 'wrong-path'],
  },
});

/** Directives that keep nobody out. Of any other, and of any block, it is not known. */
const HARMLESS =
  /^(?:add_header|more_set_headers|more_clear_headers|more_set_input_headers|log_format|access_log|error_log|gzip\w*|brotli\w*|client_\w+|keepalive_\w+|large_client_header_buffers|proxy_(?:buffer\w*|busy_buffers_size|connect_timeout|read_timeout|send_timeout|http_version|set_header|hide_header|pass_header|max_temp_file_size|request_buffering|next_upstream\w*|headers_hash_\w+|cache\w*)|expires|etag|charset|sendfile|tcp_\w+|server_tokens|types_hash_\w+|variables_hash_\w+|map_hash_\w+|send_timeout|reset_timedout_connection|underscores_in_headers|ssl_(?:protocols|ciphers|session_\w+|prefer_server_ciphers|ecdh_curve|dhparam|buffer_size)|resolver\w*|worker_\w+|env|load_module|lua_(?:shared_dict|package_path))$/;

/** `server-snippet` and `location-snippet` stand beside those of the Ingresses; `http-snippet` above them. */
export const configSnippets = defineRule({
  id: 'nginx/config/snippets',
  title: 'Raw nginx configuration for everything that the controller serves',
  docs: configDocs('location-snippet'),
  scope: 'ingress',
  becomes: 'rawAccessControl where it may keep somebody out, else a finding',
  reads: {
    main: at(configKey('main-snippet'), text),
    http: at(configKey('http-snippet'), text),
    server: at(configKey('server-snippet'), text),
    location: at(configKey('location-snippet'), text),
    stream: at(configKey('stream-snippet'), text),
  },
  findings: find,
  convert({ read }) {
    // Neither of the first group is asked when an HTTP request comes.
    const besides = [read.main, read.stream].flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    const asked = [read.http, read.server, read.location].flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    const restricting = asked.filter(({ value }) => !namesIn(value).every((name) => HARMLESS.test(name)));
    const plain = [...besides, ...asked.filter((entry) => !restricting.includes(entry))];
    return {
      intents: restricting.map((entry) => ({
        kind: 'rawAccessControl' as const,
        language: 'nginx',
        restricts: `${entry.key} holds directives that may: ${namesIn(entry.value)
          .filter((name) => !HARMLESS.test(name))
          .join(', ')}`,
        entries: [entry],
      })),
      settled: plain.flatMap((entry) =>
        endAs('manual', [entry], find.directives({ key: entry.key, directives: namesIn(entry.value).join(', ') }, placeOf(entry))),
      ),
    };
  },
});

/** The first word of each statement, each once; a block's braces end statements as well. */
function namesIn(configuration: string): readonly string[] {
  const bare = configuration.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""').replace(/#.*$/gm, '');
  return [...new Set(bare.split(/[;{}]/).flatMap((statement) => statement.trim().split(/\s+/)[0] || []))];
}
