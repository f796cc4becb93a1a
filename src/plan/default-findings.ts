import { type Defaults, UNKNOWN_DEFAULTS } from '../intent/defaults.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import type { RoutingTable } from '../route/table.ts';
import type { Target } from '../targets/contract.ts';

interface Differing {
  readonly controller: string;
  readonly before: string;
  readonly target: string;
  readonly after: string;
}

export const defaultFindings = defineFindings('default', {
  'body-size': {
    level: 'note',
    message: (a: Differing) =>
      `${a.controller} takes request bodies of up to ${a.before} where no Ingress says otherwise; ${a.target}: ${a.after}`,
    help: () => 'Set a limit there, or see to it that backends have one.',
  },
  'idle-timeout': {
    level: 'note',
    message: (a: Differing) => `${a.controller} gives up on a backend that is silent for ${a.before}; ${a.target}: ${a.after}`,
    help: () => 'Compare with the slowest answer that clients wait for.',
  },
  'connect-timeout': {
    level: 'note',
    message: (a: Differing) => `${a.controller} gives a backend ${a.before} to accept a connection; ${a.target}: ${a.after}`,
  },
  retries: {
    level: 'note',
    message: (a: Differing) => `${a.controller} tries a request ${a.before} when the connection to a pod fails; ${a.target}: ${a.after}`,
    help: () => 'Requests during a rollout may fail that did not before: let pods finish their requests, or write retries.',
    differs: ['status'],
  },
  hsts: {
    level: 'note',
    message: (a: Differing) =>
      `${a.controller} sends Strict-Transport-Security (${a.before}) on every HTTPS response; ${a.target}: ${a.after}`,
    help: () => 'Add it to the HTTPS routes with a ResponseHeaderModifier: browsers that have seen it keep to HTTPS only until it ends.',
    differs: ['headers'],
  },
  'request-headers': {
    level: 'note',
    message: (a: Differing) => `${a.controller} sends backends ${a.before}; ${a.target}: ${a.after}`,
    help: () => 'Look for backends that read those that are missing.',
    differs: ['headers'],
  },
});

/**
 * What the absence of settings meant on the controller and means on the target, where the two are not known to be the same:
 * once for a run.
 */
export function findingsOfDefaults(
  controller: { readonly title: string; readonly defaults: Defaults },
  tables: readonly RoutingTable[],
  target: Pick<Target, 'title' | 'defaults'>,
): readonly Finding[] {
  if (tables.length === 0) return [];
  const [before, after] = [controller.defaults, target.defaults ?? UNKNOWN_DEFAULTS];
  const args = (was: string, is: string): Differing => ({ controller: controller.title, before: was, target: target.title, after: is });
  const rules = tables.flatMap(({ hosts }) => hosts.flatMap((host) => host.rules));
  const isForwarding = rules.some(({ action }) => action.kind === 'forward');
  const says = (kind: string) =>
    rules.every(({ intents, action }) => action.kind !== 'forward' || intents.some((intent) => intent.kind === kind));
  const hasTls = tables.some(({ hosts }) =>
    hosts.some(({ certificate }) => certificate.kind === 'secret' || certificate.kind === 'external'),
  );
  if (!isForwarding) return [];
  return [
    ...(differs(before.bodyBytes, after.bodyBytes) && !says('bodySize')
      ? [defaultFindings['body-size'](args(bytes(before.bodyBytes), after.bodyBytes === null ? OWN : bytes(after.bodyBytes)))]
      : []),
    ...(differs(before.idleMs, after.idleMs) && !says('idleTimeout')
      ? [defaultFindings['idle-timeout'](args(seconds(before.idleMs), after.idleMs === null ? OWN : seconds(after.idleMs)))]
      : []),
    ...(differs(before.connectMs, after.connectMs) && !says('connectTimeout')
      ? [defaultFindings['connect-timeout'](args(seconds(before.connectMs), after.connectMs === null ? OWN : seconds(after.connectMs)))]
      : []),
    ...(fewer(before.tries, after.tries) && !says('retry')
      ? [defaultFindings.retries(args(times(before.tries), after.tries === null ? OWN : times(after.tries)))]
      : []),
    ...(differs(before.hsts, after.hsts) && hasTls && !says('hsts')
      ? [defaultFindings.hsts(args(before.hsts ?? '', after.hsts === null ? OWN : after.hsts === '' ? 'none' : after.hsts))]
      : []),
    ...missingHeaders(before.requestHeaders, after.requestHeaders).map(({ was, is }) => defaultFindings['request-headers'](args(was, is))),
  ];
}

const OWN = 'a default of its own, not known here';

/** What the controller does is known; of the target it may not be. */
function differs<T>(before: T | null, after: T | null): boolean {
  return before !== null && before !== after;
}

/** More tries than before lose nothing. 0: without end. */
function fewer(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== null;
  return after !== 0 && (before === 0 || after < before);
}

function missingHeaders(
  before: Defaults['requestHeaders'],
  after: Defaults['requestHeaders'],
): readonly { readonly was: string; readonly is: string }[] {
  if (before === null) return [];
  const kept = new Set(after?.map((name) => name.toLowerCase()));
  const missing = before.filter((name) => !kept.has(name.toLowerCase()));
  if (after !== null && missing.length === 0) return [];
  return [{ was: before.join(', '), is: after === null ? OWN : `without ${missing.join(', ')}` }];
}

function bytes(value: number | null): string {
  if (value === null || value === 0) return 'any size';
  return value % 1024 ** 2 === 0 ? `${value / 1024 ** 2} MiB` : `${value} bytes`;
}

function seconds(value: number | null): string {
  return value === null || value === 0 ? 'any time' : `${value / 1000} s`;
}

function times(value: number | null): string {
  return value === 1 ? 'once' : value === 0 ? 'without end' : `${value} times`;
}
