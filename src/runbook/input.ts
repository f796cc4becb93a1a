import type { Release } from '../gateway/release.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WithheldRoute } from '../ledger/problem.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import type { PlannedObject } from '../plan/plan.ts';
import type { RoutingTable } from '../route/table.ts';
import type { Automation } from '../rule/automation.ts';

/** Everything a runbook is made of. */
export interface RunbookInput {
  readonly estate: Estate;
  readonly tables: readonly RoutingTable[];
  readonly objects: readonly PlannedObject[];
  readonly ledger: Ledger;
  readonly withheld: readonly WithheldRoute[];
  readonly target: {
    readonly name: string;
    readonly title: string;
    readonly controllerName: string | null;
    readonly install: Install | null;
    /** The annotation of a route that holds its address, where Gateways have none of their own. */
    readonly routeAddress: string | null;
  };
  readonly release: Release;
  readonly automationOf: (ingress: Ingress) => Automation;
  /** What the cluster says of itself; null where manifests are all that is known. */
  readonly live: Live | null;
  readonly commands: Commands;
}

interface Live {
  /** null: nobody may look. `bundle` and `channel` are '' for those that are not of Gateway API. */
  readonly crds:
    | readonly { readonly group: string; readonly kind: string; readonly bundleVersion: string; readonly channel: string }[]
    | null;
  /** Kinds, as kubectl calls them, that could not be read everywhere. */
  readonly unread: readonly string[];
}

/** How an implementation comes into a cluster. */
interface Install {
  /** Its manual's page about it. */
  readonly docs: string;
  /** What has to be known beside the manual; sentences. */
  readonly notes: readonly string[];
  /** How the manual does it, in the version that is written for; none where it is part of a cluster. */
  readonly commands: readonly string[];
  /** The CRDs of Gateway API come with the cluster, and are not to be applied. */
  readonly bringsGatewayApi: boolean;
}

/** Words of the commands in the text, quoted for a shell. */
interface Commands {
  /** `kubectl`, with `--context` where one was named. */
  readonly kubectl: string;
  /** What follows `gateshift convert`, so that it makes the same output: paths and options. */
  readonly same: string;
  /** The folder of manifests. */
  readonly out: string;
  /** It has kustomizations, which `kubectl apply -R -f` stumbles over. */
  readonly kustomization: boolean;
}
