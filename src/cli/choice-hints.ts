import { type Command, InvalidArgumentError } from 'commander';
import { nearest } from '../rule/nearest.ts';

/** commander suggests commands and options that were misspelt; this does the same for values of options with choices. */
export function hintChoices(commands: readonly Command[]): void {
  for (const option of commands.flatMap((command) => command.options)) {
    const { argChoices, parseArg } = option;
    if (argChoices === undefined || parseArg === undefined) continue;
    option.argParser((value: string, previous: unknown) => {
      if (argChoices.includes(value)) return parseArg(value, previous);
      const meant = /[a-z]/i.test(value) ? nearest(value, argChoices) : null;
      throw new InvalidArgumentError(`Allowed choices are ${argChoices.join(', ')}.${meant === null ? '' : ` Did you mean ${meant}?`}`);
    });
  }
}
