import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, goBool } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, refusal } from './annotation.ts';
import { controllerOf } from './controller/controller.ts';
import { inert, placeOf } from './settlement.ts';

export const passthroughFindings = defineFindings('nginx/ssl-passthrough', {
  'needs-flag': {
    level: 'warning',
    message: (a: { host: string }) =>
      `TLS of ${a.host} is passed through to its backend only if the controller runs with --enable-ssl-passthrough; written as if it does`,
    help: () =>
      'Without that flag the controller ignores ssl-passthrough and terminates TLS itself: remove the annotation and convert again.',
    differs: ['unreachable', 'wrong-backend', 'protection', 'status'],
  },
  'switched-off': {
    level: 'note',
    message: (_: NoArgs) => 'the controller runs without --enable-ssl-passthrough, so ssl-passthrough does nothing',
  },
  'no-backend': {
    level: 'warning',
    message: (a: { host: string }) =>
      `${a.host} has no path / with a Service, so with --enable-ssl-passthrough its TLS connections go nowhere`,
    help: () => 'Nothing was written for them.',
  },
  'not-matched': {
    level: 'note',
    message: (a: { host: string }) => `ssl-passthrough matches the exact server name of a connection, so it does nothing for ${a.host}`,
  },
  'tls-unused': {
    level: 'note',
    message: (a: { host: string }) => `the backend of ${a.host} answers TLS itself, so nothing of this is seen over HTTPS`,
  },
  'http-redirected': {
    level: 'note',
    message: (_: NoArgs) =>
      'over HTTP it redirects to HTTPS, and over HTTPS the connection is passed through: nothing else of it is ever used',
  },
});

export const sslPassthrough = defineRule({
  id: 'nginx/ssl-passthrough',
  title: 'TLS passed through to the backend',
  docs: manual('ssl-passthrough'),
  scope: 'host',
  becomes: 'passthrough of a host of the routing table',
  reads: { enabled: at(`${PREFIX}ssl-passthrough`, goBool) },
  findings: passthroughFindings,
  convert({ read: { enabled }, estate, options }) {
    const refused = refusal(enabled);
    if (refused !== null) return { refused };
    if (enabled.state !== 'valid') return {};
    if (!enabled.value) return { settled: asDefault(enabled) };
    const { flags } = controllerOf(estate, options);
    const flag = flags.get('enable-ssl-passthrough');
    // Its flags are known, and this one is not among them.
    if (flags.size > 0 && flag !== 'true')
      return { settled: inert([enabled.entry], passthroughFindings['switched-off']({}, placeOf(enabled.entry))) };
    const entries: readonly Entry[] = entryOf(enabled);
    return { setting: entries, routed: entries };
  },
});
