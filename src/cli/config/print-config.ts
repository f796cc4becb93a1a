import type { Command } from 'commander';
import { type Effective, isMap, keyOf } from './effective.ts';
import type { Origin } from './origin.ts';

const NOT_SETTINGS: readonly string[] = [
  'cluster',
  'output',
  'force',
  'diff',
  'updateBaseline',
  'printConfig',
  'config',
  'against',
  'json',
  'requestsOut',
  'format',
];

/** The settings of a run as a configuration file, each with where it came from. */
export function printedConfig(command: Command, { file, paths, waivers, originOf }: Effective): string {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const names = [...new Set(command.options.map((option) => option.attributeName()))].filter((name) => !NOT_SETTINGS.includes(name));
  const lines = names.map((name) => settingLine(name, options[name], where(originOf(name), file)));
  const accepted = waivers.map(({ code, ingress, setting, reason, until }) => {
    const parts = Object.entries({ code, ingress, setting, reason, until }).filter(([, value]) => value !== null);
    return `  - ${JSON.stringify(Object.fromEntries(parts))}`;
  });
  return `${[
    `# gateshift ${command.name()}: ${file === null ? 'there is no gateshift.yaml from here upward' : `with ${file}`}`,
    ...(paths.length === 0 ? [] : [`paths: ${JSON.stringify(paths)}`]),
    ...lines,
    ...(accepted.length === 0 ? [] : ['waivers:', ...accepted]),
  ].join('\n')}\n`;
}

/** JSON is YAML, and needs no quoting rules of its own. */
function settingLine(name: string, value: unknown, origin: string): string {
  const key = keyOf(name);
  if (value === undefined) return `# ${key} is not set`;
  return `${key}: ${JSON.stringify(isMap(name) ? mapOf(value) : value)} # ${origin}`;
}

function mapOf(value: unknown): Readonly<Record<string, string>> {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [];
  const pairs = texts.map((text) => /^([^=]*)=?(.*)$/s.exec(String(text)) ?? []);
  return Object.fromEntries(pairs.map(([, name = '', text = '']) => [name, text]));
}

function where(origin: Origin, file: string | null): string {
  switch (origin.kind) {
    case 'flag':
      return 'command line';
    case 'environment':
      return 'environment';
    case 'config':
      return `${file ?? ''}:${origin.line}`;
    case 'default':
      return 'default';
    default:
      return origin satisfies never;
  }
}
