/** A word of a command, in quotes unless it is plain. Names of the input never end a command, or begin one. */
export function word(text: string): string {
  const line = text.replace(/\p{Cc}/gu, ' ');
  return /^[\w./:=,@-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}
