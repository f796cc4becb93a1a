import { type Admission, NAMESPACE_NAME } from '../gateway/admission.ts';
import type { Gateway, LabelSelector, Listener, ListenerSet, OutputObject, RouteNamespaces } from '../gateway/types.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import { compareText } from '../model/position.ts';
import { type Theirs, theirListeners } from './existing-gateways.ts';
import { planFindings } from './findings.ts';
import { isGateway } from './governed.ts';
import type { Plan } from './plan.ts';

/** Of a namespace; null where the input does not have it. */
type LabelOf = (namespace: string) => string | null | undefined;

/**
 * The plan with listeners that say in the form asked for whose routes they take. Exactly the namespaces with routes is where it
 * starts from; listeners for routes of their own namespace alone, and what a Gateway of the input says, stay as they are.
 */
export function withAdmission(plan: Plan, admission: Admission, estate: Estate, theirs: Theirs): Plan {
  if (admission.kind === 'listed') return plan;
  const labels = new Map(estate.namespaces.map(({ ref, labels: own }) => [ref.name, own]));
  const labelOf: LabelOf = (namespace) =>
    admission.kind !== 'label' || !labels.has(namespace) ? undefined : (labels.get(namespace)?.[admission.key] ?? null);
  const findings: Finding[] = [];
  const objects = plan.objects.map((planned) => {
    const { object } = planned;
    if (!isGateway(object) && !isListenerSet(object)) return planned;
    const changed = admitting(object, isGateway(object) ? theirListeners(theirs, object) : new Set(), admission, labelOf);
    findings.push(...told(object, changed, admission, labels, labelOf));
    return { ...planned, object: changed };
  });
  return { ...plan, objects, findings: [...plan.findings, ...findings] };
}

function isListenerSet(object: OutputObject): object is ListenerSet {
  return object.kind === 'ListenerSet';
}

function admitting(
  object: Gateway | ListenerSet,
  theirs: ReadonlySet<string>,
  admission: Admission,
  labelOf: LabelOf,
): Gateway | ListenerSet {
  const listeners = object.spec.listeners.map((listener): Listener => {
    const namespaces = listener.allowedRoutes?.namespaces;
    if (namespaces === undefined || theirs.has(listener.name)) return listener;
    return { ...listener, allowedRoutes: { ...listener.allowedRoutes, namespaces: inForm(namespaces, admission, labelOf) } };
  });
  if (!isGateway(object)) return { ...object, spec: { ...object.spec, listeners } };
  const { allowedListeners, ...spec } = object.spec;
  if (allowedListeners === undefined) return { ...object, spec: { ...spec, listeners } };
  // Whoever may bring listeners may take any host: never every namespace.
  const sets =
    theirs.size > 0 || admission.kind === 'all' ? allowedListeners.namespaces : inForm(allowedListeners.namespaces, admission, labelOf);
  return { ...object, spec: { ...spec, allowedListeners: { namespaces: sets }, listeners } };
}

function inForm(namespaces: RouteNamespaces, admission: Admission, labelOf: LabelOf): RouteNamespaces {
  const listed = listedIn(namespaces);
  switch (admission.kind) {
    case 'all':
      return listed === null ? namespaces : { from: 'All' };
    case 'label': {
      const selector = listed === null ? null : labelled(listed, admission, labelOf);
      return selector === null ? namespaces : { from: 'Selector', selector };
    }
    case 'listed':
    case 'same':
      return namespaces;
    default:
      return admission satisfies never;
  }
}

/** The namespaces of our own kind of selector; null for anything else. */
function listedIn(namespaces: RouteNamespaces): readonly string[] | null {
  if (namespaces.from !== 'Selector') return null;
  const { matchLabels = {}, matchExpressions = [] } = namespaces.selector;
  const name = matchLabels[NAMESPACE_NAME];
  if (name !== undefined) return [name];
  return matchExpressions.find(({ key }) => key === NAMESPACE_NAME)?.values ?? null;
}

/** null: one of the namespaces is known not to have the label, or its value is not known. */
function labelled(
  listed: readonly string[],
  { key, value }: Extract<Admission, { kind: 'label' }>,
  labelOf: LabelOf,
): LabelSelector | null {
  const values = listed.map(labelOf);
  if (value !== null) return values.every((own) => own === undefined || own === value) ? { matchLabels: { [key]: value } } : null;
  const known = [...new Set(values.flatMap((own) => own ?? []))].sort(compareText);
  const [only] = known;
  if (only === undefined || values.some((own) => own === undefined || own === null)) return null;
  return known.length === 1 ? { matchLabels: { [key]: only } } : { matchExpressions: [{ key, operator: 'In', values: known }] };
}

function told(
  before: Gateway | ListenerSet,
  after: Gateway | ListenerSet,
  admission: Admission,
  labels: ReadonlyMap<string, Readonly<Record<string, string>>>,
  labelOf: LabelOf,
): readonly Finding[] {
  const gateway = `${before.metadata.namespace ?? ''}/${before.metadata.name}`;
  const pairs = before.spec.listeners.map(({ allowedRoutes }, index) => ({
    was: allowedRoutes?.namespaces,
    is: after.spec.listeners[index]?.allowedRoutes?.namespaces,
  }));
  const selecting = pairs.flatMap(({ was, is }) => {
    const listed = was === undefined ? null : listedIn(was);
    return listed === null ? [] : [{ listed, is, isChanged: JSON.stringify(was) !== JSON.stringify(is) }];
  });
  const namespacesOf = (some: readonly { readonly listed: readonly string[] }[]) =>
    [...new Set(some.flatMap(({ listed }) => listed))].sort(compareText);
  const listeners = selecting.length;
  if (listeners === 0) return [];
  switch (admission.kind) {
    case 'listed':
      return [];
    case 'all':
      return [planFindings['admits-all']({ gateway, listeners: selecting.filter(({ isChanged }) => isChanged).length })];
    case 'same':
      return [planFindings['admits-same']({ gateway, listeners, namespaces: namespacesOf(selecting).join(', ') })];
    case 'label': {
      const { key, value } = admission;
      const byName = selecting.filter(({ isChanged }) => !isChanged);
      const admitted = namespacesOf(selecting.filter(({ isChanged }) => isChanged));
      const unknown = admitted.filter((namespace) => labelOf(namespace) === undefined);
      const lacking = namespacesOf(byName).filter((namespace) =>
        value === null ? (labelOf(namespace) ?? null) === null : labelOf(namespace) !== value && labelOf(namespace) !== undefined,
      );
      const values = value === null ? admitted.flatMap((namespace) => labelOf(namespace) ?? []) : [value];
      const having = [...labels].flatMap(([name, own]) => (values.includes(own[key] ?? '\u0000') ? [name] : []));
      const others = new Set(
        selecting.flatMap(({ listed, isChanged }) => (isChanged ? [...having, ...unknown].filter((name) => !listed.includes(name)) : [])),
      );
      const label = value === null ? key : `${key}=${value}`;
      return [
        ...(byName.length > 0
          ? [planFindings['admits-unlabelled']({ gateway, key: label, namespaces: lacking.join(', '), listeners: byName.length })]
          : []),
        ...(unknown.length > 0 ? [planFindings['admits-labelled']({ gateway, label, namespaces: unknown.join(', ') })] : []),
        ...(others.size > 0
          ? [planFindings['admits-others']({ gateway, label, namespaces: [...others].sort(compareText).join(', ') })]
          : []),
      ];
    }
    default:
      return admission satisfies never;
  }
}
