import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import { comparePositions, compareText } from '../../../src/model/position.ts';
import type { Read } from '../../../src/rule/codec.ts';
import { entryOf, valueOr } from '../../../src/rule/codec.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import type { Reads, ReadValues } from '../../../src/rule/rule.ts';
import type { Behaviour, Role } from '../behaviour.ts';
import { mergeable } from '../mergeable.ts';
import { INHERITED, NOT_ON_MASTER, NOT_ON_MINION } from '../roles.ts';

/** An Ingress with the role it plays. */
export interface Facts {
  readonly view: IngressView;
  readonly ingress: Ingress;
  readonly ref: IngressRef;
  /** `namespace/name` */
  readonly name: string;
  readonly role: Role;
  /** mergeable-ingress-type, where written. */
  readonly roleEntries: readonly Entry[];
}

export function factsOf(view: IngressView): Facts {
  const { type } = mergeable.readsOf(view);
  const { ref } = view.ingress;
  const role = valueOr(type, 'regular');
  return { view, ingress: view.ingress, ref, name: `${ref.namespace}/${ref.name}`, role, roleEntries: entryOf(type) };
}

/** In the order the controller goes through them, which decides between equally old ones as far as files can tell. */
export function byName(a: Facts, b: Facts): number {
  return compareText(a.name, b.name) || comparePositions(a.ref.at, b.ref.at);
}

/** Oldest first, those of which the files do not say it before all others; equally old ones by name. */
export function byAge(a: Facts, b: Facts): number {
  return compareText(a.ingress.createdAt ?? '', b.ingress.createdAt ?? '') || byName(a, b);
}

/** Whether the input itself says which of two Ingresses is older: between equally old ones the UID decides. */
export function isDecided(a: Facts, b: Facts): boolean {
  if (a === b) return true;
  const [left, right] = [a.ingress.createdAt, b.ingress.createdAt];
  return left !== null && right !== null && left !== right;
}

/** Whether an annotation is dropped from an Ingress of this role before anything looks at it. */
export function isDropped(annotation: string, role: Role): boolean {
  return (role === 'master' && NOT_ON_MASTER.has(annotation)) || (role === 'minion' && NOT_ON_MINION.has(annotation));
}

/** What holds for the paths of an Ingress: its own, and for a minion what it inherits from its master. */
export function readsAt<R extends Reads>(behaviour: Behaviour<R>, facts: Facts, master: Facts | null): ReadValues<R> {
  const own = allowed(behaviour, facts);
  if (master === null) return own;
  const inherited = allowed(behaviour, master);
  return mapReads(behaviour, own, (name, annotation, read) =>
    read.state === 'absent' && INHERITED.has(annotation) ? inherited[name] : read,
  );
}

function allowed<R extends Reads>(behaviour: Behaviour<R>, { view, role }: Facts): ReadValues<R> {
  return mapReads(behaviour, behaviour.readsOf(view), (_, annotation, read) => (isDropped(annotation, role) ? { state: 'absent' } : read));
}

function mapReads<R extends Reads>(
  { reads }: Behaviour<R>,
  values: ReadValues<R>,
  change: (name: keyof R, annotation: string, read: Read<unknown>) => unknown,
): ReadValues<R> {
  const names = Object.keys(reads) as readonly (keyof R & string)[];
  const changed = names.map((name) => [name, change(name, reads[name]?.annotation ?? '', values[name] as Read<unknown>)]);
  // Sound: the pack has no families of annotations, and every read is replaced by one of the same annotation, or by none.
  return Object.fromEntries(changed) as ReadValues<R>;
}
