import type { OptionWords, Words } from './words.ts';

/** For PowerShell 5.1 and newer: `gateshift completion powershell | Out-String | Invoke-Expression`. */
export function powershellScript({ program, options, commands }: Words): string {
  const tables = commands.map(
    ({ name, options: own, choices }) => `    ${quoted(name)} = @{ Words = ${list(choices ?? [])}; Options = ${optionTable(own)} }`,
  );
  return `# PowerShell completion of ${program}
Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${tables.join('\n')}
  }
  $top = @{ Words = ${list(commands.map(({ name }) => name))}; Options = ${optionTable(options)} }
  $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() } | Select-Object -Skip 1)
  $current = $top
  foreach ($word in $typed) { if ($commands.ContainsKey($word)) { $current = $commands[$word]; break } }
  $before = @($typed | Where-Object { $_ -ne $wordToComplete })
  $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
  $values = if ($current.Options.ContainsKey($previous)) { $current.Options[$previous].Values } else { $null }
  $found = if ($values) { $values }
    elseif ($wordToComplete.StartsWith('-')) { $current.Options.Keys | Sort-Object }
    else { $current.Words }
  $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    $help = if ($current.Options.ContainsKey($_)) { $current.Options[$_].Help } else { $_ }
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $help)
  }
}
`;
}

function optionTable(options: readonly OptionWords[]): string {
  const entries = options.flatMap(({ names, description, value }) =>
    names.map((name) => `${quoted(name)} = @{ Help = ${quoted(description)}; Values = ${list(typeof value === 'string' ? [] : value)} }`),
  );
  return `@{ ${entries.join('; ')} }`;
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
