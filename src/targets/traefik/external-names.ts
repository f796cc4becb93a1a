import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import type { Dialect } from '../dialect.ts';
import { servicePart } from './kinds.ts';

const find = defineFindings('traefik/backends', {
  'external-name': {
    level: 'warning',
    message: (a: { service: string }) =>
      `Service ${a.service} is of type ExternalName: it is reached by a TraefikService, once Traefik is allowed to`,
    help: () =>
      'Until then its requests are answered with an error. In the Helm values of Traefik: providers.kubernetesCRD.allowExternalNameServices=true. Whoever may write Services can then send to any name that Traefik reaches; a headless Service with an EndpointSlice of the addresses does without.',
    differs: ['status', 'unreachable'],
  },
});

/** The provider of Gateway API has no endpoints for them, and that of TraefikServices takes the name itself (`loadServers`, 3.7). */
export const externalName: NonNullable<Dialect['externalName']> = ({ namespace, service }, _context, place) =>
  find['external-name']({ service: `${namespace}/${service}` }, place);

export function externalNames({ rule: { action } }: LoweringContext): RuleParts {
  const isExternal = action.kind === 'forward' && action.backends.some(({ problem }) => problem === 'external-name');
  return isExternal ? { policies: [servicePart({})] } : {};
}
