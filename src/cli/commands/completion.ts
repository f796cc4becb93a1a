import type { Command } from 'commander';
import { REPORT_FORMATS } from '../../report/index.ts';
import { TARGET_NAMES } from '../../targets/index.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { powershellScript } from '../completion/powershell.ts';
import { SHELLS, type Shell } from '../completion/shells.ts';
import { type Words, wordsOf } from '../completion/words.ts';
import { zshScript } from '../completion/zsh.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { unknown } from '../settings.ts';

const SCRIPTS: Readonly<Record<Shell, (words: Words) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

export function completionCommand(name: string, program: Command, io: Io): number {
  const shell = SHELLS.find((candidate) => candidate === name);
  if (shell === undefined) throw new UsageError(unknown('shell', name, SHELLS));
  const words = wordsOf(program, {
    values: { '--target': TARGET_NAMES, '--targets': TARGET_NAMES, '--report': REPORT_FORMATS },
    arguments: { completion: SHELLS },
  });
  io.stdout(SCRIPTS[shell](words));
  return EXIT.ok;
}
