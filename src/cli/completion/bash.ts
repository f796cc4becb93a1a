import type { OptionWords, Words } from './words.ts';

/** Needs nothing but bash 3.2: no bash-completion package. */
export function bashScript({ program, options, commands }: Words): string {
  const cases = commands.map(({ name, options: own, choices }) => {
    const names = own.flatMap((option) => option.names);
    return `    ${name})\n      options='${names.join(' ')}'\n      words='${(choices ?? []).join(' ')}'\n      ;;`;
  });
  return `# bash completion of ${program}
_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' word options words
  COMPREPLY=()
  # bash takes "--option=value" apart at the sign.
  if [[ $previous == '=' ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [[ $current == '=' ]]; then current=''; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${commands.map(({ name }) => name).join('|')}) command=$word; break ;; esac
  done
  case $previous in
${valueCases(commands.flatMap((command) => command.options))}
  esac
  case $command in
    '')
      options='${options.flatMap((option) => option.names).join(' ')}'
      words='${commands.map(({ name }) => name).join(' ')}'
      ;;
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _${program} ${program}
`;
}

/** What can follow an option. */
function valueCases(options: readonly OptionWords[]): string {
  const byName = new Map(options.flatMap(({ names, value }) => names.map((name) => [name, value] as const)));
  const lines = [...byName].flatMap(([name, value]) => {
    if (value === 'none') return [];
    if (value === 'text') return [`    ${name}) return ;;`];
    if (value === 'file') {
      return [
        `    ${name})\n      compopt -o filenames 2>/dev/null\n      local IFS=$'\\n'\n      COMPREPLY=($(compgen -f -- "$current"))\n      return\n      ;;`,
      ];
    }
    return [`    ${name})\n      COMPREPLY=($(compgen -W '${value.join(' ')}' -- "$current"))\n      return\n      ;;`];
  });
  return lines.join('\n');
}
