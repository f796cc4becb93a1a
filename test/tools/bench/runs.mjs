import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Says on descriptor 3, as the process ends, how much memory it had at most (kilobytes). */
const PEAK = "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));";

/** @typedef {{ command: string, args: readonly string[], hasPeak?: boolean }} Command */

/** @returns {Command} our command line of this checkout */
export function gateshift(checkout, args) {
  return { command: process.execPath, args: [join(checkout, 'bin/gateshift.js'), ...args], hasPeak: true };
}

/**
 * One run. The exit status is not looked at up to 1: findings are no failure here.
 *
 * @param {Command} command
 * @returns {{ ms: number, megabytes: number }} wall time, and peak memory where the command can say it
 */
export function timed({ command, args, hasPeak = false }, { measuresMemory = false } = {}) {
  const asksPeak = hasPeak && measuresMemory;
  const all = asksPeak ? [`--import=data:text/javascript,${encodeURIComponent(PEAK)}`, ...args] : args;
  const start = performance.now();
  const { status, stderr, output, error } = spawnSync(command, all, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  const ms = performance.now() - start;
  if (error !== undefined) throw error;
  if (status === null || status > 1) throw new Error(`${[command, ...args].join(' ')} ended with ${status}: ${stderr.slice(0, 1000)}`);
  return { ms, megabytes: asksPeak ? Number(output[3]) / 1024 : 0 };
}

/**
 * Medians over rounds in which every command runs once. Memory is measured in a run of its own, whose time does not count.
 *
 * @param {number} rounds
 * @param {readonly Command[]} commands
 * @returns {{ ms: number, megabytes: number }[]}
 */
export function interleaved(rounds, commands) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) times[index].push(timed(command).ms);
  }
  return commands.map((command, index) => ({
    ms: median(times[index]),
    megabytes: command.hasPeak ? timed(command, { measuresMemory: true }).megabytes : 0,
  }));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
