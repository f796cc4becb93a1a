import type { IntentOf } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Books } from '../../../src/rule/books.ts';
import { inert } from '../settlement.ts';
import type { Facts } from './facts.ts';
import { conflictFindings } from './findings.ts';
import { type Upstream, upstreamKey } from './upstreams.ts';

/** The Ingresses that ask for session affinity on an upstream, in the controller's order. */
export type Affinities = ReadonlyMap<string, readonly Facts[]>;

/** `facts` in the controller's order. */
export function collectAffinities(facts: readonly Facts[]): Affinities {
  const askers = new Map<string, Facts[]>();
  for (const each of facts) {
    if (each.canary !== null || affinityOf(each) === null) continue;
    for (const { backend } of each.ingress.rules.flatMap((rule) => rule.paths ?? [])) {
      if (backend?.kind !== 'service') continue;
      const key = upstreamKey(each.ref.namespace, backend);
      const known = askers.get(key) ?? [];
      askers.set(key, known);
      if (!known.includes(each)) known.push(each);
    }
  }
  return askers;
}

function affinityOf({ view }: Facts): IntentOf<'sessionAffinity'> | null {
  return view.intents.find((intent) => intent.kind === 'sessionAffinity') ?? null;
}

/**
 * An upstream has one cookie: that of the last Ingress that asks for one, in the mode of the first that names a mode
 * (`getBackendServers`). It is set on the paths of all that ask.
 */
export function sharedAffinity(
  own: IntentOf<'sessionAffinity'>,
  facts: Facts,
  upstream: Upstream,
  affinities: Affinities,
  books: Books,
): IntentOf<'sessionAffinity'> {
  const askers = affinities.get(upstream.key) ?? [];
  const first = askers.find((each) => namesMode(affinityOf(each))) ?? facts;
  const last = askers.at(-1) ?? facts;
  const [mode, cookie] = [affinityOf(first)?.mode ?? own.mode, affinityOf(last)?.cookie ?? own.cookie];
  const beaten = new Set<Entry>();
  const report = (winner: Facts, entries: readonly Entry[]) => {
    const [affinity] = own.entries;
    const args = { service: upstream.service, winner: winner.name, loser: facts.name };
    for (const entry of entries.length === 0 && affinity !== undefined ? [affinity] : entries) {
      const what = winner === last && !MODE.test(entry.name) ? `cookie ${cookie?.name ?? ''}` : `mode ${mode}`;
      const finding = conflictFindings.affinity({ ...args, what }, { at: entry.at, ingress: facts.ref });
      books.findings.push(finding);
      if (entry !== affinity) {
        books.settled.push(...inert([entry], finding));
        beaten.add(entry);
      }
    }
  };
  if (mode !== own.mode)
    report(
      first,
      own.entries.filter(({ name }) => MODE.test(name)),
    );
  if (JSON.stringify(cookie) !== JSON.stringify(own.cookie))
    report(
      last,
      own.entries.filter(({ name }) => COOKIE.test(name)),
    );
  return { ...own, mode, cookie, entries: own.entries.filter((entry) => !beaten.has(entry)) };
}

const MODE = /\/affinity-mode$/;
const COOKIE = /\/session-cookie-/;

function namesMode(intent: IntentOf<'sessionAffinity'> | null): boolean {
  return intent?.entries.some(({ name }) => MODE.test(name)) ?? false;
}
