import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gateshift, temporaryFolder } from './session.ts';

/**
 * Plays a scenario: the lines that begin with `$ `, one after the other, as a person would type them in the folder of the
 * case, where `OUT` is an empty folder. Returns them with what they said, which is what the scenario should hold.
 *
 * Commands: `gateshift …` (with `NAME=value` before it, `< FILE` behind it), and `ls OUT`, `rm PATH`, `append PATH TEXT`
 * to play the other hands on the output folder. Lines that begin with `#` are kept.
 */
export async function play(scenario: string, folder: string): Promise<string> {
  const out = temporaryFolder();
  const said: string[] = [];
  let isOutput = false;
  for (const line of scenario.split('\n')) {
    if (/^--- (stdout|stderr|exit \d+)$/.test(line)) isOutput = !line.startsWith('--- exit');
    if (isOutput) continue;
    if (line.startsWith('#')) said.push(`${said.length === 0 ? '' : '\n'}${line}`);
    if (!line.startsWith('$ ')) continue;
    said.push(line, ...(await runLine(line.slice(2), folder, out)));
  }
  rmSync(out, { recursive: true, force: true });
  return `${said.join('\n')}\n`;
}

async function runLine(line: string, folder: string, out: string): Promise<readonly string[]> {
  const words = line.split(' ').map((word) => word.replace(/(^|=)OUT(?=$|\/)/, `$1${out}`));
  const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const [command, ...args] = words.slice(start);
  if (command === 'gateshift') return runTool(args, Object.fromEntries(words.slice(0, start).map(pair)), folder, out);
  const [path = '', ...text] = args;
  if (command === 'ls') return files(path);
  if (command === 'rm') rmSync(path);
  else if (command === 'append') appendFileSync(path, `${text.join(' ')}\n`);
  else throw new Error(`a scenario has no command ${command}`);
  return [];
}

async function runTool(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
  out: string,
): Promise<readonly string[]> {
  const redirect = args.indexOf('<');
  const own = (redirect < 0 ? args : args.slice(0, redirect)).map((word) => (existsSync(join(folder, word)) ? join(folder, word) : word));
  const stdin = redirect < 0 ? '' : readFileSync(join(folder, args[redirect + 1] ?? ''), 'utf8');
  const { code, stdout, stderr } = await gateshift(own, { stdin, env, cwd: folder });
  const shown = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(out, 'OUT').replaceAll('\u001b', '\\e');
  return [
    ...(stdout === '' ? [] : ['--- stdout', shown(stdout).trimEnd()]),
    ...(stderr === '' ? [] : ['--- stderr', shown(stderr).trimEnd()]),
    `--- exit ${code}`,
  ];
}

function pair(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
