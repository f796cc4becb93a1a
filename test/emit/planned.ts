import type { OutputObject } from '../../src/gateway/types.ts';
import type { IngressRef } from '../../src/model/entry.ts';
import type { PlannedObject } from '../../src/plan/plan.ts';

export function ingressRef(name: string, file = 'web.yaml', line = 1): IngressRef {
  return { kind: 'Ingress', namespace: 'shop', name, at: { file, line, column: 1 } };
}

export function planned(object: OutputObject, more: Partial<PlannedObject> = {}): PlannedObject {
  return { object, role: 'routes', origin: [ingressRef('web')], notes: [], ...more };
}

/** A route without rules of interest; `annotations` carry the text under test. */
export function route(name: string, annotations: Readonly<Record<string, string>> = {}, namespace = 'shop'): OutputObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace, annotations },
    spec: { parentRefs: [{ name: 'nginx' }], hostnames: ['example.com'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  };
}
