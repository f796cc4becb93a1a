import type { OptionWords, Words } from './words.ts';

export function fishScript({ program, options, commands }: Words): string {
  const names = commands.map(({ name }) => name).join(' ');
  const isFirst = `not __fish_seen_subcommand_from ${names}`;
  return `${[
    `# fish completion of ${program}`,
    ...options.map((option) => optionLine(program, isFirst, option)),
    ...commands.flatMap(({ name, description, options: own, choices }) => {
      const inside = `__fish_seen_subcommand_from ${name}`;
      return [
        `complete -c ${program} -f -n '${isFirst}' -a ${name} -d ${quoted(description)}`,
        ...own.map((option) => optionLine(program, inside, option)),
        ...(choices === null ? [] : [`complete -c ${program} -f -n '${inside}' -a ${quoted(choices.join(' '))}`]),
      ];
    }),
  ].join('\n')}\n`;
}

function optionLine(program: string, condition: string, { names, description, value }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const behind = value === 'none' ? '' : value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
  return `complete -c ${program} -n '${condition}' ${flags.join(' ')}${behind} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
