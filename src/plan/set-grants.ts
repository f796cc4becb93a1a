import { GATEWAY_API_GROUP } from '../gateway/fields.ts';
import type { Release } from '../gateway/release.ts';
import type { Gateway, ListenerSet, OutputObject, ReferenceGrant } from '../gateway/types.ts';
import { isGateway } from './governed.ts';
import { type CrossReference, writeGrants } from './grants.ts';
import type { PlannedObject } from './plan.ts';

/**
 * Grants for certificates that no Gateway refers to any more would only be open doors, and those of ListenerSets need grants of
 * their own: what a Gateway may read, its ListenerSets may not.
 */
export function setGrants(objects: readonly PlannedObject[], release: Release): readonly PlannedObject[] {
  const used = new Set(
    objects.flatMap(({ object }) => (isGateway(object) ? secretsOf(object) : []).map(({ from, to, name }) => `${from} ${to}/${name}`)),
  );
  const kept = objects.flatMap((planned) => {
    const { object } = planned;
    if (!isGrant(object)) return [planned];
    const [from] = object.spec.from;
    if (from?.kind !== 'Gateway') return [planned];
    const to = object.spec.to.filter(
      ({ kind, name }) => kind !== 'Secret' || used.has(`${from.namespace} ${object.metadata.namespace}/${name ?? ''}`),
    );
    return to.length === 0 ? [] : [{ ...planned, object: { ...object, spec: { ...object.spec, to } } }];
  });
  const ofSets = objects.flatMap(({ object, origin }) =>
    isListenerSet(object)
      ? secretsOf(object).map(
          ({ from, to, name }): CrossReference => ({ ...SECRET_OF_SET, fromNamespace: from, toNamespace: to, toName: name, origin }),
        )
      : [],
  );
  return [...kept, ...writeGrants(ofSets, release)];
}

const SECRET_OF_SET = { fromGroup: GATEWAY_API_GROUP, fromKind: 'ListenerSet', toKind: 'Secret' } as const;

function secretsOf({
  metadata,
  spec,
}: Gateway | ListenerSet): readonly { readonly from: string; readonly to: string; readonly name: string }[] {
  const from = metadata.namespace ?? '';
  return spec.listeners.flatMap(({ tls }) =>
    (tls?.certificateRefs ?? []).map(({ name, namespace = from }) => ({ from, to: namespace, name })),
  );
}

function isListenerSet(object: OutputObject): object is ListenerSet {
  return object.kind === 'ListenerSet';
}

function isGrant(object: OutputObject): object is ReferenceGrant {
  return object.kind === 'ReferenceGrant';
}
