import type { Intent, IntentKind } from '../intent/intent.ts';
import { isProtection } from '../intent/protection.ts';
import { OUTCOMES, type Outcome } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import { readEstate } from '../read/estate.ts';
import type { HostTable, RouteRule, RoutingTable } from '../route/table.ts';
import type { LoweringContext, Target } from '../targets/contract.ts';
import { SAMPLES } from './samples.ts';

/**
 * How settings that become some intent end on a target. `withheld`: the target cannot write the protection, and the routes that
 * have it are withheld. `routed`: it decides who answers a request; written as matches, filters and backends as far as the target has them.
 */
export type ReferenceOutcome = Outcome | 'withheld' | 'routed';

const ORDER: readonly ReferenceOutcome[] = ['routed', ...OUTCOMES, 'withheld'];

/** An intent that a rule says it makes; `feature` where a kind has several. */
interface NamedKind {
  readonly kind: IntentKind;
  readonly feature: string | null;
}

/** The intents that a rule names among the words of `becomes`. */
export function kindsIn(becomes: string): readonly NamedKind[] {
  const words = becomes.split(/[^A-Za-z0-9]+/);
  return words.flatMap((word, index) => {
    if (!isKind(word)) return [];
    const next = words[index + 1];
    return [{ kind: word, feature: SAMPLES[word].some((sample) => 'feature' in sample) ? (next ?? null) : null }];
  });
}

function isKind(word: string): word is IntentKind {
  return Object.hasOwn(SAMPLES, word);
}

/** What becomes of a rule's intents. A rule without any says itself how its settings end, or leaves them to the router. */
export function outcomesOf(becomes: string, kinds: readonly NamedKind[], target: Target): readonly ReferenceOutcome[] {
  const found = new Set(kinds.flatMap(({ kind, feature }) => samplesOf(kind, feature).map((sample) => lowered(sample, target))));
  if (kinds.length === 0) found.add(OUTCOMES.find((outcome) => becomes === outcome) ?? 'routed');
  return inOrder(found);
}

export function inOrder(found: ReadonlySet<ReferenceOutcome>): readonly ReferenceOutcome[] {
  return ORDER.filter((outcome) => found.has(outcome));
}

function samplesOf(kind: IntentKind, feature: string | null): readonly Intent[] {
  const samples: readonly object[] = SAMPLES[kind];
  return samples
    .filter((sample) => feature === null || ('feature' in sample && sample.feature === feature))
    .map((sample) => ({ ...sample, entries: [] }) as unknown as Intent);
}

function lowered(intent: Intent, target: Target): ReferenceOutcome {
  const lowering = target.lower(intent, contextOf(intent));
  return lowering.as === 'absent' && lowering.outcome !== 'inert' && isProtection(intent) ? 'withheld' : lowering.outcome;
}

const INGRESS: IngressRef = { kind: 'Ingress', namespace: 'default', name: 'web', at: { file: 'web.yaml', line: 1, column: 1 } };
const SERVICE = '{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default}, spec: {ports: [{name: http, port: 80}]}}';

/** A path of a host with TLS that leads to one Service. */
function contextOf(intent: Intent): LoweringContext {
  // How a backend's certificate is treated matters only where the backend is spoken to over TLS.
  const besides: readonly Intent[] = intent.kind === 'backendTls' ? [{ kind: 'backendProtocol', protocol: 'HTTPS', entries: [] }] : [];
  const rule: RouteRule = {
    id: 'default/web rules[0].paths[0]',
    ingress: INGRESS,
    scheme: null,
    match: { path: { kind: 'prefix', value: '/' }, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] },
    action: {
      kind: 'forward',
      backends: [{ namespace: 'default', service: 'web', port: 80, written: '80', weight: 1, problem: null, entries: [] }],
      rewrite: null,
    },
    httpsRedirect: { status: 308, port: 443, entries: [] },
    intents: [...besides, intent],
    entries: [],
  };
  const estate = readEstate([{ file: 'web.yaml', text: SERVICE }], { defaultNamespace: 'default' });
  const ports = [
    { scheme: 'http', port: 80 },
    { scheme: 'https', port: 443 },
  ] as const;
  const host: HostTable = {
    host: 'www.example.com',
    wildcard: 'one-label',
    ports,
    certificate: { kind: 'none' },
    rules: [rule],
    owner: INGRESS,
    intents: [],
    passthrough: null,
  };
  const loadBalancer = { name: 'web', namespace: 'default', className: null, ingresses: [INGRESS] };
  const table: RoutingTable = { vendor: 'kubernetes', loadBalancer, hosts: [host] };
  return { release: DEFAULT_OPTIONS.release, estate, rule, host: host.host, ports, table, gatewayClass: null };
}
