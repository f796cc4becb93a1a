import { defineFindings } from '../ledger/finding.ts';

export const foldFindings = defineFindings('plan/fold', {
  folded: {
    level: 'note',
    message: (a: { wildcard: string; hosts: number; saved: number; gateway: string }) =>
      `${a.hosts} hosts share the listeners for ${a.wildcard} on ${a.gateway}, ${a.saved} fewer than with listeners of their own; the names below it that no route has are answered with 404, over TLS with the same certificate`,
  },
  kept: {
    level: 'warning',
    message: (a: { wildcard: string; hosts: string; why: string }) => `not folded into ${a.wildcard}: ${a.hosts} (${a.why})`,
    help: () => 'What is not folded has listeners of its own, which go before the one of the wildcard.',
  },
  shared: {
    level: 'note',
    message: (a: { target: string }) => `with ${a.target} one listener of each port serves all hosts: there is nothing to fold`,
  },
  'no-host': {
    level: 'warning',
    message: (a: { wildcard: string }) => `no host lies directly below ${a.wildcard}, so nothing was folded into it`,
    help: () => 'A wildcard takes the place of one label: *.example.com covers a.example.com, and not a.b.example.com.',
  },
});

/** Why something is not folded: in words for a sentence. */
export const WHY_NOT = {
  passthrough: 'TLS is passed through undecrypted',
  policy: 'a policy holds for the listeners of one host alone',
  tools: 'cert-manager issues what the Ingress asks for, and would issue it for the wildcard instead',
  alone: 'no two have the same ports, certificate and namespaces',
  differs: 'another certificate, other ports or TLS settings, or routes of other namespaces than most have',
  wildcard: 'the wildcard is a host itself, with another certificate, other ports or TLS settings, or routes of other namespaces',
} as const;
