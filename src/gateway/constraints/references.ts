import * as z from 'zod';
import { GATEWAY_API_GROUP } from '../fields.ts';
import { LIMITS, limitsOf } from '../limits.ts';
import type { Release } from '../release.ts';
import { dnsLabel, group, kind, objectName, port, sectionName } from './names.ts';
import { eachRepeat } from './uniqueness.ts';

/** An object of the same namespace. */
export const localReference = z.strictObject({ group, kind, name: objectName });

/** An object of any namespace, fully named. */
export const objectReference = z.strictObject({ group, kind, name: objectName, namespace: dnsLabel.optional() });

/** A Secret unless said otherwise. */
export const secretReference = z.strictObject({
  group: group.optional(),
  kind: kind.optional(),
  name: objectName,
  namespace: dnsLabel.optional(),
});

const backendFields = {
  group: group.optional(),
  kind: kind.optional(),
  name: objectName,
  namespace: dnsLabel.optional(),
  port: port.optional(),
};

interface BackendReference {
  readonly group?: string | undefined;
  readonly kind?: string | undefined;
  readonly port?: number | undefined;
}

/** Group and kind default to the core group's Service, which cannot do without a port. */
export function hasPortIfService(backend: BackendReference): boolean {
  return (backend.group ?? '') !== '' || (backend.kind ?? 'Service') !== 'Service' || backend.port !== undefined;
}

export const PORT_MISSING = { message: 'a Service reference must have a port', path: ['port'] };

export const backendObjectReference = z.strictObject(backendFields).refine(hasPortIfService, PORT_MISSING);

/** Fields of an element of `backendRefs`, to which an HTTP or GRPC route adds filters. */
export const weightedBackendFields = { ...backendFields, weight: z.int().min(0).max(LIMITS.weight).optional() };

export const weightedBackend = z.strictObject(weightedBackendFields).refine(hasPortIfService, PORT_MISSING);

const parentReference = z.strictObject({
  group: group.optional(),
  kind: kind.optional(),
  name: objectName,
  namespace: dnsLabel.optional(),
  sectionName: sectionName.optional(),
  port: port.optional(),
});
type ParentReference = z.infer<typeof parentReference>;

/** At least one: a route without parents serves nothing, though the API server takes it. */
export function parentReferences(release: Release) {
  const byPort = limitsOf(release).parentRefsDifferByPort;
  const section = (ref: ParentReference) => `${ref.sectionName ?? ''}/${byPort ? (ref.port ?? '') : ''}`;
  const shape = (ref: ParentReference) => `${ref.sectionName !== undefined}/${byPort && ref.port !== undefined}`;
  return z
    .array(parentReference)
    .min(1)
    .max(LIMITS.parentRefsPerRoute)
    .superRefine((refs, context) => {
      eachRepeat(
        refs,
        (ref) => `${parentKey(ref)}/${section(ref)}`,
        (index, earlier) =>
          context.addIssue({ code: 'custom', path: [index], message: `names the same parent and section as element ${earlier}` }),
      );
      const shapes = new Map<string, string>();
      refs.forEach((ref, index) => {
        const known = shapes.get(parentKey(ref)) ?? shape(ref);
        shapes.set(parentKey(ref), known);
        if (known !== shape(ref)) {
          context.addIssue({
            code: 'custom',
            path: [index],
            message: 'of several references to one parent all or none must name a section',
          });
        }
      });
    });
}

function parentKey(ref: ParentReference): string {
  return [ref.group ?? GATEWAY_API_GROUP, ref.kind ?? 'Gateway', ref.namespace ?? '', ref.name].join('/');
}

/** The Gateway that a ListenerSet belongs to. */
export const gatewayReference = z.strictObject({
  group: group.optional(),
  kind: kind.optional(),
  name: objectName,
  namespace: dnsLabel.optional(),
});
