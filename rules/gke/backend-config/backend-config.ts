import { defineFindings } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { nearest } from '../../../src/rule/nearest.ts';
import { fieldName, fieldsOf } from '../object-fields.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { cdn } from './cdn.ts';
import { customRequestHeaders, customResponseHeaders } from './custom-headers.ts';
import { healthCheck } from './health-check.ts';
import { iap } from './iap.ts';
import { logging } from './logging.ts';
import { type BackendConfigRule, type BackendPart, type BackendUse, describe, together } from './rule.ts';
import { securityPolicy } from './security-policy.ts';
import { sessionAffinity } from './session-affinity.ts';
import { backendTimeout, connectionDraining } from './timeouts.ts';

/** Protections first: of several reasons against a route theirs is told. */
export const backendConfigRules: readonly BackendConfigRule[] = [
  iap,
  securityPolicy,
  backendTimeout,
  connectionDraining,
  sessionAffinity,
  customRequestHeaders,
  customResponseHeaders,
  healthCheck,
  cdn,
  logging,
];

const find = defineFindings('gke/backend-config', {
  'unknown-field': {
    level: 'warning',
    message: (a: { object: string; field: string; meant: string }) =>
      `${a.object} has a field ${a.field}, which a BackendConfig does not have: the API server drops it${a.meant === '' ? '' : `; ${a.meant} may have been meant`}`,
    help: () => 'Check its spelling and its place. If it was meant to protect something, it never did.',
    security: true,
  },
  'empty-field': {
    level: 'note',
    message: (a: { field: string }) => `${a.field} is empty and says nothing`,
  },
});

/** What a BackendConfig means where it is used: each leaf of its spec ends in an intent or in a settlement. */
export function readBackendConfig(config: OtherObject, use: BackendUse): Required<BackendPart> {
  const made = together(backendConfigRules.map((rule) => rule.convert(config, use)));
  const done = new Set<Entry>([...made.intents.flatMap((intent) => intent.entries), ...made.settled.map(({ entry }) => entry)]);
  const rest = fieldsOf(config).filter((entry) => !done.has(entry));
  return { ...made, settled: [...made.settled, ...rest.flatMap((entry) => leftOver(entry, config, use))] };
}

function leftOver(entry: Entry, config: OtherObject, use: BackendUse): readonly Settlement[] {
  const known = backendConfigRules.flatMap((rule) => rule.fields);
  const name = fieldName(entry);
  const place = placeOf(entry, use.ingress);
  const isEmpty = ['', '{}', '[]', 'null'].includes(entry.value);
  if (isEmpty && known.some((field) => field === name || field.startsWith(name)))
    return inert([entry], find['empty-field']({ field: entry.name }, place));
  const meant = nearest(name, known) ?? '';
  return endAs('unknown', [entry], find['unknown-field']({ object: describe(config), field: entry.name, meant }, place));
}
