import type { Intent } from '../../src/intent/intent.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Effect } from './behaviour.ts';
import { policyFindings } from './policy-findings.ts';
import type { PolicyReading } from './policy-resource.ts';
import { endAs, inert, placeOf } from './settlement.ts';

/** A Policy that an annotation names. */
export interface AttachedPolicy {
  /** `namespace/name` */
  readonly name: string;
  /** The annotation. */
  readonly entry: Entry;
  /** null where it is not in the input. */
  readonly reading: PolicyReading | null;
  /** Its own settings. */
  readonly leaves: readonly Entry[];
}

/** What several policies say together: address lists add up, and of every other kind one counts. */
export function policyEffect(attached: readonly AttachedPolicy[]): Partial<Effect> {
  const intents: Intent[] = [];
  const hostIntents: Intent[] = [];
  const settled: Settlement[] = [];
  const findings: Finding[] = [];
  const taken = new Set<PolicyReading['kind']>();
  // Of several CORS policies the last one's headers are sent.
  const lastCors = attached.findLast(({ reading }) => reading?.kind === 'cors');
  for (const each of attached) {
    const { name, entry, reading, leaves } = each;
    const place = placeOf(entry);
    if (reading === null || reading.kind === 'closed' || reading.kind === 'access') continue;
    if (reading.kind === 'cors' ? each !== lastCors : taken.has(reading.kind)) {
      const finding = policyFindings.second({ policy: name, kind: reading.kind }, place);
      findings.push(finding);
      settled.push(...inert(leaves, finding));
      continue;
    }
    taken.add(reading.kind);
    const entries = [entry, ...leaves];
    switch (reading.kind) {
      case 'cors':
      case 'egress-mtls':
        intents.push({ ...reading.intent, entries });
        break;
      case 'external-auth':
        intents.push({ ...reading.intent, entries });
        if (reading.signInPath !== null) findings.push(policyFindings['sign-in-path']({ path: reading.signInPath, policy: name }, place));
        if (reading.snippet) findings.push(policyFindings.snippet({ policy: name }, place));
        break;
      case 'ingress-mtls': {
        const lists = leaves.filter((leaf) => leaf.name.endsWith('.crlFileName'));
        hostIntents.push({ ...reading.intent, entries: entries.filter((other) => !lists.includes(other)) });
        settled.push(...lists.flatMap((leaf) => endAs('unmapped', [leaf], policyFindings.revocation({ policy: name }, place))));
        break;
      }
      case 'waf':
        if (reading.enabled) intents.push({ kind: 'waf', engine: 'F5 WAF for NGINX', mode: 'blocking', rules: reading.rules, entries });
        else settled.push(...inert(entries, policyFindings['waf-off']({ policy: name }, place)));
        break;
      default:
        reading satisfies never;
    }
  }
  const lists = addressLists(attached);
  return {
    intents: [...intents, ...lists.intents],
    hostIntents,
    settled: [...settled, ...lists.settled],
    findings: [...findings, ...lists.findings],
  };
}

/** `allow …; deny all; deny …; allow all`: what is allowed decides, where anything is. */
function addressLists(attached: readonly AttachedPolicy[]): Pick<Effect, 'intents' | 'settled' | 'findings'> {
  const said = attached.flatMap(({ entry, leaves, reading }) => (reading?.kind === 'access' ? [{ entry, leaves, reading }] : []));
  const allowing = said.filter(({ reading }) => reading.allow.length > 0);
  const denying = said.filter(({ reading }) => reading.allow.length === 0);
  const [first] = denying;
  const of = (some: typeof said): readonly Entry[] => [...new Set(some.flatMap(({ entry, leaves }) => [entry, ...leaves]))];
  const ranges = (some: typeof said) => some.flatMap(({ reading }) => [...reading.allow, ...reading.deny]);
  if (first === undefined && allowing.length === 0) return { intents: [], settled: [], findings: [] };
  if (allowing.length === 0)
    return { intents: [{ kind: 'denyList', ranges: ranges(denying), entries: of(denying) }], settled: [], findings: [] };
  const intents: readonly Intent[] = [{ kind: 'allowList', ranges: ranges(allowing), entries: of(allowing) }];
  if (first === undefined) return { intents, settled: [], findings: [] };
  const finding = policyFindings['overridden-deny']({ ranges: ranges(denying).join(', ') }, placeOf(first.entry));
  return {
    intents,
    settled: inert(
      denying.flatMap(({ leaves }) => leaves),
      finding,
    ),
    findings: [finding],
  };
}
