import type { Progress } from './progress.ts';

/** The world as the command line sees it: streams and environment, so that tests run in the process. */
export interface Io {
  readonly stdin: () => Promise<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Width of the terminal; null where there is none. */
  readonly columns: number | null;
  /** Where configuration files are looked for, upward. */
  readonly cwd: string;
  /** `YYYY-MM-DD`, in UTC: what has an end is held against it. */
  readonly today: string;
  /** Where there is a terminal to show it on. */
  readonly progress?: () => Progress;
}

/** 0 nothing at or above --fail-on; 1 something was; 2 usage; 3 input that could not be read; 70 a bug. */
export const EXIT = { ok: 0, found: 1, usage: 2, input: 3, bug: 70 } as const;

/** What a person got wrong on the command line, or a place that cannot be written: one line, exit 2. */
export class UsageError extends Error {}

/** Nothing at all could be read: one line, exit 3. */
export class InputError extends Error {}

export type ColorChoice = 'auto' | 'always' | 'never';

/** Flag beats NO_COLOR and FORCE_COLOR, which beat the terminal. */
export function colorLevel(choice: ColorChoice, isTerminal: boolean, env: Io['env']): 0 | 1 {
  if (choice !== 'auto') return choice === 'always' ? 1 : 0;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 0;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR === '0' || env.FORCE_COLOR === 'false' ? 0 : 1;
  return isTerminal && env.TERM !== 'dumb' ? 1 : 0;
}

/** Sentences are broken for a terminal only, and not on one that is too narrow to read them. */
export function lineWidth(isTerminal: boolean, columns: Io['columns']): number | null {
  return isTerminal && columns !== null && columns >= 40 ? columns : null;
}
