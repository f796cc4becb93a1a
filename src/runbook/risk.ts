import { isProtection } from '../intent/protection.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Ingress } from '../model/ingress.ts';
import { planFindings } from '../plan/findings.ts';
import type { RoutingTable } from '../route/table.ts';
import type { RunbookInput } from './input.ts';
import { some } from './markdown.ts';

export interface Risk {
  readonly level: 'ready' | 'look' | 'decide' | 'blocked';
  /** Position of the level. */
  readonly rank: number;
  /** What it rests on, in words. */
  readonly reasons: readonly string[];
  /** What has to be decided or done before: by code, each once. */
  readonly findings: readonly Finding[];
}

const LEVELS: readonly Risk['level'][] = ['ready', 'look', 'decide', 'blocked'];

/** What each level asks for. */
export const LEVEL_TEXT: Readonly<Record<Risk['level'], string>> = {
  ready: 'carried over as it is',
  look: 'carried over with differences that somebody should have read',
  decide: 'something is left to decide or to do by hand',
  blocked: 'part of it is withheld: it must not move before that is solved',
};

export function riskOf(
  ingresses: readonly Ingress[],
  table: RoutingTable,
  hosts: readonly string[],
  { ledger, withheld, objects }: RunbookInput,
): Risk {
  const refs = new Set(ingresses.map(({ ref }) => ref));
  const lines = ledger.entries.filter(({ entry, finding }) => {
    const ingress = entry.ingress ?? finding?.ingress ?? null;
    // Naming the GatewayClass is a matter of the whole plan.
    return ingress !== null && refs.has(ingress) && finding?.code !== planFindings['gateway-class-assumed'].code;
  });
  const count = (...outcomes: readonly string[]) => lines.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const closed = withheld.filter(({ ingress }) => refs.has(ingress)).length;
  const [lost, left, changed] = [count('unmapped', 'unknown'), count('manual'), count('approximated')];
  const served = table.hosts.filter(({ host }) => hosts.includes(host));
  const guarded = served.flatMap(({ rules, intents }) => [...intents, ...rules.flatMap((rule) => rule.intents)]).some(isProtection);
  const isWritten = objects.some(({ object, origin }) => object.kind.endsWith('Route') && origin.some((ref) => refs.has(ref)));
  const level = closed > 0 || !isWritten ? 'blocked' : lost + left > 0 ? 'decide' : changed > 0 ? 'look' : 'ready';
  const reasons = [
    ...(isWritten || closed > 0 ? [] : ['no route was written']),
    ...(closed > 0 ? [`${some(closed, 'route', 'routes')} withheld`] : []),
    ...(lost > 0 ? [`${some(lost, 'setting', 'settings')} not carried over`] : []),
    ...(left > 0 ? [`${some(left, 'setting', 'settings')} left to do by hand`] : []),
    ...(changed > 0 ? [`${some(changed, 'setting', 'settings')} approximated`] : []),
    ...(guarded ? ['protected: test who is refused, too'] : []),
    ...(served.some(({ passthrough }) => passthrough !== null) ? ['TLS passed through'] : []),
  ];
  const findings = new Map<string, Finding>();
  for (const { finding, outcome } of lines) {
    if (finding !== null && ['unmapped', 'unknown', 'manual'].includes(outcome) && !findings.has(finding.code))
      findings.set(finding.code, finding);
  }
  for (const { ingress, reason } of withheld) if (refs.has(ingress) && !findings.has(reason.code)) findings.set(reason.code, reason);
  return { level, rank: LEVELS.indexOf(level), reasons, findings: [...findings.values()] };
}
