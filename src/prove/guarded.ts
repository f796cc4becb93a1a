import type { RoutingTable, Scheme } from '../route/table.ts';
import type { Answer } from './answer.ts';
import { backendName, protectionsOf } from './before/rule-answer.ts';
import { isUpgrade } from './compare.ts';
import type { Request } from './request.ts';

/** Backends of a load balancer that nothing led to in the open. */
export interface GuardedBackends {
  /** Every rule that leads there carries a protection. */
  readonly protected: ReadonlySet<string>;
  /** No rule leads there in clear text. */
  readonly tlsOnly: ReadonlySet<string>;
}

export function guardedBackends(table: RoutingTable): GuardedBackends {
  const [guarded, open, secure, clear] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  for (const host of table.hosts) {
    const schemes = new Set(host.ports.map(({ scheme }) => scheme));
    for (const rule of host.rules) {
      if (rule.action.kind !== 'forward') continue;
      const serves = (scheme: Scheme) => schemes.has(scheme) && (rule.scheme === null || rule.scheme === scheme);
      for (const backend of rule.action.backends.map(backendName)) {
        (protectionsOf(rule, host).length > 0 ? guarded : open).add(backend);
        if (serves('https')) secure.add(backend);
        if (serves('http') && rule.httpsRedirect === null) clear.add(backend);
      }
    }
  }
  return { protected: without(guarded, open), tlsOnly: without(secure, clear) };
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...all].filter((backend) => !some.has(backend)));
}

/** Whether the controller asked something of this request before it came near a backend. */
export function wasGuarded(before: Answer, request: Request): boolean {
  return (before.kind === 'backends' && before.protections.length > 0) || isUpgrade(before, request);
}

/**
 * Whether a request that was refused before now reaches a backend that was closed to everybody without a password, an
 * address or TLS. What was answered by a backend before is for `compareAnswers` to judge.
 */
export function opens(before: Answer, after: Answer, request: Request, backends: GuardedBackends): boolean {
  if (before.kind === 'backends' || after.kind !== 'backends') return false;
  return after.shares.some(
    ({ backend }) =>
      (after.protections.length === 0 && backends.protected.has(backend)) || (request.scheme === 'http' && backends.tlsOnly.has(backend)),
  );
}
