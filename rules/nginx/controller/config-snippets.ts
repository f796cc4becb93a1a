import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { type Read, text } from '../../../src/rule/codec.ts';
import { at, type Division, defineRule } from '../../../src/rule/rule.ts';
import { type Directive, entriesOf, readSnippet, textOf } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { type CheckedSnippet, checkSnippet, NO_SNIPPET, type ValidSnippet } from '../snippet/checked.ts';
import { configDocs, configKey } from './config-key.ts';
import { configSnippetFindings as find } from './config-snippet-findings.ts';

/** The controller's own snippets: the same for every Ingress that it serves. */
export interface ConfigSnippetSetting {
  /** Above all servers, where it holds as far as server and location say nothing else. */
  readonly http: readonly Directive[];
  /** In the server of every host, behind its locations, and so behind the server-snippet of an Ingress and behind app-root. */
  readonly server: ValidSnippet | null;
  /** In every location, behind the configuration-snippet of its Ingress. */
  readonly location: ValidSnippet | null;
}

export const NO_CONFIG_SNIPPETS: ConfigSnippetSetting = { http: [], server: null, location: null };

/** `rootfs/etc/nginx/template/nginx.tmpl` of ingress-nginx 1.15 says where each of them stands. */
export const configSnippets = defineRule({
  id: 'nginx/config/snippets',
  title: 'Raw nginx configuration for everything that the controller serves',
  docs: configDocs('location-snippet'),
  scope: 'ingress',
  becomes: 'rules, redirects and intents of every route; rawAccessControl for what restricts and cannot be converted',
  reads: {
    main: at(configKey('main-snippet'), text, 'a finding for each directive'),
    http: at(configKey('http-snippet'), text),
    server: at(configKey('server-snippet'), text),
    location: at(configKey('location-snippet'), text),
    stream: at(configKey('stream-snippet'), text, 'a finding for each directive'),
  },
  findings: find,
  convert({ read }) {
    const http = checked(read.http, 'http');
    const server = checked(read.server, 'server');
    const location = checked(read.location, 'location');
    const declared = http.snippet?.directives ?? [];
    const settled = declared.flatMap(aside);
    const isAside = new Set(settled.map(({ entry }) => entry));
    const setting: ConfigSnippetSetting = {
      http: declared.filter(({ entry }) => !isAside.has(entry)),
      server: server.snippet,
      location: location.snippet,
    };
    const beyond = [named(read.main, processSettlement), named(read.stream, streamSettlement)];
    const all = [http, server, location, ...beyond];
    const inForce = [...setting.http, ...(setting.server?.directives ?? []), ...(setting.location?.directives ?? [])];
    return {
      ...(inForce.length === 0 ? {} : { setting }),
      intents: [http, server, location].flatMap(({ intents }) => intents),
      routed: entriesOf([...inForce, ...(setting.location?.twice ?? [])]),
      divided: all.flatMap(({ divided }) => divided),
      settled: [...all.flatMap((each) => each.settled), ...settled],
      findings: [http, server, location].flatMap(({ findings }) => findings),
    };
  },
});

function checked(read: Read<string>, context: 'http' | 'server' | 'location'): CheckedSnippet {
  return read.state === 'valid' ? checkSnippet(read.entry, context) : NO_SNIPPET;
}

/** What only the block of all servers takes, and of which no location has anything by itself. */
const DEFINES =
  /^(map|map_hash_\w+|geo|geoip\w*|geoip2\w*|split_clients|upstream|types|types_hash_\w+|limit_req_zone|limit_conn_zone|log_format|\w+_cache_path|js_import|js_path|js_set|perl_set|perl_modules|lua_(?:shared_dict|package_c?path|max_\w+|capture_error_log|code_cache|socket_log_errors)|server_names_hash_\w+|variables_hash_\w+|keyval_zone|keyval|include_types|vhost_traffic_status_zone|modsecurity_use_error_log)$/;

function aside(directive: Directive): readonly Settlement[] {
  const { name, entry } = directive;
  const entries = entriesOf([directive]);
  if (name === 'server') {
    const finding = find['own-server']({ server: serverName(directive) }, placeOf(entry));
    return endAs('unmapped', entries, finding);
  }
  if (!DEFINES.test(name)) return [];
  return inert(entries, find.defines({ directive: textOf(directive) }, placeOf(entry)));
}

function serverName({ block }: Directive): string {
  const said = (block ?? []).filter(({ name }) => name === 'listen' || name === 'server_name').map(textOf);
  return `server { ${[...said, '…'].join('; ')} }`;
}

/** Of a text of which no HTTP request asks anything: each directive by name. */
function named(
  read: Read<string>,
  settle: (directive: Directive) => readonly Settlement[],
): { readonly divided: readonly Division[]; readonly settled: readonly Settlement[]; readonly findings: readonly Finding[] } {
  if (read.state !== 'valid') return { divided: [], settled: [], findings: [] };
  const { annotation, directives } = readSnippet(read.entry);
  if (directives.length === 0) {
    const empty = inert([annotation], find.empty({ annotation: annotation.name }, placeOf(annotation)));
    return { divided: [], settled: empty, findings: [] };
  }
  return { divided: [{ whole: annotation, parts: entriesOf(directives) }], settled: directives.flatMap(settle), findings: [] };
}

function processSettlement(directive: Directive): readonly Settlement[] {
  return endAs('unmapped', entriesOf([directive]), find.process({ directive: textOf(directive) }, placeOf(directive.entry)));
}

function streamSettlement(directive: Directive): readonly Settlement[] {
  return entriesOf([directive]).flatMap((entry) => endAs('unmapped', [entry], find.stream({ directive: wordsOf(entry) }, placeOf(entry))));
}

function wordsOf({ name, value }: Entry): string {
  return `${name.replace(/^\S+ /, '')} ${value}`.trim();
}
