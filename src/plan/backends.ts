import type { Finding, Place } from '../ledger/finding.ts';
import type { Backend } from '../route/table.ts';
import type { DraftBackend, Statement } from './draft.ts';
import { planFindings } from './findings.ts';

export function draftBackend(backend: Backend): readonly DraftBackend[] {
  if (backend.port === null) return [];
  return [{ namespace: backend.namespace, name: backend.service, port: backend.port, weight: backend.weight }];
}

export function assumedPort(backend: Backend): Statement {
  const args = { service: `${backend.namespace}/${backend.service}`, port: backend.written, number: backend.port ?? 0 };
  const finding = planFindings['backend-assumed'](args, {
    at: backend.entries.at(-1)?.at ?? null,
    ingress: backend.entries.at(-1)?.ingress ?? null,
  });
  return { entries: backend.entries, outcome: 'approximated', finding, field: '.backendRefs' };
}

export function backendFinding(backend: Backend, place: Place): Finding {
  const service = `${backend.namespace}/${backend.service}`;
  const at = { ...place, at: backend.entries.at(-1)?.at ?? place.at ?? null };
  if (backend.problem === 'external-name') return planFindings['backend-external-name']({ service }, at);
  const why = backend.problem === 'no-such-port' ? 'the Service has no such port' : 'the Service is not in the input';
  return planFindings['backend-unresolved']({ service, port: backend.written, why }, at);
}
