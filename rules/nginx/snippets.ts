import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { text } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { endAs, placeOf } from './settlement.ts';

const find = defineFindings('nginx/snippet', {
  directives: {
    level: 'warning',
    message: (a: { name: string; directives: string }) => `${a.name} holds nginx configuration that was not converted: ${a.directives}`,
    help: () =>
      'add_header, more_set_headers and proxy_set_header have header filters as their counterpart, rewrite and return a redirect filter; for the rest see the policies of your implementation.',
    differs: ['headers', 'redirect', 'status', 'wrong-path', 'wider', 'wrong-backend'],
  },
});

/** Directives that decide who gets in, or that answer instead of the backend. */
const RESTRICTING =
  /^(deny|allow|auth_basic|auth_request|auth_jwt|satisfy|limit_except|limit_req|limit_conn|ssl_verify_client|ssl_client_certificate|access_by_lua\w*|rewrite_by_lua\w*|valid_referers|secure_link\w*|internal|modsecurity\w*|if|return|geo|map)$/;

/**
 * Names of the directives of a snippet, each once. Quotes and comments are respected; nested blocks are read as well.
 * Not a full parser: it is only asked which directives occur.
 */
export function directiveNames(snippet: string): readonly string[] {
  const plain = snippet.replace(/#[^\n]*/g, '').replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '""');
  return [
    ...new Set(
      plain
        .split(/[;{}]/)
        .map((part) => /^\s*([A-Za-z_][\w.]*)/.exec(part)?.[1] ?? '')
        .filter((name) => name !== ''),
    ),
  ];
}

/** Without a policy for raw configuration, what may restrict access withholds the route. */
export const snippets = defineRule({
  id: 'nginx/snippets',
  title: 'Raw nginx configuration',
  docs: manual('configuration-snippet'),
  scope: 'location',
  becomes: 'rawAccessControl, or a finding that names the directives',
  reads: {
    configuration: at(`${PREFIX}configuration-snippet`, text),
    server: at(`${PREFIX}server-snippet`, text),
    stream: at(`${PREFIX}stream-snippet`, text),
    modsecurity: at(`${PREFIX}modsecurity-snippet`, text),
  },
  findings: find,
  convert({ read }) {
    const here: Intent[] = [];
    const host: Intent[] = [];
    const settled = [read.configuration, read.server, read.stream, read.modsecurity].flatMap((each) => {
      if (each.state !== 'valid') return [];
      const names = directiveNames(each.value);
      const restricting = each === read.modsecurity ? names : names.filter((name) => RESTRICTING.test(name));
      if (restricting.length > 0 && each !== read.stream) {
        (each === read.server ? host : here).push({
          kind: 'rawAccessControl',
          language: 'nginx',
          restricts: restricting.join(', '),
          entries: [each.entry],
        });
        return [];
      }
      return endAs('unmapped', [each.entry], find.directives({ name: each.entry.name, directives: names.join(', ') }, placeOf(each.entry)));
    });
    return { intents: here, hostIntents: host, settled };
  },
});
