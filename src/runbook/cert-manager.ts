import type { Ingress } from '../model/ingress.ts';
import { type Json, member } from '../model/json.ts';
import type { OtherObject } from '../model/objects.ts';
import { compareText } from '../model/position.ts';
import type { RunbookInput } from './input.ts';
import { isOn, listIn, type Program, programs, textIn } from './programs.ts';

const GROUP = 'cert-manager.io';

/** The Certificates that go with an Ingress. */
interface Certified {
  readonly ingress: Ingress;
  readonly names: readonly string[];
  readonly issuer: { readonly kind: string; readonly name: string } | null;
  /** HTTP-01 challenges go through this Ingress, or a class that it names. */
  readonly solver: boolean;
}

/** How an issuer proves that a name is ours. */
export interface Issuer {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `http01 ingress`, `http01 gatewayHTTPRoute`, `dns01`; null: its object is not known. Empty: it asks nobody outside. */
  readonly solvers: readonly string[] | null;
}

export interface CertManager {
  readonly certified: readonly Certified[];
  /** Ingresses that ask for one whose Certificate has no owner, or another one. */
  readonly free: readonly { readonly ingress: Ingress; readonly name: string }[];
  readonly issuers: readonly Issuer[];
  readonly controllers: readonly Program[];
  /** Its CRDs are not in the cluster. */
  readonly absent: boolean;
}

export function certManagerOf(input: RunbookInput): CertManager {
  const { estate, live, automationOf } = input;
  const certificates = objectsOf(input, ['Certificate']);
  const known = new Map(certificates.map((object) => [`${object.ref.namespace}/${object.ref.name}`, object]));
  const isComplete = live !== null && live.crds !== null && !live.unread.includes('certificates.cert-manager.io');
  const free: { ingress: Ingress; name: string }[] = [];
  const certified = estate.ingresses.flatMap((ingress): readonly Certified[] => {
    const asked = automationOf(ingress).certificates;
    const { namespace, name: own } = ingress.ref;
    const owned = certificates.filter((object) => object.ref.namespace === namespace && ownersOf(object).includes(`Ingress/${own}`));
    const names = new Set(owned.map(({ ref }) => ref.name));
    for (const name of asked?.names ?? []) {
      const found = known.get(`${namespace}/${name}`);
      if (found === undefined && !isComplete) names.add(name);
      else if (found !== undefined && !names.has(name)) free.push({ ingress, name });
    }
    if (names.size === 0) return [];
    return [{ ingress, names: [...names].sort(compareText), issuer: asked?.issuer ?? issuerOf(owned[0]), solver: asked?.solver ?? false }];
  });
  return {
    certified,
    free,
    issuers: issuersOf(input, certified),
    controllers: programs(estate, /cert-manager-controller/),
    absent: live !== null && live.crds !== null && !live.crds.some(({ group }) => group === GROUP),
  };
}

/** Whether it reads Gateways: what it says on its command line; null where it may be said in a file, or the controller was not seen. */
export function readsGateways({ controllers: [controller] }: CertManager): boolean | null {
  if (controller === undefined) return null;
  if (isOn(controller, 'enable-gateway-api')) return true;
  const gates = (controller.flags.get('feature-gates') ?? []).join();
  if (/ExperimentalGatewayAPISupport=true/.test(gates)) return true;
  return controller.flags.has('config') ? null : false;
}

function objectsOf({ estate }: RunbookInput, kinds: readonly string[]): readonly OtherObject[] {
  return estate.others.filter(({ ref, apiVersion }) => kinds.includes(ref.kind) && apiVersion.startsWith(`${GROUP}/`));
}

function ownersOf({ value }: OtherObject): readonly string[] {
  return listIn(member(value, 'metadata'), 'ownerReferences').map((owner) => `${textIn(owner, 'kind')}/${textIn(owner, 'name')}`);
}

function issuerOf(certificate: OtherObject | undefined): Certified['issuer'] {
  const reference = member(member(certificate?.value, 'spec'), 'issuerRef');
  const name = textIn(reference, 'name');
  return name === '' ? null : { kind: textIn(reference, 'kind') || 'Issuer', name };
}

function issuersOf(input: RunbookInput, certified: readonly Certified[]): readonly Issuer[] {
  const objects = objectsOf(input, ['Issuer', 'ClusterIssuer']);
  const found = new Map<string, Issuer>();
  for (const { issuer, ingress } of certified) {
    if (issuer === null) continue;
    const namespace = issuer.kind === 'ClusterIssuer' ? '' : ingress.ref.namespace;
    const object = objects.find(
      ({ ref }) => ref.kind === issuer.kind && ref.name === issuer.name && (namespace === '' || ref.namespace === namespace),
    );
    found.set(`${issuer.kind}/${namespace}/${issuer.name}`, {
      ...issuer,
      namespace,
      solvers: object === undefined ? null : solversOf(object.value),
    });
  }
  return [...found.entries()].sort(([a], [b]) => compareText(a, b)).map(([, issuer]) => issuer);
}

function solversOf(issuer: Json): readonly string[] {
  const kinds = listIn(member(member(issuer, 'spec'), 'acme'), 'solvers').map((solver) => {
    const http = member(solver, 'http01');
    if (http === undefined) return 'dns01';
    return member(http, 'gatewayHTTPRoute') === undefined ? 'http01 ingress' : 'http01 gatewayHTTPRoute';
  });
  return [...new Set(kinds)].sort(compareText);
}
