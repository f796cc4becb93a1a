import type { Backend } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';

/** Where the rule sends its requests; none when it answers itself. */
export function forwardedBackends({ rule }: Pick<LoweringContext, 'rule'>): readonly Backend[] {
  return rule.action.kind === 'forward' ? rule.action.backends : [];
}

/** `appProtocol` of the Service's port; null where it is not set or the Service not in the input. */
export function appProtocol(backend: Backend, { estate }: Pick<LoweringContext, 'estate'>): string | null {
  const service = estate.serviceByName.get(`${backend.namespace}/${backend.service}`);
  return service?.ports.find((port) => port.port === backend.port)?.appProtocol ?? null;
}

/** `namespace/service:port`, each once. */
export function backendNames(backends: readonly Backend[]): string {
  return [...new Set(backends.map(({ namespace, service, port }) => `${namespace}/${service}:${port ?? '?'}`))].sort().join(', ');
}

export function isOverTls({ rule }: Pick<LoweringContext, 'rule'>): boolean {
  return rule.intents.some((intent) => intent.kind === 'backendProtocol' && (intent.protocol === 'HTTPS' || intent.protocol === 'GRPCS'));
}
