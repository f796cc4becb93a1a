import type { Finding } from '../../src/ledger/finding.ts';
import type { LedgerEntry } from '../../src/ledger/ledger.ts';
import { OUTCOMES, type Outcome } from '../../src/ledger/outcome.ts';
import type { IngressRef } from '../../src/model/entry.ts';
import type { ReportInput, ReportOptions } from '../../src/report/input.ts';

export const SHORT: ReportOptions = { detail: 'short', colorLevel: 0, width: null };
export const FULL: ReportOptions = { ...SHORT, detail: 'full' };

export function finding(code: string, more: Partial<Finding> = {}): Finding {
  return {
    code,
    level: 'warning',
    args: {},
    message: `says ${code}`,
    help: '',
    security: false,
    differs: [],
    at: null,
    ingress: null,
    host: null,
    ...more,
  };
}

export function at(file: string, line: number, column = 1) {
  return { file, line, column };
}

export function ingressRef(name: string, line = 1): IngressRef {
  return { kind: 'Ingress', namespace: 'shop', name, at: at('web.yaml', line) };
}

export function entry(ingress: IngressRef, name: string, outcome: Outcome, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const object = { kind: 'Ingress', namespace: ingress.namespace, name: ingress.name };
  const place = { file: ingress.at.file, line: ingress.at.line + 4, column: 5 };
  return {
    entry: { object, ingress, kind: 'annotation', name, key: name, value: 'x', at: place },
    outcome,
    finding: null,
    wrote: [],
    ...more,
  };
}

/** A report over these Ingresses (all converted), entries and findings. */
export function input(parts: {
  ingresses?: readonly IngressRef[];
  entries?: readonly LedgerEntry[];
  findings?: readonly Finding[];
  lines?: Readonly<Record<number, string>>;
}): ReportInput {
  const { ingresses = [], entries = [], findings = [], lines = {} } = parts;
  const count = (outcome: Outcome) => entries.filter((line) => line.outcome === outcome).length;
  return {
    tool: { name: 'gateshift', version: '0.0.0' },
    preface: null,
    target: { name: 'standard', label: 'standard', version: null, gatewayApi: '1.6', channel: 'standard' },
    summary: {
      liveObjects: 0,
      files: 1,
      documents: ingresses.length,
      ingresses: ingresses.length,
      entries: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>,
      objects: { BackendTLSPolicy: 2, Gateway: 1, HTTPRoute: 3 },
      withheld: 0,
    },
    ledger: { entries, findings, ingresses: ingresses.map((ref) => ({ ref, vendor: 'nginx', status: 'converted', reason: '' })) },
    lost: 0,
    lineOf: (_, line) => lines[line] ?? null,
    withheld: [],
    failing: [],
    baseline: null,
    waived: [],
    fingerprintOf: ({ code }) => code.replaceAll(/\W/g, '').padEnd(16, '0').slice(0, 16),
    behaviourOf: () => null,
    routes: [],
  };
}
