import { LIMITS } from '../gateway/limits.ts';
import type { BackendObjectRef } from '../gateway/types.ts';
import type { Finding, Place } from '../ledger/finding.ts';
import type { Backend } from '../route/table.ts';
import type { BackendContext, Dialect } from '../targets/dialect.ts';
import type { DraftBackend, Statement } from './draft.ts';
import { planFindings } from './findings.ts';

/** Of backends without a problem. Weights beyond what the API takes are scaled, keeping every share above zero. */
export function draftBackends(
  backends: readonly Backend[],
  { weights, imports, outsideBackend }: Pick<Dialect, 'weights' | 'imports' | 'outsideBackend'>,
  gatewayClass: string | null,
): readonly DraftBackend[] {
  const known = imports?.(gatewayClass) ?? null;
  const scale = Math.min(1, (weights?.largest ?? LIMITS.weight) / Math.max(1, ...backends.map(({ weight }) => weight)));
  return backends.flatMap((backend): readonly DraftBackend[] => {
    const { namespace, service, port, weight: share, fleet } = backend;
    const weight = scale === 1 || share === 0 ? share : Math.max(1, Math.round(share * scale));
    if (backend.problem === 'outside-cluster') {
      const named = outsideBackend?.(backend) ?? null;
      return named === null ? [] : [{ namespace, name: named.name, port: null, weight, ref: kindOf(named) }];
    }
    if (port === null) return [];
    return [
      {
        namespace,
        name: service,
        port,
        weight,
        ...(known === null ? {} : { imported: { group: known.group, kind: known.kind } }),
        ...(known === null || fleet !== undefined ? {} : { exportedBy: known.exportedBy }),
      },
    ];
  });
}

function kindOf({ group, kind }: Pick<BackendObjectRef, 'group' | 'kind'>): NonNullable<DraftBackend['ref']> {
  return { ...(group === undefined ? {} : { group }), ...(kind === undefined ? {} : { kind }) };
}

/** Why requests cannot be sent to these backends, those of a rule where there is one; null when they can. */
export function backendProblem(backends: readonly Backend[], place: Place, dialect?: Dialect, context?: BackendContext): Finding | null {
  const isNamed = (backend: Backend) => backend.problem === 'outside-cluster' && (dialect?.outsideBackend?.(backend) ?? null) !== null;
  const isReached = (backend: Backend) => context !== undefined && (dialect?.externalName?.(backend, context, place) ?? null) !== null;
  const isAway = (backend: Backend) => backend.problem === 'external-name' && !isReached(backend);
  const unusable = backends.find((backend) => (backend.port === null || isAway(backend)) && !isNamed(backend));
  if (unusable !== undefined) return backendFinding(unusable, place);
  const { weights } = dialect ?? {};
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

/** What is left to do for backends of type ExternalName, where the implementation reaches them. */
export function externalNames(context: BackendContext, dialect: Dialect | undefined, place: Place): readonly Statement[] {
  const { rule } = context;
  if (rule.action.kind !== 'forward') return [];
  return rule.action.backends.flatMap((backend): readonly Statement[] => {
    if (backend.problem !== 'external-name') return [];
    const at = { ...place, at: backend.entries.at(-1)?.at ?? place.at ?? null };
    const finding = dialect?.externalName?.(backend, context, at) ?? null;
    return finding === null ? [] : [{ entries: backend.entries, outcome: 'manual', finding, field: '.backendRefs' }];
  });
}

function backendFinding(backend: Backend, place: Place): Finding {
  const service = `${backend.namespace}/${backend.service}`;
  const at = { ...place, at: backend.entries.at(-1)?.at ?? place.at ?? null };
  if (backend.problem === 'outside-cluster') return planFindings['backend-outside-cluster']({ group: backend.written }, at);
  if (backend.problem === 'external-name') return planFindings['backend-external-name']({ service }, at);
  const why = backend.problem === 'no-such-port' ? 'the Service has no such port' : 'the Service is not in the input';
  return planFindings['backend-unresolved']({ service, port: backend.written, why }, at);
}
