import { toolRuleFor } from '../../rules/common/index.ts';
import { PREFIX } from '../../rules/nginx/annotation.ts';
import { annotationRules } from '../../rules/nginx/annotations.ts';
import { inherit } from '../../rules/nginx/controller/inherit.ts';
import { controllerRules } from '../../rules/nginx/controller/rules.ts';
import { nginx } from '../../rules/nginx/pack.ts';
import type { Intent } from '../../src/intent/intent.ts';
import type { Finding } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { runRules } from '../../src/rule/engine.ts';
import { ingress } from '../nginx/ingress-text.ts';
import { estateOf } from '../read/estate-of.ts';

/** What the annotation rules make of one Ingress `shop/a`, without any routing. */
export interface Annotated {
  readonly intents: readonly object[];
  readonly hostIntents: readonly object[];
  /** By annotation without prefix: `inert nginx/value/default`. Those in intents are not among them. */
  readonly ends: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
  readonly refused: string | null;
}

const PACK = { ...nginx, rules: [...annotationRules, ...controllerRules] };

/** @throws Error when an annotation is left over: no intent, no settlement, and the Ingress not refused. */
export function annotated(annotations: Readonly<Record<string, string>>, ...others: readonly string[]): Annotated {
  const shape = { namespace: 'shop', annotations: {}, rules: { 'a.test': ['/ svc'] } };
  const own = JSON.parse(ingress('a', shape));
  own.metadata.annotations = Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [name.includes('/') ? name : `${PREFIX}${name}`, value]),
  );
  const estate = estateOf([JSON.stringify(own), ...others].join('\n---\n'));
  const [first] = estate.ingresses;
  if (first === undefined) throw new Error('no Ingress');
  const only = inherit(estate, DEFAULT_OPTIONS)(first);
  const run = runRules(only, 'nginx', PACK, toolRuleFor, estate, DEFAULT_OPTIONS);
  const named = [...run.view.intents, ...run.view.hostIntents].flatMap(({ entries }) => entries);
  const settled = run.settled.filter(({ entry }) => only.annotations.includes(entry));
  const done = new Set<Entry>([...named, ...settled.map(({ entry }) => entry)]);
  const left = only.annotations.filter((entry) => !done.has(entry));
  if (run.refused === null && left.length > 0) throw new Error(`left over: ${left.map(({ name }) => name).join(', ')}`);
  const short = (name: string) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);
  return {
    intents: run.view.intents.map((intent) => plain(intent, short)),
    hostIntents: run.view.hostIntents.map((intent) => plain(intent, short)),
    ends: Object.fromEntries(settled.map(({ entry, outcome, finding }) => [short(entry.name), `${outcome} ${finding?.code ?? ''}`])),
    findings: run.findings,
    codes: run.findings.map(({ code }) => code).sort(),
    refused: run.refused?.code ?? null,
  };
}

/** An intent with the names of its annotations in place of the entries. */
function plain(intent: Intent, short: (name: string) => string): object {
  return { ...intent, entries: intent.entries.map(({ name }) => short(name)) };
}

export function configMap(name: string, data: Readonly<Record<string, string>>): string {
  const [namespace, own] = name.split('/');
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: own }, data });
}

export function secret(name: string, ...keys: readonly string[]): string {
  const [namespace, own] = name.split('/');
  const data = Object.fromEntries(keys.map((key) => [key, 'eA==']));
  return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: own }, data });
}
