import { Command, CommanderError, Option } from 'commander';
import { REPORT_FORMATS } from '../report/index.ts';
import { VERSION } from '../version.ts';
import { hintChoices } from './choice-hints.ts';
import { SHELLS } from './completion/shells.ts';
import { EXIT, InputError, type Io, UsageError } from './io.ts';
import {
  baselineOptions,
  compareOptions,
  conversionOptions,
  failOnOption,
  type InputRawOptions,
  repeatable,
  reportOption,
} from './options.ts';
import { probeOptions } from './probe-options.ts';
import { terminalProgress } from './progress.ts';

/** Runs the tool on the process's own streams. Sets `process.exitCode`; never ends the process itself, so that pipes are not cut. */
export async function main(): Promise<void> {
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  process.exitCode = await run(process.argv.slice(2), {
    stdin: readStdin,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    env: process.env,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? process.stderr.columns ?? null,
    cwd: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    ...(process.stderr.isTTY === true ? { progress: terminalProgress } : {}),
  });
}

const FIRST_STEPS = `
First steps:
  gateshift compare ./manifests                  how much of it each implementation would carry over
  gateshift check ./manifests                    what could not be carried over, and why
  gateshift convert ./manifests --out-dir out    the manifests, by role and namespace
  gateshift verify ./manifests                   the same behaviour, request by request
  gateshift check --cluster                      the same of what is live
`;

const EXIT_CODES = `
Exit codes:
  0   nothing at or above --fail-on
  1   something was
  2   usage
  3   input that could not be read, or no Ingress in it
  70  a bug: please report it`;

/** argv (without node and script) → exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.ok;
  const program = programWith(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof UsageError || error instanceof InputError) {
      io.stderr(`gateshift: ${error.message}\n`);
      return error instanceof InputError ? EXIT.input : EXIT.usage;
    }
    io.stderr(
      `gateshift: this is a bug, and nothing more was done. Please report it with the manifest that caused it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.bug;
  }
}

type Action<O> = (paths: readonly string[], options: O, io: Io) => Promise<number>;

/** The command with the settings of environment and configuration file beside its flags. */
function configured<O extends InputRawOptions>(
  command: Command,
  io: Io,
  finish: (code: number) => void,
  load: () => Promise<Action<O>>,
): void {
  command.action(async (given: string[]) => {
    const { effectiveSettings } = await import('./config/effective.ts');
    const settings = await effectiveSettings(command, given, io);
    const options = { ...command.opts<O>(), waivers: settings.waivers, configFile: settings.source, originOf: settings.originOf };
    // The folder that a repository usually means is what the cluster is read instead of.
    const paths = options.cluster === true ? given : settings.paths;
    if (command.opts()['printConfig'] === true) {
      const { printedConfig } = await import('./config/print-config.ts');
      io.stdout(printedConfig(command, settings));
      return finish(EXIT.ok);
    }
    if (paths.length === 0 && options.cluster !== true)
      command.error("error: missing required argument 'path': name files or folders, - for standard input, or --cluster");
    if (options.verbose === true && settings.file !== null) io.stderr(`settings from ${settings.file}\n`);
    const action = await load();
    finish(await action(paths, options, io));
  });
}

const FORMATS = `${REPORT_FORMATS.slice(0, -1).join(', ')} or ${REPORT_FORMATS.at(-1)}`;

function programWith(io: Io, finish: (code: number) => void): Command {
  const program = new Command('gateshift')
    .description('Converts Ingress manifests to Gateway API and accounts for every setting it met.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showHelpAfterError('(see gateshift --help)')
    .addHelpText('after', FIRST_STEPS + EXIT_CODES);
  const convert = program
    .command('convert')
    .description('write Gateway API manifests and a report')
    .option('--out-dir <folder>', 'write files by role and namespace (default: one stream on standard output)')
    .option('--force', 'overwrite files of gateshift that somebody edited')
    .option('--diff', 'show what would change under --out-dir, and write nothing')
    .option('--write-secrets', 'under --out-dir, also write what has to be made of Secrets of the input, with their values (mode 0600)')
    .addOption(
      new Option('--write <where>', 'sibling: beside each Ingress, as NAME.gateway-api.yaml')
        .choices(['folder', 'sibling'])
        .default('folder'),
    )
    .option('--kustomization', 'a kustomization.yaml in every folder')
    .option('--rbac', 'a Role for the owner of each folder')
    .addOption(repeatable('--owner <folder=owner>', 'for CODEOWNERS, e.g. routes/shop=@shop-team (repeatable)'))
    .addOption(new Option('--against <what>', 'with --diff: what kubectl apply would change').choices(['cluster']));
  failOnOption(
    reportOption(conversionOptions(convert), `${FORMATS}; to a file, or to standard output beside --out-dir (repeatable)`),
    'withheld',
  );
  configured(convert, io, finish, async () => (await import('./commands/convert.ts')).convertCommand);
  const check = program.command('check').description('report only; the step for CI');
  baselineOptions(
    failOnOption(
      reportOption(conversionOptions(check), `${FORMATS}; to standard output or a file (repeatable; default: text)`),
      'unmapped',
    ),
  );
  configured(check, io, finish, async () => (await import('./commands/check.ts')).checkCommand);
  const verify = program
    .command('verify')
    .description('compare what the controller serves with what was written, request by request')
    .option('--against <folder>', 'compare with these manifests, as people edited them, or with what is live: cluster')
    .option('--json <file>', 'write the comparison as JSON, with its requests')
    .option('--requests-out <file>', 'write the requests alone, for probe');
  configured(conversionOptions(verify), io, finish, async () => (await import('./commands/verify.ts')).verifyCommand);
  const compare = program.command('compare').description('what every target would carry over, and the settings that make the difference');
  configured(compareOptions(compare), io, finish, async () => (await import('./commands/compare.ts')).compareCommand);
  const plan = program
    .command('runbook')
    .description('write the cut-over plan, as Markdown')
    .option('-o, --output <file>', 'write it to a file')
    .option('--out-dir <folder>', 'folder of the manifests', 'out')
    .option('--kustomization', 'apply with -k')
    .option('--force', 'overwrite a file that somebody edited');
  configured(conversionOptions(plan), io, finish, async () => (await import('./commands/runbook.ts')).runbookCommand);
  const probe = program.command('probe').description('send the same requests to the old and the new load balancer, and compare');
  probeOptions(probe).action(async (options) => finish(await (await import('./commands/probe.ts')).probeCommand(options, io)));
  program
    .command('annotations')
    .description('list every annotation known, and what becomes of it on each target')
    .option('--vendor <name>', 'of one vendor alone')
    .option('--target <name[@version]>', 'on one target alone')
    .addOption(new Option('--format <format>', 'how to list them').choices(['table', 'json', 'markdown']).default('table'))
    .action(async (options) => finish((await import('./commands/annotations.ts')).annotationsCommand(options, io)));
  program
    .command('explain')
    .description('say what an annotation or a finding means')
    .argument('<key|code>', 'an annotation (with or without its prefix), or the code of a finding')
    .action(async (key: string) => finish(await (await import('./commands/explain.ts')).explainCommand(key, io)));
  program
    .command('completion')
    .description('print a script that completes commands and options')
    .argument('<shell>', `${SHELLS.join(', ')}: gateshift completion bash > /etc/bash_completion.d/gateshift`)
    .action(async (shell: string) => finish((await import('./commands/completion.ts')).completionCommand(shell, program, io)));
  hintChoices(program.commands);
  return program;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
