import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { baselineOf, compareWith } from '../baseline/baseline.ts';
import { type Conversion, convert, needingAttention, servesNothing } from '../convert.ts';
import type { SecretFiles } from '../emit/secret-copies.ts';
import type { Release } from '../gateway/release.ts';
import { defineFindings, type Finding } from '../ledger/finding.ts';
import { atOrAbove, type Problem, problemsOf } from '../ledger/problem.ts';
import type { Estate } from '../model/estate.ts';
import { findObject } from '../model/parse/findings.ts';
import type { SealedText } from '../model/secret-values.ts';
import type { SourceFile } from '../model/source.ts';
import { outputOf } from '../output.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { readEstate } from '../read/estate.ts';
import { findDocument } from '../read/findings.ts';
import { sourceLines } from '../read/lines.ts';
import { readSources } from '../read/sources.ts';
import type { ReportInput } from '../report/input.ts';
import { reported } from '../reported.ts';
import { applyWaivers } from '../waivers/apply.ts';
import { type BaselineFile, baselineState } from './baseline-file.ts';
import type { LiveInput } from './cluster/input.ts';
import type { Cluster } from './cluster/read-cluster.ts';
import type { Io } from './io.ts';
import { affordableLexemes } from './memory.ts';
import type { InputRawOptions, RawOptions } from './options.ts';
import { isOwnFile } from './own-files.ts';
import { type Progress, SILENT } from './progress.ts';
import { settingsOf } from './settings.ts';

/** A conversion, what the checks said of its output, and everything a report needs. */
export interface Run {
  readonly conversion: Conversion;
  /** Without the objects that our own constraints refuse. */
  readonly objects: readonly PlannedObject[];
  readonly report: ReportInput;
  /** Not all of the input could be read, or there is no Ingress in it. */
  readonly unreadable: boolean;
  /** What was read of a cluster. */
  readonly cluster: Cluster | null;
  /** There was nothing to convert at all. */
  readonly empty: boolean;
  /** Everything that may fail a run, known or not. */
  readonly problems: readonly Problem[];
  /** With `--write-secrets`: files that hold values, by relative path. Nothing but the writing of files looks into them. */
  readonly secretFiles: ReadonlyMap<string, SealedText>;
  /** Settings were lost or objects refused by our own checks. */
  readonly bug: boolean;
}

const find = defineFindings('read', {
  'no-ingress': {
    level: 'error',
    message: (a: { files: number; unread: boolean }) =>
      a.files === 0
        ? a.unread
          ? 'no manifest was read'
          : 'no manifest was found: a folder is searched for files that end in .yaml, .yml or .json'
        : `0 Ingresses found in ${a.files} ${a.files === 1 ? 'file' : 'files'}`,
    help: (a: { files: number; unread: boolean }) =>
      a.unread
        ? 'What could not be read may hold some: correct what is said of it, and run the command again.'
        : 'Check the path. Helm charts and kustomizations have to be rendered first, and - in place of the path reads them: helm template … | gateshift COMMAND -. Of a running cluster: kubectl get ingress -A -o yaml | gateshift COMMAND -',
  },
});

const NO_SECRETS: SecretFiles = { files: new Map(), findings: [] };

interface RunContext {
  /** Files that an earlier run left there are no input. */
  readonly outDir?: string | null;
  readonly baseline?: BaselineFile | null;
  /** Make the objects that can be made of Secrets of the input. */
  readonly writeSecrets?: boolean;
}

/** Reads, converts, checks, and holds the result against waivers and the baseline. */
export async function runConversion(paths: readonly string[], raw: RawOptions, io: Io, context: RunContext = {}): Promise<Run> {
  const progress = raw.quiet === true ? SILENT : (io.progress?.() ?? SILENT);
  try {
    return await stepwise(paths, raw, io, context, progress);
  } finally {
    await progress.stop();
  }
}

async function stepwise(
  paths: readonly string[],
  raw: RawOptions,
  io: Io,
  { outDir = null, baseline = null, writeSecrets = false }: RunContext,
  progress: Progress,
): Promise<Run> {
  const asked = settingsOf(raw, paths);
  progress.step('reading');
  const input = await readInput(paths, raw, io, { outDir, baseline, progress });
  const { files, estate, live } = input;
  const isAsked = raw.conformance !== undefined || live !== null;
  const features = isAsked ? await (await import('./conformance.ts')).featuresFor(raw, asked, estate, io) : null;
  const options = { ...asked, release: input.release, features };
  const count = estate.ingresses.length;
  progress.step(`converting ${count} ${count === 1 ? 'Ingress' : 'Ingresses'}`);
  const conversion = convert(estate, options);
  progress.step('checking the output');
  const output = outputOf(conversion);
  const rejections = [
    ...(raw.crds.length === 0 ? [] : await (await import('./crds.ts')).crdFindings(raw.crds, output.objects, io)),
    ...(live === null ? [] : await (await import('./cluster/held-against.ts')).heldAgainst(live.cluster, output.objects)),
  ];
  const beside = live === null ? [] : (await import('./cluster/beside.ts')).besideLive(live.cluster, estate, output.objects);
  // Some controllers serve other kinds as well.
  const empty = input.empty !== null && conversion.tables.length === 0;
  const secrets = writeSecrets ? (await import('./secrets.ts')).writtenSecrets(conversion, files) : NO_SECRETS;
  const findings: readonly Finding[] = [
    ...(empty && input.empty !== null ? [input.empty] : []),
    ...input.problems,
    ...rejections,
    ...beside,
    ...secrets.findings,
  ];
  const waived = applyWaivers(output.ledger, conversion.plan.withheld, {
    fromConfig: raw.waivers,
    today: io.today,
    attention: needingAttention,
  });
  const ledger = { ...waived.ledger, findings: [...findings, ...waived.ledger.findings] };
  const problems = problemsOf(ledger, waived.withheld, rejections);
  const known = raw.updateBaseline === true ? baselineOf(problems) : (baseline?.baseline ?? null);
  const comparison = known === null ? null : compareWith(known, problems);
  // What a waiver accepts by now is not gone.
  const gone = known === null ? [] : compareWith(known, problemsOf(output.ledger, conversion.plan.withheld, rejections)).gone;
  const report = reported(
    conversion,
    { ...output, ledger: waived.ledger },
    {
      findings,
      lineOf: sourceLines(raw.configFile === null ? files : [...files, raw.configFile]),
      failing: atOrAbove(comparison?.fresh ?? problems, raw.failOn ?? 'never'),
      baseline: baseline === null || comparison === null ? null : baselineState(baseline.file, { ...comparison, gone }),
      waived: waived.accepted.map(({ finding, waiver }) => ({
        finding,
        reason: waiver.reason,
        until: waiver.until,
        by: waiver.by.kind,
      })),
    },
  );
  return {
    conversion,
    objects: output.objects,
    report,
    unreadable: empty || input.unreadable,
    cluster: live?.cluster ?? null,
    empty,
    problems,
    secretFiles: secrets.files,
    bug: output.refused.length > 0 || report.lost > 0,
  };
}

/** The input of a command, as the conversion takes it. */
export interface Input {
  readonly files: readonly SourceFile[];
  readonly estate: Estate;
  /** Of the Gateway API to write for: as asked for, or as installed. */
  readonly release: Release;
  /** With `--cluster`. */
  readonly live: LiveInput | null;
  /** What there is to say of paths and clusters that could not be read. */
  readonly problems: readonly Finding[];
  readonly unreadable: boolean;
  /** To be said where no other kind is served either: there is no Ingress. */
  readonly empty: Finding | null;
}

export async function readInput(
  paths: readonly string[],
  raw: InputRawOptions,
  io: Io,
  { outDir = null, baseline = null, progress }: RunContext & { readonly progress: Progress },
): Promise<Input> {
  const sources = await readSources(paths, { stdin: io.stdin });
  const aside = [baseline?.file, raw.configFile?.file].filter((file) => file !== undefined);
  const given = sources.files.filter((source) => !isOwnFile(source, outDir) && !aside.some((file) => isSame(source.file, file)));
  if (raw.cluster) progress.step('reading the cluster');
  const live = raw.cluster ? await (await import('./cluster/input.ts')).liveInput(raw, io) : null;
  const files = [...given, ...(live?.cluster.files ?? [])];
  if (sizeOf(files) > LARGE) collectEarlier();
  const estate = readEstate(files, { defaultNamespace: raw.defaultNamespace, lexemes: affordableLexemes() });
  const isEmpty = servesNothing(estate, { loadBalancerServices: raw.loadBalancerServices === true });
  const unreadable =
    live?.cluster.unread === true || sources.unread.length > 0 || estate.findings.some(({ code }) => NOT_CONVERTED.includes(code));
  return {
    files,
    estate,
    release: live?.release ?? { version: raw.gatewayApi, channel: raw.channel },
    live,
    problems: [...sources.problems, ...(live?.findings ?? [])],
    unreadable,
    empty: isEmpty ? (live?.empty ?? find['no-ingress']({ files: files.length, unread: unreadable })) : null,
  };
}

/** Characters. Starting the collector earlier costs small estates time, and gains them nothing. */
const LARGE = 1_000_000;

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((size, { text }) => size + text.length, 0);
}

/** Most of what a conversion makes is kept, and by default V8 lets the heap grow to a multiple of that before it looks. */
function collectEarlier(): void {
  setFlagsFromString('--heap-growing-percent=40');
}

function isSame(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

/** What makes a document or an object drop out whole. */
export const NOT_CONVERTED: readonly string[] = [
  ...Object.values(findDocument).filter(({ spec }) => spec.level === 'error'),
  findDocument['top-level-list'],
  findObject['no-name'],
  findObject['no-spec'],
  findObject['unknown-api-version'],
].map(({ code }) => code);
