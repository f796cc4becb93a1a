import type { Command, Option } from 'commander';

/** What can be typed, as data: every script is made from it. */
export interface Words {
  readonly program: string;
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its first argument can be; null for files. */
  readonly choices: readonly string[] | null;
}

export interface OptionWords {
  /** With their dashes: `-q`, `--quiet`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: 'none' | 'file' | 'text' | readonly string[];
}

/** Values that the options themselves do not list, by long name; and the first arguments of commands. */
export interface Vocabulary {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly arguments: Readonly<Record<string, readonly string[]>>;
}

/** Reads the commands and options off the program, so that none can be forgotten. */
export function wordsOf(program: Command, vocabulary: Vocabulary): Words {
  const help = { names: ['-h', '--help'], description: 'help', value: 'none' } as const;
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map((option) => optionWords(option, vocabulary)), help],
    choices: vocabulary.arguments[command.name()] ?? null,
  }));
  return { program: program.name(), options: [...program.options.map((option) => optionWords(option, vocabulary)), help], commands };
}

function optionWords(option: Option, { values }: Vocabulary): OptionWords {
  const names = [option.short, option.long].filter((name) => name !== undefined);
  return { names, description: option.description, value: valueOf(option, values) };
}

function valueOf(option: Option, values: Vocabulary['values']): OptionWords['value'] {
  if (!option.required && !option.optional) return 'none';
  const known = option.argChoices ?? values[option.long ?? ''];
  if (known !== undefined) return known;
  return /<(?:file|folder|path)>/.test(option.flags) ? 'file' : 'text';
}
