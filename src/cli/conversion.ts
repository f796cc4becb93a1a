import { type Conversion, convert } from '../convert.ts';
import { checkConstraints } from '../gateway/constraints/check-constraints.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { OUTCOMES, type Outcome } from '../ledger/outcome.ts';
import { compareText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { readEstate } from '../read/estate.ts';
import { sourceLines } from '../read/lines.ts';
import { readSources } from '../read/sources.ts';
import type { ReportInput } from '../report/input.ts';
import { VERSION } from '../version.ts';
import type { Io } from './io.ts';
import type { RawOptions } from './options.ts';
import { settingsOf } from './settings.ts';

/** A conversion, what the checks said of its output, and everything a report needs. */
export interface Run {
  readonly conversion: Conversion;
  /** Without the objects that our own constraints refuse. */
  readonly objects: readonly PlannedObject[];
  readonly report: ReportInput;
  /** Paths or documents that could not be read. */
  readonly unreadable: boolean;
  readonly bug: boolean;
}

const find = defineFindings('check', {
  constraint: {
    level: 'error',
    message: (a: { object: string; path: string; reason: string }) =>
      `${a.object} was not written: ${a.path} ${a.reason}, which the API server would refuse`,
    help: () => 'This is a bug in gateshift. Please report it with the Ingress named here.',
    security: true,
    differs: ['unreachable'],
  },
  crd: {
    level: 'error',
    message: (a: { object: string; path: string; reason: string }) => `${a.object}: ${a.path} ${a.reason}, by the CRDs given with --crds`,
    help: () => 'Choose the release and channel that are installed with --gateway-api and --channel; if they are right, please report it.',
  },
  'no-crd': {
    level: 'warning',
    message: (a: { kind: string }) => `none of the CRDs given with --crds is for kind ${a.kind}`,
    help: () => 'The cluster would refuse objects of this kind.',
  },
  'no-ingress': {
    level: 'error',
    message: (a: { files: number }) => `0 Ingresses found in ${a.files} files`,
    help: () => 'Check the path. Helm charts and kustomizations have to be rendered first: helm template … | gateshift convert -',
  },
});

export async function runConversion(paths: readonly string[], raw: RawOptions, io: Io): Promise<Run> {
  const options = settingsOf(raw);
  const sources = await readSources(paths, { stdin: io.stdin });
  const estate = readEstate(sources.files, { defaultNamespace: options.defaultNamespace });
  const conversion = convert(estate, options);
  const refused = new Set<PlannedObject>();
  const findings: Finding[] = [...sources.problems];
  for (const planned of conversion.plan.objects) {
    for (const { path, message } of checkConstraints(planned.object, options.release)) {
      refused.add(planned);
      findings.push(find.constraint({ object: nameOf(planned), path, reason: message }, placeOf(planned)));
    }
  }
  const objects = conversion.plan.objects.filter((planned) => !refused.has(planned));
  const crds = raw.crds.length === 0 ? [] : await (await import('./crds.ts')).crdViolations(raw.crds, objects, io);
  for (const violation of crds) {
    findings.push(
      violation.kind === 'no-crd'
        ? find['no-crd']({ kind: violation.name })
        : find.crd({ object: nameOf(violation.planned), path: violation.path, reason: violation.message }, placeOf(violation.planned)),
    );
  }
  if (estate.ingresses.length === 0) findings.push(find['no-ingress']({ files: sources.files.length }));
  const broken = estate.findings.some((finding) => finding.level === 'error' && UNREADABLE.includes(finding.code));
  const ledger = { ...conversion.ledger, findings: [...findings, ...conversion.ledger.findings] };
  return {
    conversion,
    objects,
    bug: refused.size > 0,
    unreadable: sources.unread.length > 0 || estate.ingresses.length === 0 || broken,
    report: {
      tool: { name: 'gateshift', version: VERSION },
      target: { name: options.target, version: null, gatewayApi: options.release.version, channel: options.release.channel },
      summary: {
        files: estate.files,
        documents: estate.documents,
        ingresses: estate.ingresses.length,
        entries: countOutcomes(conversion),
        objects: countKinds(objects),
        withheld: conversion.plan.withheld.length,
      },
      ledger,
      lineOf: sourceLines(sources.files),
    },
  };
}

/** Documents of which nothing could be read. */
const UNREADABLE: readonly string[] = ['read/syntax', 'read/broken', 'read/template', 'read/too-deep', 'read/alias-bomb'];

function countOutcomes({ ledger }: Conversion): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { converted: 0, approximated: 0, manual: 0, unmapped: 0, inert: 0, unknown: 0, waived: 0 };
  for (const { outcome } of ledger.entries) counts[outcome]++;
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts[outcome]])) as Record<Outcome, number>;
}

function countKinds(objects: readonly PlannedObject[]): Record<string, number> {
  const kinds = [...new Set(objects.map(({ object }) => object.kind))].sort(compareText);
  return Object.fromEntries(kinds.map((kind) => [kind, objects.filter(({ object }) => object.kind === kind).length]));
}

function nameOf({ object }: PlannedObject): string {
  return `${object.kind} ${object.metadata.namespace === undefined ? '' : `${object.metadata.namespace}/`}${object.metadata.name}`;
}

function placeOf({ origin }: PlannedObject) {
  const [ingress] = origin;
  return { at: ingress?.at ?? null, ingress: ingress ?? null };
}
