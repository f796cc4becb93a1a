import { awsAlb } from './aws-alb/aws-alb.ts';
import { cilium } from './cilium/cilium.ts';
import type { Target } from './contract.ts';
import { envoyGateway } from './envoy-gateway/envoy-gateway.ts';
import { gke } from './gke/gke.ts';
import { inVersion } from './in-version.ts';
import { istio } from './istio/istio.ts';
import { kgateway } from './kgateway/kgateway.ts';
import { nginxGatewayFabric } from './nginx-gateway-fabric/nginx-gateway-fabric.ts';
import { standard } from './standard/standard.ts';
import { traefik } from './traefik/traefik.ts';
import { knownVersion } from './versions.ts';
import { vpcLattice } from './vpc-lattice/vpc-lattice.ts';

/** Every target of this release, by name. */
export const targets: readonly Target[] = [
  standard,
  awsAlb,
  cilium,
  envoyGateway,
  gke,
  istio,
  kgateway,
  nginxGatewayFabric,
  traefik,
  vpcLattice,
];

export const TARGET_NAMES: readonly string[] = targets.map((target) => target.name);

/** Every way to name a target: alone, or as `NAME@VERSION`. */
export const TARGET_CHOICES: readonly string[] = targets.flatMap(({ name, versions }) => [
  name,
  ...(versions?.known ?? []).map(({ version }) => `${name}@${version}`),
]);

export type TargetChoice =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'unknown-name'; readonly name: string }
  /** `known` is empty where the target has no versions. */
  | { readonly kind: 'unknown-version'; readonly name: string; readonly version: string; readonly known: readonly string[] };

/** `NAME` or `NAME@VERSION`; a version may have a `v` and a patch level. */
export function targetChoice(text: string): TargetChoice {
  const [name = '', ...rest] = text.split('@');
  const found = targets.find((target) => target.name === name);
  if (found === undefined) return { kind: 'unknown-name', name };
  if (rest.length === 0) return { kind: 'target', target: found };
  const { versions } = found;
  const version = rest.join('@');
  const known = versions === undefined ? null : knownVersion(versions, version);
  if (versions === undefined || known === null) {
    return { kind: 'unknown-version', name, version, known: (versions?.known ?? []).map((each) => each.version) };
  }
  const isNewest = known === versions.known[0];
  return { kind: 'target', target: isNewest ? { ...found, version: known.version } : inVersion(found, versions, known.version) };
}

/**
 * The target of that name, in that version if one is named.
 * @throws RangeError for a name that is not in `TARGET_NAMES`, and for a version that its target does not know
 */
export function targetNamed(text: string): Target {
  const choice = targetChoice(text);
  if (choice.kind === 'target') return choice.target;
  throw new RangeError(
    choice.kind === 'unknown-name'
      ? `no target is called "${choice.name}"; there is ${TARGET_NAMES.join(', ')}`
      : `${choice.name} has no version "${choice.version}"; there is ${choice.known.join(', ') || 'none'}`,
  );
}

/** What reports call a target: by its name, with the version where one was asked for. */
export function versionedName({ name, version, versions }: Target): {
  readonly name: string;
  readonly label: string;
  readonly version: string | null;
} {
  return { name, label: version === undefined ? name : `${name}@${version}`, version: version ?? versions?.known[0].version ?? null };
}
