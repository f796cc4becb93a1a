import type { BackendTLSPolicy } from '../../gateway/types.ts';
import type { Intent } from '../../intent/intent.ts';
import type { Estate } from '../../model/estate.ts';
import { isObject, member } from '../../model/json.ts';
import type { Backend } from '../../route/table.ts';
import type { LoweringContext } from '../contract.ts';
import { preciseHost } from './hostname.ts';

/** One policy for each Service and port, the same whichever rule asks: a Service obeys only one. */
export function policiesFor(backends: readonly Backend[], context: LoweringContext): readonly BackendTLSPolicy[] {
  const byName = new Map(backends.map((backend) => [`${backend.namespace}/${backend.service}:${backend.port}`, backend]));
  return [...byName.values()].map((backend) => policyFor(backend, context));
}

function policyFor(backend: Backend, { rule, estate }: LoweringContext): BackendTLSPolicy {
  const verification = rule.intents.find(isVerification);
  const authority = verification?.secret?.name ?? backend.service;
  const service = estate.serviceByName.get(`${backend.namespace}/${backend.service}`);
  const hostname =
    (verification?.serverName == null ? null : preciseHost(verification.serverName)) ??
    (service?.externalName == null ? null : preciseHost(service.externalName)) ??
    `${backend.service}.${backend.namespace}.svc`;
  // A policy without port name holds for all ports of the Service; one with a single unnamed port has nothing to name.
  const portName = service?.ports.find((port) => port.port === backend.port)?.name ?? null;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: `${backend.service}-${backend.port ?? 'tls'}-tls`, namespace: backend.namespace },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: backend.service, ...(portName === null ? {} : { sectionName: portName }) }],
      validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: `${authority}-ca` }], hostname },
    },
  };
}

function isVerification(intent: Intent): intent is Extract<Intent, { kind: 'backendTls' }> {
  return intent.kind === 'backendTls' && intent.verify;
}

/** Whether the input already has a policy for the Service. */
export function hasPolicy(backend: Backend, estate: Estate): boolean {
  return estate.others.some((other) => {
    const refs = member(member(other.value, 'spec'), 'targetRefs');
    return (
      other.ref.kind === 'BackendTLSPolicy' &&
      other.ref.namespace === backend.namespace &&
      Array.isArray(refs) &&
      refs.some((ref) => isObject(ref) && member(ref, 'name') === backend.service)
    );
  });
}
