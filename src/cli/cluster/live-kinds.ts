import { GATEWAY_API_GROUP } from '../../gateway/fields.ts';
import { PACK_GROUPS } from '../../model/parse/kinds.ts';

/** A kind to read, and how much hangs on it. */
export interface LiveKind {
  /** As kubectl takes it: `ingresses.networking.k8s.io`. */
  readonly resource: string;
  /** Where: `chosen` in the namespaces that were named; `controllers` everywhere, since a controller stands elsewhere. */
  readonly where: 'chosen' | 'controllers';
  /** Further arguments of `get`. */
  readonly args: readonly string[];
  /** What is not known without it; null where the result cannot be trusted without it. */
  readonly lost: string | null;
}

const WITHOUT_FLAGS =
  "The controller's flags (--enable-ssl-passthrough, --configmap, --default-ssl-certificate) are not known; say them with --nginx-flag.";

/** A ConfigMap of every namespace, about nothing of ours. The field is one of all kinds, so that they can be asked for in one call. */
const NO_ROOT_CA: readonly string[] = ['--field-selector=metadata.name!=kube-root-ca.crt'];

const NO_OWNERS = 'Which Certificates belong to an Ingress is taken from its annotations; nothing but the runbook depends on it.';
const NOT_REUSED = 'Gateways and routes that are there already are not known.';

/** What every cluster has. `selector` chooses among the Ingresses alone: what they refer to has labels of its own. */
export function builtInKinds(selector: string | undefined): readonly LiveKind[] {
  return [
    {
      resource: 'ingresses.networking.k8s.io',
      where: 'chosen',
      args: selector === undefined ? NO_ROOT_CA : [`--selector=${selector}`],
      lost: null,
    },
    {
      resource: 'ingressclasses.networking.k8s.io',
      where: 'controllers',
      args: NO_ROOT_CA,
      lost: 'Who serves a class is known by usual names alone; say it with --class NAME=VENDOR.',
    },
    { resource: 'services', where: 'chosen', args: NO_ROOT_CA, lost: null },
    { resource: 'configmaps', where: 'controllers', args: NO_ROOT_CA, lost: null },
    { resource: 'deployments.apps', where: 'controllers', args: NO_ROOT_CA, lost: WITHOUT_FLAGS },
    { resource: 'daemonsets.apps', where: 'controllers', args: NO_ROOT_CA, lost: WITHOUT_FLAGS },
    {
      resource: 'namespaces',
      where: 'controllers',
      args: NO_ROOT_CA,
      lost: 'A Namespace for the Gateways is written even where there is one already, and labels of namespaces are not known.',
    },
  ];
}

/** Many and short-lived objects of the packs' groups that no rule reads. */
const NOT_READ: readonly string[] = [
  'servicenetworkendpointgroups.networking.gke.io',
  'targetgroupbindings.elbv2.k8s.aws',
  'certificaterequests.cert-manager.io',
];

/** Of what `kubectl api-resources -o name` prints: the kinds of the groups that packs read. */
export function customKinds(names: string): readonly LiveKind[] {
  const resources = names.split('\n').map((line) => line.trim());
  return resources
    .filter((name) => PACK_GROUPS.some((group) => name.endsWith(`.${group}`)) && !NOT_READ.includes(name))
    .map((resource) => ({
      resource,
      where: 'chosen',
      args: NO_ROOT_CA,
      lost: resource.endsWith(`.${GATEWAY_API_GROUP}`) ? NOT_REUSED : resource.endsWith('.cert-manager.io') ? NO_OWNERS : null,
    }));
}
