import type { Finding } from '../ledger/finding.ts';
import type { IngressRef } from '../model/entry.ts';
import type { JsonObject } from '../model/json.ts';
import { compareText } from '../model/position.ts';
import type { PolicyKind, PolicyTarget, RouteSpec } from '../targets/policy.ts';
import type { DraftBackend, DraftRule } from './draft.ts';
import { planFindings } from './findings.ts';
import { mergeSpecs } from './merge-spec.ts';
import { byPosition } from './places.ts';
import type { PlannedObject } from './plan.ts';
import { byKind, policyObject, policyParts } from './policies.ts';
import { copyKey } from './service-copies.ts';

/** A written rule and the route it stands in. */
export interface ServiceUser {
  readonly draft: DraftRule;
  readonly route: RouteSpec['route'];
}

/**
 * Policies of Services hold for every route that sends to them. One for each kind and Service, of all rules of the run; where
 * rules ask for different ones it says so by route, or else the first by position counts, and the others are told. `copies`: the
 * names of Services that stand for one port of another.
 */
export function writeServicePolicies(
  users: readonly ServiceUser[],
  copies: ReadonlyMap<string, string>,
): {
  readonly objects: readonly PlannedObject[];
  readonly findings: readonly Finding[];
} {
  const objects: PlannedObject[] = [];
  const findings: Finding[] = [];
  for (const [, { service, namespace, name, imported, backends, using }] of [...usersByService(users, copies)].sort(([a], [b]) =>
    compareText(a, b),
  )) {
    const wishes = byPosition(using.map(({ draft }) => draft.ingress)).flatMap((ingress) =>
      using.filter(({ draft }) => draft.ingress === ingress),
    );
    const partsOf = ({ draft }: ServiceUser) =>
      policyParts(draft, 'service').filter(({ on }) =>
        backends.some((each) => on.namespace === each.namespace && on.service === each.name && (on.port ?? each.port) === each.port),
      );
    for (const [policy] of byKind(wishes.flatMap(partsOf))) {
      const asking = wishes.filter((user) => partsOf(user).some((part) => part.policy === policy));
      const wishOf = (user: ServiceUser): Wish => ({
        ...user,
        spec: mergeSpecs(partsOf(user).flatMap((part) => (part.policy === policy ? [part.spec] : []))).spec,
      });
      const holdsFor = [{ ...(imported ?? { group: '', kind: 'Service' }), name }];
      const { spec, overruled } = specFor(policy, wishes.map(wishOf), holdsFor, name);
      objects.push({
        object: policyObject({ ...policy, write: () => spec }, { namespace, name: servicePolicyName(name, imported) }, {}, holdsFor),
        role: policy.role,
        origin: byPosition(asking.map(({ draft }) => draft.ingress)),
        notes: [],
      });
      for (const ingress of overruled)
        findings.push(planFindings['service-policy-shared']({ kind: policy.kind, service }, { at: ingress.at, ingress }));
    }
  }
  return { objects, findings };
}

interface Wish extends ServiceUser {
  readonly spec: JsonObject;
}

function specFor(policy: PolicyKind, wishes: readonly Wish[], holdsFor: readonly PolicyTarget[], name: string) {
  const whole = mergedWishes(wishes);
  if (policy.perRoute === undefined || whole.overruled.length === 0)
    return { spec: policy.write(whole.spec, holdsFor, name), overruled: whole.overruled };
  const byRoute = new Map<string, Wish[]>();
  for (const wish of wishes) {
    const key = `${wish.route.kind} ${wish.route.namespace}/${wish.route.name}`;
    byRoute.set(key, [...(byRoute.get(key) ?? []), wish]);
  }
  const routes = [...byRoute]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, [first, ...others]]) => (first === undefined ? [] : [{ route: first.route, ...mergedWishes([first, ...others]) }]));
  return { spec: policy.perRoute(routes, holdsFor), overruled: routes.flatMap(({ overruled }) => overruled) };
}

/** All together, and whose wish is not what came out. */
function mergedWishes(wishes: readonly Wish[]): { readonly spec: JsonObject; readonly overruled: readonly IngressRef[] } {
  const { spec } = mergeSpecs(wishes.map((wish) => wish.spec));
  const text = JSON.stringify(spec);
  return { spec, overruled: [...new Set(wishes.filter((wish) => JSON.stringify(wish.spec) !== text).map(({ draft }) => draft.ingress))] };
}

/** A Service and what is imported under its name may have policies side by side. */
export function servicePolicyName(service: string, imported: DraftBackend['imported']): string {
  return imported === undefined ? service : `${service}-import`;
}

interface Users {
  /** `namespace/name`. */
  readonly service: string;
  readonly namespace: string;
  readonly name: string;
  readonly imported: DraftBackend['imported'];
  readonly backends: readonly DraftBackend[];
  readonly using: readonly ServiceUser[];
}

/** By the Service that requests are sent to in the end. */
function usersByService(users: readonly ServiceUser[], copies: ReadonlyMap<string, string>): ReadonlyMap<string, Users> {
  const found = new Map<string, Users & { readonly backends: DraftBackend[]; readonly using: ServiceUser[] }>();
  for (const user of users) {
    for (const backend of user.draft.backends.filter(canExist)) {
      const { namespace, imported } = backend;
      const name = copies.get(copyKey(backend)) ?? backend.name;
      const service = `${namespace}/${name}`;
      const key = imported === undefined ? service : `${service} ${imported.kind}`;
      const known = found.get(key) ?? { service, namespace, name, imported, backends: [], using: [] };
      known.backends.push(backend);
      if (!known.using.includes(user)) known.using.push(user);
      found.set(key, known);
    }
  }
  return found;
}

/** The policy has the name of its Service: for one that the API server refuses there is nothing to say. */
function canExist({ name }: DraftBackend): boolean {
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63;
}
