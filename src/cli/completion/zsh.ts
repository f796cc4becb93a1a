import type { CommandWords, OptionWords, Words } from './words.ts';

/** For a file `_gateshift` in a folder of `$fpath`, or to be sourced after compinit. */
export function zshScript({ program, options, commands }: Words): string {
  const names = commands.map(({ name, description }) => `    ${quoted(`${name.replaceAll(':', '\\:')}:${description}`)}`);
  return `#compdef ${program}
# zsh completion of ${program}
_${program}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${names.join('\n')}
  )
  _arguments -C ${options.map(specOf).join(' ')} '1: :->command' '*:: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;
}

function commandCase({ name, options, choices }: CommandWords): string {
  const rest = choices === null ? "'*:path:_files'" : quoted(`1:word:(${choices.join(' ')})`);
  return `        ${name})\n          _arguments -s ${options.map(specOf).join(' \\\n            ')} \\\n            ${rest}\n          ;;`;
}

/** `_arguments` reads `(-q --quiet)'{-q,--quiet}'[errors only]`. */
function specOf({ names, description, value }: OptionWords): string {
  const text = description.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:');
  const behind = value === 'none' ? '' : value === 'file' ? ':file:_files' : value === 'text' ? ':value:' : `:value:(${value.join(' ')})`;
  const many = /\(repeatable/.test(description) ? '*' : '';
  const [only = '', ...others] = names;
  if (others.length === 0) return quoted(`${many}${only}[${text}]${behind}`);
  return `${many === '' ? quoted(`(${names.join(' ')})`) : "'*'"}{${names.join(',')}}${quoted(`[${text}]${behind}`)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
