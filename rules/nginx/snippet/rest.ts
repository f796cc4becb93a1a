import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { endAs, placeOf } from '../settlement.ts';
import { alternativeTo, isTuning } from './alternatives.ts';
import { snippetFindings } from './findings.ts';
import { asDefault, type Effects, notCarried, restricted } from './levels.ts';
import { isContentHandler } from './restricting.ts';

/** What nginx does anyway, without the directive. */
const DEFAULTS: ReadonlySet<string> = new Set([
  'proxy_ssl_verify off',
  'proxy_ssl_server_name off',
  'tcp_nodelay on',
  'etag on',
  'proxy_intercept_errors off',
  'proxy_pass_request_headers on',
  'proxy_pass_request_body on',
  'proxy_cache off',
  'server_tokens off',
  'merge_slashes on',
  'underscores_in_headers off',
  'ignore_invalid_headers on',
]);

/** Directives that no family takes. */
export function leaveRest(directives: readonly Directive[], effects: Effects): void {
  for (const directive of directives) {
    const { name, args, entry } = directive;
    const alternative = alternativeTo(name);
    if (DEFAULTS.has([name, ...args].join(' '))) asDefault(directive, effects);
    else if (isContentHandler(name)) restricted([directive], '', effects);
    else if (alternative === null) {
      const finding = snippetFindings['not-known']({ directive: textOf(directive) }, placeOf(entry));
      effects.settled.push(...endAs('unmapped', [entry], finding));
    } else if (isTuning(name)) {
      const finding = snippetFindings['of-the-proxy']({ directive: textOf(directive), nearest: alternative }, placeOf(entry));
      effects.settled.push(...endAs('unmapped', [entry], finding));
    } else notCarried(directive, '', effects);
  }
}
