import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';

export const externalAuthFindings = defineFindings('nginx/external-auth', {
  'fails-open': {
    level: 'error',
    message: (a: { annotation: string; value: string; reason: string; url: string }) =>
      `nothing is asked of ${a.url}: with ${a.annotation} "${a.value}", ${a.reason}, ingress-nginx 1.12 and newer switch external authentication off, and these paths are open today`,
    help: (a) =>
      `Older controllers, and those with annotation validation off, do ask, so the paths are withheld. Correct or remove ${a.annotation} and convert again.`,
    security: true,
    differs: ['protection', 'wider'],
  },
  'without-url': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} protects nothing without auth-url`,
    help: () => 'If the paths are to be protected, add auth-url and convert again.',
    security: true,
  },
  'unknown-headers': {
    level: 'warning',
    message: (a: { map: string }) =>
      `the headers sent along to the authentication service stand in ConfigMap ${a.map}, which is not in the input`,
    help: (a) => `Add ConfigMap ${a.map} to the input and convert again, or set its headers where authentication is configured.`,
    differs: ['status'],
  },
  'always-cookie': {
    level: 'note',
    message: (_: NoArgs) => 'cookies of the authentication service are handed to the client with every status, also with errors',
    help: () => 'Implementations hand them on with a refusal only, if at all: check that signing in still works.',
    differs: ['headers'],
  },
  keepalive: {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} only concerns connections to the authentication service, and none while the controller speaks HTTP/2 to clients, as it does by default`,
  },
});
