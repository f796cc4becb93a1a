import type { Comparison } from '../../compare/comparison.ts';
import { comparisonJson } from '../../compare/json.ts';
import { comparisonMarkdown } from '../../compare/markdown.ts';
import { comparisonText } from '../../compare/text.ts';
import { compareTargets } from '../../comparison.ts';
import type { Finding } from '../../ledger/finding.ts';
import { plain } from '../../report/plain.ts';
import { TARGET_NAMES } from '../../targets/index.ts';
import { VERSION } from '../../version.ts';
import { type Input, readInput } from '../conversion.ts';
import { colorLevel, EXIT, type Io, lineWidth } from '../io.ts';
import type { CompareRawOptions } from '../options.ts';
import { type Progress, SILENT } from '../progress.ts';
import { inputSettingsOf, knownTarget, rejectLiveOptions } from '../settings.ts';

/** The estate against every target. It judges nothing: losses are no failure here. */
export async function compareCommand(paths: readonly string[], raw: CompareRawOptions, io: Io): Promise<number> {
  const targets = raw.targets.length === 0 ? TARGET_NAMES : [...new Set(raw.targets.map(knownTarget))];
  const progress = raw.quiet === true ? SILENT : (io.progress?.() ?? SILENT);
  const { input, comparison, bugs } = await compared(paths, raw, targets, io, progress).finally(() => progress.stop());
  for (const line of errorLines([
    ...(isEmpty(input, comparison) && input.empty !== null ? [input.empty] : []),
    ...input.problems,
    ...input.estate.findings,
  ]))
    io.stderr(`${line}\n`);
  for (const target of bugs) {
    io.stderr(`gateshift: settings were lost on the way to ${target}, which is a bug: gateshift check --target ${target} names them\n`);
  }
  io.stdout(rendered(comparison, paths, raw, io));
  if (bugs.length > 0) return EXIT.bug;
  return isEmpty(input, comparison) || input.unreadable ? EXIT.input : EXIT.ok;
}

/** Some controllers serve other kinds as well. */
function isEmpty({ empty }: Input, { ingresses }: Comparison): boolean {
  return empty !== null && ingresses.length === 0;
}

async function compared(
  paths: readonly string[],
  raw: CompareRawOptions,
  targets: readonly string[],
  io: Io,
  progress: Progress,
): Promise<{ readonly input: Input } & ReturnType<typeof compareTargets>> {
  rejectLiveOptions(raw);
  const settings = inputSettingsOf(raw);
  progress.step('reading');
  const input = await readInput(paths, raw, io, { progress });
  const options = { ...settings, targetOptions: {}, release: input.release };
  const isAsked = raw.conformance !== undefined || input.live !== null;
  const statements = isAsked ? await (await import('../conformance.ts')).statementsOf(raw, input.estate, io) : null;
  const count = input.estate.ingresses.length;
  const result = compareTargets(input.estate, options, targets, {
    waivers: raw.waivers,
    today: io.today,
    ...(statements === null ? {} : { featuresFor: (target) => statements.ofTarget(target, settings.gatewayClass) }),
    step: (target, index) =>
      progress.step(`converting ${count} ${count === 1 ? 'Ingress' : 'Ingresses'} for ${target} (${index + 1} of ${targets.length})`),
  });
  return { input, ...result };
}

function rendered(comparison: Comparison, paths: readonly string[], raw: CompareRawOptions, io: Io): string {
  const full = raw.verbose === true;
  switch (raw.format) {
    case 'table': {
      const color = colorLevel(raw.color, io.stdoutIsTerminal, io.env);
      return comparisonText(comparison, { full, paths, colorLevel: color, width: lineWidth(io.stdoutIsTerminal, io.columns) });
    }
    case 'json': {
      const tool = { name: 'gateshift', version: VERSION } as const;
      return comparisonJson(comparison, { tool, gatewayApi: raw.gatewayApi, channel: raw.channel, paths });
    }
    case 'markdown':
      return comparisonMarkdown(comparison, { full, paths });
    default:
      return raw.format satisfies never;
  }
}

/** `check` names all of them. */
const SHOWN_ERRORS = 10;

function errorLines(findings: readonly Finding[]): readonly string[] {
  const errors = findings.filter(({ level }) => level === 'error');
  const rest = errors.length - SHOWN_ERRORS;
  return [...errors.slice(0, SHOWN_ERRORS).map(errorLine), ...(rest > 0 ? [`… and ${rest} more (gateshift check names them)`] : [])];
}

function errorLine({ code, message, at }: Finding): string {
  const where = at === null ? '' : `${plain(at.file)}:${at.line}:${at.column}: `;
  return `error[${code}] ${where}${plain(message)}`;
}
