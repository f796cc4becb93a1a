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
  };
  readonly release: Release;
  readonly automationOf: (ingress: Ingress) => Automation;
  readonly commands: Commands;
}

/** How an implementation comes into a cluster. */
interface Install {
  /** Its manual's page about it. */
  readonly docs: string;
  /** What has to be known beside the manual; sentences. */
  readonly notes: readonly string[];
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
