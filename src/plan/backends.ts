import { LIMITS } from '../gateway/limits.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Backend } from '../route/table.ts';
import type { Dialect } from '../targets/dialect.ts';
import type { DraftBackend, Statement } from './draft.ts';
import { planFindings } from './findings.ts';

/** Of backends without a problem. Weights beyond what the API takes are scaled, keeping every share above zero. */
export function draftBackends(
  backends: readonly Backend[],
  { weights, imports }: Pick<Dialect, 'weights' | 'imports'>,
  gatewayClass: string | null,
): readonly DraftBackend[] {
  const known = imports?.(gatewayClass) ?? null;
  const scale = Math.min(1, (weights?.largest ?? LIMITS.weight) / Math.max(1, ...backends.map(({ weight }) => weight)));
  return backends.flatMap(({ namespace, service, port, weight, fleet }): readonly DraftBackend[] => {
    if (port === null) return [];
    const share = scale === 1 || weight === 0 ? weight : Math.max(1, Math.round(weight * scale));
    return [
      {
        namespace,
        name: service,
        port,
        weight: share,
        ...(known === null ? {} : { imported: { group: known.group, kind: known.kind } }),
        ...(known === null || fleet !== undefined ? {} : { exportedBy: known.exportedBy }),
      },
    ];
  });
}

/** Why a rule cannot be sent to its backends; null when it can. */
export function backendProblem(backends: readonly Backend[], place: Place, weights?: Dialect['weights']): Finding | null {
  const unusable = backends.find((backend) => backend.port === null || backend.problem === 'external-name');
  if (unusable !== undefined) return backendFinding(unusable, place);
  const limit = weights?.backends ?? LIMITS.backendRefsPerRule;
  if (backends.length > limit) return planFindings['backends-too-many']({ backends: backends.length, limit }, place);
  // Some implementations make no rule at all of it.
  return weights !== undefined && backends.every(({ weight }) => weight === 0) ? planFindings['backends-weightless']({}, place) : null;
}

export function assumedPort(backend: Backend): Statement {
  const args = { service: `${backend.namespace}/${backend.service}`, port: backend.written, number: backend.port ?? 0 };
  const finding = planFindings['backend-assumed'](args, {
    at: backend.entries.at(-1)?.at ?? null,
    ingress: backend.entries.at(-1)?.ingress ?? null,
  });
  return { entries: backend.entries, outcome: 'approximated', finding, field: '.backendRefs' };
}

function backendFinding(backend: Backend, place: Place): Finding {
  const service = `${backend.namespace}/${backend.service}`;
  const at = { ...place, at: backend.entries.at(-1)?.at ?? place.at ?? null };
  if (backend.problem === 'outside-cluster') return planFindings['backend-outside-cluster']({ group: backend.written }, at);
  if (backend.problem === 'external-name') return planFindings['backend-external-name']({ service }, at);
  const why = backend.problem === 'no-such-port' ? 'the Service has no such port' : 'the Service is not in the input';
  return planFindings['backend-unresolved']({ service, port: backend.written, why }, at);
}
