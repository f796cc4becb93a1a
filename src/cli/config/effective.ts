import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { SourceFile } from '../../model/source.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import { type Io, UsageError } from '../io.ts';
import { environmentValue, misspeltVariables } from './environment.ts';
import { findConfig } from './find-config.ts';
import type { Origin } from './origin.ts';
import type { ReadConfig } from './read-config.ts';
import type { Config } from './schema.ts';

/** The settings of one run. The command holds the options' values. */
export interface Effective {
  /** As the user would write it; null when there is no configuration file. */
  readonly file: string | null;
  /** The file with its text. */
  readonly source: SourceFile | null;
  /** From the command line, else from the file. */
  readonly paths: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly originOf: (attribute: string) => Origin;
}

/** Options that decide about one run: no file and no environment sets them. */
const OF_ONE_RUN: readonly string[] = [
  'cluster',
  'output',
  'force',
  'diff',
  'updateBaseline',
  'printConfig',
  'against',
  'json',
  'requestsOut',
  'format',
  'writeSecrets',
];

/** Of these only one holds: the one that was said closer to the run. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['quiet', 'verbose'],
  ['verbose', 'quiet'],
];

/**
 * Fills in what the command line leaves open: flags beat the environment (`GATESHIFT_*`), which beats the configuration
 * file, which beats the defaults.
 * @throws UsageError for a file or a variable that cannot be used
 */
export async function effectiveSettings(command: Command, paths: readonly string[], io: Io): Promise<Effective> {
  const origins = new Map<string, Origin>();
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) === 'cli') origins.set(name, { kind: 'flag' });
  }
  const set = (name: string, wanted: unknown, origin: Origin) => {
    const value = name === 'report' && command.name() === 'convert' ? inFiles(wanted) : wanted;
    command.setOptionValueWithSource(name, value, origin.kind === 'config' ? 'config' : 'env');
    origins.set(name, origin);
  };
  const isOpen = (name: string) =>
    !origins.has(name) && !OF_ONE_RUN.includes(name) && !OPPOSITES.some(([one, other]) => one === name && origins.has(other));
  const fromEnvironment = command.options.flatMap((option) => {
    const value = isOpen(option.attributeName()) ? environmentValue(option, io.env) : undefined;
    return value === undefined ? [] : [[option.attributeName(), value] as const];
  });
  for (const [name, value] of fromEnvironment) set(name, value, { kind: 'environment' });
  for (const line of misspeltVariables(command.parent?.commands ?? [command], io.env)) io.stderr(`gateshift: ${line}\n`);
  const found = await configOf(command.opts()['config'], io);
  const open = command.options.map((option) => option.attributeName()).filter(isOpen);
  const fromFile = found === null ? {} : optionValues(found.read.config, found.folder, io.cwd);
  for (const name of open) {
    const value = fromFile[name];
    if (value !== undefined && found !== null) set(name, value, { kind: 'config', line: found.read.positionOf([keyOf(name)]).line });
  }
  const ownPaths = (found?.read.config.paths ?? []).map((path) => fromFolder(path, found?.folder ?? '', io.cwd));
  return {
    file: found?.file ?? null,
    source: found === null ? null : { file: found.file, text: found.text },
    paths: paths.length > 0 ? paths : ownPaths,
    waivers: found === null ? [] : waiversIn(found.read),
    originOf: (name) => origins.get(name) ?? { kind: 'default' },
  };
}

/** Standard output of `convert` carries manifests: a report for it that was meant for `check` is left out. */
function inFiles(reports: unknown): unknown {
  return Array.isArray(reports) ? reports.filter((report) => String(report).includes('=')) : reports;
}

interface FoundConfig {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly read: ReadConfig;
}

/** `choice`: what `--config` or `GATESHIFT_CONFIG` names; false for `--no-config`. */
async function configOf(choice: unknown, io: Io): Promise<FoundConfig | null> {
  if (choice === false) return null;
  const path = typeof choice === 'string' ? resolve(io.cwd, choice) : findConfig(io.cwd);
  if (path === null) return null;
  const file = typeof choice === 'string' ? choice : short(path, io.cwd);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError(`cannot read the configuration ${file}: ${error.message}`);
  });
  const { readConfig } = await import('./read-config.ts');
  return { file, folder: dirname(path), text, read: readConfig(file, text) };
}

/** Options that are said once for each name, `NAME=VALUE`, and their key in the file, where they are a map. */
const MAPS: ReadonlyMap<string, string> = new Map([
  ['class', 'classes'],
  ['nginxFlag', 'nginxFlags'],
  ['owner', 'owners'],
  ['targetOption', 'targetOptions'],
]);

export function isMap(attribute: string): boolean {
  return MAPS.has(attribute);
}

/** The name in the file of an option's value. */
export function keyOf(attribute: string): string {
  return MAPS.get(attribute) ?? attribute;
}

/** The settings of the file as values of options; its paths are relative to the file. */
function optionValues(config: Config, folder: string, cwd: string): Readonly<Record<string, unknown>> {
  const {
    $schema: _,
    paths: __,
    waivers: ___,
    classes,
    conformance,
    foldAcrossNamespaces,
    nginxFlags,
    owners,
    kustomization,
    loadBalancerServices,
    rbac,
    targetOptions,
    crds,
    report,
    outDir,
    baseline,
    quiet,
    verbose,
    ...plain
  } = config;
  const here = (path: string) => fromFolder(path, folder, cwd);
  return {
    ...plain,
    ...(owners === undefined ? {} : { owner: pairsOf(owners) }),
    ...(foldAcrossNamespaces === true ? { foldAcrossNamespaces } : {}),
    ...(kustomization === true ? { kustomization } : {}),
    ...(loadBalancerServices === true ? { loadBalancerServices } : {}),
    ...(rbac === true ? { rbac } : {}),
    ...(classes === undefined ? {} : { class: pairsOf(classes) }),
    ...(nginxFlags === undefined ? {} : { nginxFlag: pairsOf(nginxFlags) }),
    ...(targetOptions === undefined ? {} : { targetOption: pairsOf(targetOptions) }),
    ...(conformance === undefined ? {} : { conformance: here(conformance) }),
    ...(crds === undefined ? {} : { crds: crds.map(here) }),
    ...(report === undefined ? {} : { report: report.map((text) => text.replace(/=(.+)$/, (__all, file: string) => `=${here(file)}`)) }),
    ...(outDir === undefined ? {} : { outDir: here(outDir) }),
    ...(baseline === undefined ? {} : { baseline: here(baseline) }),
    ...(quiet === true ? { quiet } : {}),
    ...(verbose === true ? { verbose } : {}),
  };
}

function pairsOf(map: Readonly<Record<string, string | boolean>>): readonly string[] {
  return Object.entries(map).map(([name, value]) => `${name}=${value}`);
}

function fromFolder(path: string, folder: string, cwd: string): string {
  return path === '-' || isAbsolute(path) ? path : short(join(folder, path), cwd);
}

/** Relative to the working directory, with `/`. */
function short(path: string, cwd: string): string {
  return (relative(cwd, path) || '.').replaceAll('\\', '/');
}

function waiversIn({ config, positionOf }: ReadConfig): readonly Waiver[] {
  return (config.waivers ?? []).map(({ code, ingress, setting, reason, until }, index) => ({
    code,
    ingress: ingress ?? null,
    setting: setting ?? null,
    reason,
    until: until ?? null,
    by: { kind: 'config', at: positionOf(['waivers', index]) },
  }));
}
