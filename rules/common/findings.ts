import { defineFindings } from '../../src/ledger/finding.ts';

export const toolFindings = defineFindings('tool', {
  bookkeeping: {
    level: 'note',
    message: (a: { name: string; tool: string }) => `${a.name} is bookkeeping of ${a.tool} about the Ingress object itself`,
  },
  'cert-manager': {
    level: 'note',
    message: (a: { name: string }) => `${a.name} stands on the Gateway now: cert-manager makes a Certificate for each of its HTTPS listeners whose Secret is in the Gateway's namespace`,
    help: () =>
      'cert-manager needs --enable-gateway-api. It ignores listeners whose Secret is in another namespace: create Certificates for those. The Certificate that it made for the Ingress is deleted with the Ingress; keep the Secret.',
  },
  'acme-solver': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} has no counterpart: HTTP-01 challenges on a Gateway are solved through gatewayHTTPRoute`,
    help: () => 'Add a solver with http01.gatewayHTTPRoute.parentRefs naming this Gateway to the Issuer before the next renewal.',
  },
  'external-dns': {
    level: 'note',
    message: (a: { name: string }) => `${a.name} moved along; external-dns reads it there only with --source=gateway-httproute`,
    help: () => 'Enable that source, and mind who owns the DNS record while both objects exist.',
  },
  'other-controller': {
    level: 'note',
    message: (a: { name: string; tool: string }) => `${a.name} belongs to ${a.tool}, which does not serve this Ingress`,
  },
  unknown: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} is read by no controller or tool known here; it was copied to the route`,
    help: () => 'If a tool of yours reads it from Ingresses, teach that tool to read HTTPRoutes.',
  },
});
