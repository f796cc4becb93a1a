import { defineFindings } from '../../src/ledger/finding.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, refusal } from './annotation.ts';
import { regexChars } from './codecs.ts';
import { endAs, placeOf } from './settlement.ts';

const find = defineFindings('nginx/upstream-vhost', {
  variable: {
    level: 'warning',
    message: (a: { value: string }) => `the Host header "${a.value}" is put together from variables of nginx, which has no portable form`,
    help: () => 'Write the name out for each host, or let the backend accept the Host of the client.',
    differs: ['headers'],
  },
});

/** `$http_host` is what the controller sends anyway, `$host` the same without the port. */
const CLIENTS_OWN = ['$http_host', '$host', '$best_http_host'];

export const upstreamVhost = defineRule({
  id: 'nginx/upstream-vhost',
  title: 'Host header sent to the backend',
  docs: manual('custom-nginx-upstream-vhost'),
  scope: 'location',
  becomes: 'upstreamHost',
  reads: { host: at(`${PREFIX}upstream-vhost`, regexChars) },
  findings: find,
  convert({ read: { host } }) {
    const refused = refusal(host);
    if (refused !== null) return { refused };
    if (host.state !== 'valid') return {};
    if (CLIENTS_OWN.includes(host.value)) return { settled: asDefault(host) };
    if (host.value.includes('$'))
      return { settled: endAs('unmapped', [host.entry], find.variable({ value: host.value }, placeOf(host.entry))) };
    return { intents: [{ kind: 'upstreamHost', host: host.value, entries: [host.entry] }] };
  },
});
