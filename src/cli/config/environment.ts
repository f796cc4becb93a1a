import { type Command, InvalidArgumentError, type Option } from 'commander';
import { nearest } from '../../rule/nearest.ts';
import { type Io, UsageError } from '../io.ts';

const PREFIX = 'GATESHIFT_';

/** `gatewayApi` → `GATESHIFT_GATEWAY_API`. */
export function variableOf(attribute: string): string {
  return PREFIX + attribute.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/**
 * What the environment sets of an option: undefined when it says nothing. An empty variable is not set. Repeatable options
 * take a list with commas.
 * @throws UsageError for a value that the option does not take
 */
export function environmentValue(option: Option, env: Io['env']): unknown {
  const variable = variableOf(option.attributeName());
  const text = env[variable];
  if (text === undefined || text === '') return undefined;
  if (option.isBoolean()) return truth(variable, text) ? true : undefined;
  if (option.parseArg === undefined) return text;
  try {
    if (!Array.isArray(option.defaultValue)) return parsed(option, text, undefined);
    return text.split(',').reduce<unknown>((list, part) => parsed(option, part.trim(), list), option.defaultValue);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`${variable}: ${error.message}`);
    throw error;
  }
}

function parsed(option: Option, text: string, previous: unknown): unknown {
  const parse: ((value: string, previous: unknown) => unknown) | undefined = option.parseArg;
  return parse === undefined ? text : parse(text, previous);
}

function truth(variable: string, text: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return false;
  throw new UsageError(`${variable} has to be true or false, not "${text}"`);
}

/** Variables of ours that look like slips of the pen. Others may be somebody else's, and are let be. */
export function misspeltVariables(commands: readonly Command[], env: Io['env']): readonly string[] {
  const known = [...new Set(commands.flatMap(({ options }) => options.map((option) => variableOf(option.attributeName()))))];
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .flatMap((name) => {
      const meant = nearest(
        name.slice(PREFIX.length),
        known.map((each) => each.slice(PREFIX.length)),
      );
      return meant === null ? [] : [`${name} is no setting; did you mean ${PREFIX}${meant}?`];
    });
}
