import { asDefault, type Family, innermostOf, notCarried } from './levels.ts';
import { nginxTime } from './time.ts';

const TIMEOUTS = ['proxy_connect_timeout', 'proxy_read_timeout', 'proxy_send_timeout'] as const;

/** Timeouts towards the backend, and what nginx keeps before it passes it on. */
export const transfer: Family = {
  names: new Set([...TIMEOUTS, 'proxy_buffering', 'proxy_request_buffering']),
  apply(levels, _scope, effects) {
    for (const name of TIMEOUTS) {
      for (const directive of innermostOf(levels, effects, name)) {
        const ms = nginxTime(directive.args[0] ?? '');
        const entries = [directive.entry];
        if (ms === null) notCarried(directive, 'it is no time', effects);
        else if (name === 'proxy_connect_timeout') effects.intents.push({ kind: 'connectTimeout', ms, entries });
        else effects.intents.push({ kind: 'idleTimeout', direction: name === 'proxy_read_timeout' ? 'read' : 'send', ms, entries });
      }
    }
    for (const name of ['proxy_buffering', 'proxy_request_buffering']) {
      const isRequest = name === 'proxy_request_buffering';
      for (const directive of innermostOf(levels, effects, name)) {
        const on = directive.args[0] === 'on';
        // The controller's defaults: requests are kept, responses are not.
        if (on === isRequest) asDefault(directive, effects);
        else {
          const side = isRequest ? { request: on, response: null } : { request: null, response: on };
          effects.intents.push({ kind: 'buffering', ...side, parameters: {}, entries: [directive.entry] });
        }
      }
    }
  },
};
