import type { Intent } from '../../../src/intent/intent.ts';
import { defineFindings, type Finding, type FindingMaker } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import type { Read } from '../../../src/rule/codec.ts';
import type { LoadBalancerScheme } from '../ingress-class.ts';
import { endAs, inert, placeOf } from '../settlement.ts';

/** Where a BackendConfig is in force: one Service port of one Ingress. */
export interface BackendUse {
  readonly estate: Estate;
  readonly ingress: IngressRef;
  readonly scheme: LoadBalancerScheme;
}

/** What one behaviour made of its fields. Every leaf it owns is named in an intent or in `settled`. */
export interface BackendPart {
  readonly intents?: readonly Intent[];
  readonly settled?: readonly Settlement[];
  /** Why GKE applies nothing of an Ingress that uses it. */
  readonly mistakes?: readonly Finding[];
  readonly findings?: readonly Finding[];
}

/** One behaviour of a BackendConfig, owning all the fields it takes. */
export interface BackendConfigRule {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  /** Names of leaves, `[]` for any place in a list. */
  readonly fields: readonly string[];
  readonly findings: Readonly<Record<string, FindingMaker<never>>>;
  readonly convert: (config: OtherObject, use: BackendUse) => BackendPart;
}

export const DOCS = 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration';

export const valueFindings = defineFindings('gke/backend-config', {
  invalid: {
    level: 'error',
    message: (a: { object: string; field: string; reason: string }) =>
      `${a.field} of ${a.object} is ${a.reason}: the API refuses it, so that GKE changes nothing of an Ingress that uses it`,
    help: () => 'Correct the value and convert again.',
  },
  default: {
    level: 'note',
    message: (a: { field: string; value: string }) => `${a.field} "${a.value}" is what the load balancer does anyway`,
  },
  'not-on-scheme': {
    level: 'warning',
    message: (a: { feature: string; scheme: string }) =>
      `${a.feature} is not to be had on ${a.scheme} load balancers: it has no effect there`,
    help: (a) => `If it was meant to be in force, it never was: decide whether ${a.feature} should be from now on.`,
    security: true,
  },
});

export function describe({ ref }: OtherObject): string {
  return `${ref.kind} ${ref.namespace}/${ref.name}`;
}

/** A value that the API refuses: nothing of it may be taken for in force. */
export function refused(read: Extract<Read<unknown>, { state: 'invalid' }>, config: OtherObject, use: BackendUse): BackendPart {
  const { entry, reason } = read;
  const finding = valueFindings.invalid({ object: describe(config), field: entry.name, reason }, placeOf(entry, use.ingress));
  return { settled: endAs('manual', [entry], finding), mistakes: [finding] };
}

/** A value that changes nothing. */
export function isDefault(entry: Entry, use: BackendUse): BackendPart {
  return { settled: inert([entry], valueFindings.default({ field: entry.name, value: entry.value }, placeOf(entry, use.ingress))) };
}

/** Of a feature that the kind of load balancer does not have. */
export function notOnScheme(feature: string, entries: readonly Entry[], use: BackendUse): BackendPart {
  const [first] = entries;
  if (first === undefined) return {};
  const finding = valueFindings['not-on-scheme']({ feature, scheme: use.scheme }, placeOf(first, use.ingress));
  return { settled: inert(entries, finding), findings: [finding] };
}

export function together(parts: readonly BackendPart[]): Required<BackendPart> {
  return {
    intents: parts.flatMap((part) => part.intents ?? []),
    settled: parts.flatMap((part) => part.settled ?? []),
    mistakes: parts.flatMap((part) => part.mistakes ?? []),
    findings: parts.flatMap((part) => part.findings ?? []),
  };
}
