/** A step that changes something, with what has to be seen before, and the way back. */
export interface Step {
  readonly title: string;
  /** Commands that change nothing. There is no step without. */
  readonly check: Commands;
  /** What they have to say, else the step is not taken. */
  readonly expect: string;
  /** What is run; where there are several ways, each of them with what it is for, since they exclude each other. */
  readonly act: Commands | readonly Way[];
  /** What to look at afterwards; may be empty. */
  readonly after: Commands;
  /** How to undo it. */
  readonly back: readonly string[];
  /** Its commands, by way. */
  readonly undo?: readonly Way[];
}

interface Way {
  readonly title: string;
  readonly commands: readonly string[];
}

type Commands = readonly [string, ...string[]];

export function stepText({ title, check, expect, act, after, back, undo = [] }: Step): readonly string[] {
  return [
    `#### ${title}`,
    `- [ ] Check: ${expect}`,
    block(check),
    ...waysOf(act).flatMap((way) => [`- [ ] Then, and only then${way.title === '' ? '' : `, ${way.title}`}:`, block(way.commands)]),
    '- [ ] Afterwards:',
    block(after),
    `Back: ${back.join('\n')}`,
    ...undo.flatMap((way) => [`Back, ${way.title}:`, block(way.commands)]),
  ];
}

function waysOf(act: Step['act']): readonly Way[] {
  return act.flatMap((each) => (typeof each === 'string' ? [] : [each])).concat(isCommands(act) ? [{ title: '', commands: act }] : []);
}

function isCommands(act: Step['act']): act is Commands {
  return typeof act[0] === 'string';
}

export function block(commands: readonly string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map((cells) => line(cells.map((cell) => cell.replaceAll('|', '\\|'))))].join(
    '\n',
  );
}

/** A name from a manifest as code: whatever is in it, it stays on its line and is no markup. */
export function code(text: string): string {
  const shown = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

/** One word of a shell. Names of Kubernetes pass as they are; of others nothing is run and nothing ends the block. */
export function word(text: string): string {
  const shown = text.replace(/[\p{Cc}\u2028\u2029]/gu, '\uFFFD');
  return /^[\w./:@%+=,*-]+$/.test(shown) && !shown.includes('*') ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

export function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export function some(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A command of a manual, for the context of this run. @param kubectl `kubectl`, with `--context` where one was named */
export function inContext(line: string, kubectl: string): string {
  const helm = kubectl.replace('kubectl --context', 'helm --kube-context').replace(/^kubectl$/, 'helm');
  return line
    .replace(/(^|\| |\$\()kubectl /g, `$1${kubectl.replaceAll('$', '$$$$')} `)
    .replace(/^helm (?!repo|search)/, `${helm.replaceAll('$', '$$$$')} `);
}

/** Sentences of findings name things from manifests: none of it is markup. */
export function plainText(sentences: readonly string[]): string {
  const ended = sentences.filter((sentence) => sentence !== '').map((sentence) => sentence.replace(/[^.!?]$/, '$&.'));
  const text = ended.join(' ');
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, (char) => (char === '<' ? '&lt;' : char === '>' ? '&gt;' : `\\${char}`));
}
