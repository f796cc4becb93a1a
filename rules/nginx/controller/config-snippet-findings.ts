import { defineFindings } from '../../../src/ledger/finding.ts';
import { snippetFindings } from '../snippet/findings.ts';

export const configSnippetFindings = {
  ...snippetFindings,
  ...defineFindings('nginx/config/snippet', {
    defines: {
      level: 'note',
      message: (a: { directive: string }) =>
        `"${a.directive}" answers and refuses nothing by itself: it only names something for other directives, of which each says what became of it`,
    },
    'own-server': {
      level: 'warning',
      message: (a: { server: string }) =>
        `"${a.server}" of the http-snippet is a server of its own beside the controller's, for hosts or ports that no Ingress speaks of; it was not carried over`,
      help: () => 'Give its hosts Ingresses, or write their listeners and routes by hand.',
      security: true,
      differs: ['unreachable', 'wrong-backend', 'redirect', 'status', 'wider'],
    },
    process: {
      level: 'note',
      message: (a: { directive: string }) => `"${a.directive}" of the main-snippet sets nginx itself up and was not carried over`,
      help: () => 'Nearest: how the implementation is deployed.',
    },
    unreached: {
      level: 'note',
      message: (a: { directive: string }) => `"${a.directive}" changes nothing on the hosts and paths that the controller serves`,
    },
  }),
};
