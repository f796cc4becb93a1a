import { readFile } from 'node:fs/promises';
import { automationOf } from '../../../rules/index.ts';
import { markedMarkdown, ownership } from '../../emit/marker.ts';
import type { RunbookInput } from '../../runbook/input.ts';
import { word } from '../../runbook/markdown.ts';
import { runbook } from '../../runbook/runbook.ts';
import type { Target } from '../../targets/contract.ts';
import { targetNamed } from '../../targets/index.ts';
import { runConversion } from '../conversion.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { writeTextFile } from '../text-file.ts';

export interface RunbookRawOptions extends RawOptions {
  readonly output?: string;
  readonly force?: true;
  readonly outDir: string;
  readonly kustomization?: true;
}

/** The cut-over plan, to standard output or a file. */
export async function runbookCommand(paths: readonly string[], raw: RunbookRawOptions, io: Io): Promise<number> {
  if (raw.output !== undefined && raw.force !== true) await keepEdited(raw.output);
  const run = await runConversion(paths, raw, io, { outDir: raw.outDir });
  const { conversion, objects, report } = run;
  if (run.empty) {
    for (const { message, help } of report.ledger.findings.filter(({ level }) => level === 'error'))
      io.stderr(`gateshift: ${message}\n  ${help}\n`);
    return EXIT.input;
  }
  const target = targetNamed(conversion.options.target);
  const text = runbook({
    estate: conversion.estate,
    tables: conversion.tables,
    objects,
    ledger: report.ledger,
    withheld: report.withheld,
    target: { ...target, install: installOf(target), routeAddress: target.install?.routeAddress ?? null },
    release: conversion.options.release,
    automationOf,
    live: run.cluster === null ? null : { crds: run.cluster.crds, unread: run.cluster.unknown },
    commands: {
      kubectl: raw.context === undefined ? 'kubectl' : `kubectl --context ${word(raw.context)}`,
      same: [...paths.map(word), ...sameOptions(raw)].join(' '),
      out: raw.outDir,
      kustomization: raw.kustomization === true,
    },
  });
  if (raw.output === undefined) io.stdout(text);
  else await writeTextFile(raw.output, markedMarkdown(text));
  if (run.unreadable) io.stderr('gateshift: not all of the input could be read, so the plan is not complete: gateshift check says what\n');
  return run.bug ? EXIT.bug : run.unreadable ? EXIT.input : EXIT.ok;
}

/** As the version that is written for is installed; the newest where none was named. */
function installOf({ install, version, versions }: Target): RunbookInput['target']['install'] {
  if (install === undefined) return null;
  const wanted = version ?? versions?.known[0]?.version ?? '';
  const { docs, notes } = install;
  return {
    docs,
    notes: typeof notes === 'function' ? notes(wanted) : notes,
    commands: install.commands?.(wanted) ?? [],
    bringsGatewayApi: install.bringsGatewayApi === true,
  };
}

/** Boxes are ticked in it, and notes written. @throws UsageError for a file that is not as it was written */
async function keepEdited(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  const owner = text === null || text === '' ? 'own' : ownership(text);
  if (owner === 'own') return;
  const why = owner === 'edited' ? 'was edited since it was written' : 'was not written by gateshift';
  throw new UsageError(`${file} ${why}: name another file, or overwrite it with --force`);
}

const SAME = [
  'target',
  'gatewayApi',
  'channel',
  'gatewayClass',
  'gatewayNamespace',
  'gateway',
  'listeners',
  'class',
  'defaultCertificate',
  'nginxConfigmap',
  'nginxFlag',
  'defaultNamespace',
  'onSecurityLoss',
  'notServed',
  'crds',
  'cluster',
  'context',
  'namespace',
  'selector',
  'kubectl',
] as const satisfies readonly (keyof RawOptions)[];

/** The options of this run that decide what is written, as they were typed; those of the environment and the file stand as they are. */
function sameOptions(raw: RawOptions): readonly string[] {
  return SAME.filter((name) => raw.originOf(name).kind === 'flag').flatMap((name) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const value = raw[name];
    if (value === true) return [flag];
    const values: readonly string[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
    return values.flatMap((text) => [flag, word(text)]);
  });
}
