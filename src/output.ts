import type { Conversion } from './convert.ts';
import { checkConstraints } from './gateway/constraints/check-constraints.ts';
import { defineFindings, type Finding } from './ledger/finding.ts';
import type { IngressStatus, Ledger, LedgerEntry } from './ledger/ledger.ts';
import type { ObjectRef } from './model/entry.ts';
import type { PlannedObject } from './plan/plan.ts';

/** What may be written of a conversion. */
export interface Output {
  /** Objects that the API server of the chosen release takes. */
  readonly objects: readonly PlannedObject[];
  /** Objects that it would refuse: our bugs. They are not written. */
  readonly refused: readonly PlannedObject[];
  /** The conversion's ledger, in which settings of refused objects are lost. */
  readonly ledger: Ledger;
}

export const outputFindings = defineFindings('check', {
  constraint: {
    level: 'error',
    message: (a: { object: string; path: string; reason: string }) =>
      `${a.object} was not written: the API server would refuse it (${a.path}: ${a.reason})`,
    help: () => 'This is a bug in gateshift. Please report it with the Ingress named here.',
    security: true,
    differs: ['unreachable', 'status', 'narrower', 'protection', 'wider'],
  },
});

/** From here on, what is prepared for the checks is worth its time. */
const MANY = 200;

/** Holds every object against the constraints of its release before anything is written. */
export function outputOf({ plan, ledger, options }: Conversion): Output {
  const refusals = new Map<PlannedObject, readonly Finding[]>();
  for (const planned of plan.objects) {
    const violations = checkConstraints(planned.object, options.release, { isOneOfMany: plan.objects.length > MANY });
    if (violations.length > 0)
      refusals.set(
        planned,
        violations.map(({ path, message }) =>
          outputFindings.constraint({ object: objectName(planned), path, reason: message }, placeOf(planned)),
        ),
      );
  }
  if (refusals.size === 0) return { objects: plan.objects, refused: [], ledger };
  return {
    objects: plan.objects.filter((planned) => !refusals.has(planned)),
    refused: [...refusals.keys()],
    ledger: {
      entries: ledger.entries.map((entry) => withoutRefused(entry, refusals)),
      findings: [...[...refusals.values()].flat(), ...ledger.findings],
      ingresses: ledger.ingresses.map((ingress) => statusWithout(ingress, refusals)),
    },
  };
}

type Refusals = ReadonlyMap<PlannedObject, readonly Finding[]>;

function withoutRefused(line: LedgerEntry, refusals: Refusals): LedgerEntry {
  const refusal = [...refusals].find(([planned]) => line.wrote.some((field) => isAt(planned, field)));
  const [finding] = refusal?.[1] ?? [];
  if (finding === undefined) return line;
  const wrote = line.wrote.filter((field) => ![...refusals.keys()].some((planned) => isAt(planned, field)));
  return { ...line, outcome: 'unmapped', finding, wrote };
}

function statusWithout(ingress: IngressStatus, refusals: Refusals): IngressStatus {
  const [, findings] = [...refusals].find(([{ origin }]) => origin.includes(ingress.ref)) ?? [];
  const [finding] = findings ?? [];
  return finding === undefined || ingress.status !== 'converted' ? ingress : { ...ingress, status: 'partial', reason: finding.message };
}

function isAt({ object }: PlannedObject, { kind, namespace, name }: ObjectRef): boolean {
  return object.kind === kind && object.metadata.name === name && (object.metadata.namespace ?? '') === namespace;
}

/** `HTTPRoute shop/web (from Ingress shop/web)`. */
export function objectName({ object, origin }: PlannedObject): string {
  const { namespace, name } = object.metadata;
  const [first, ...others] = origin;
  const from =
    first === undefined ? '' : ` (from Ingress ${first.namespace}/${first.name}${others.length > 0 ? ` and ${others.length} more` : ''})`;
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${from}`;
}

export function placeOf({ origin }: PlannedObject) {
  const [ingress = null] = origin;
  return { at: ingress?.at ?? null, ingress };
}
