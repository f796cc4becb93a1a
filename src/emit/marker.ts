import { createHash } from 'node:crypto';

const MARK = /^# Written by gateshift; edits are noticed by this sum: ([0-9a-f]{16})\n/;

/** The text under a first line by which the tool knows its own files and sees whether somebody edited them. */
export function marked(text: string): string {
  return `# Written by gateshift; edits are noticed by this sum: ${sum(text)}\n${text}`;
}

/** `foreign`: not written by gateshift; `edited`: written by it and changed since. */
export function ownership(text: string): 'foreign' | 'edited' | 'own' {
  const [line, known] = MARK.exec(text) ?? [];
  if (line === undefined || known === undefined) return 'foreign';
  return sum(text.slice(line.length)) === known ? 'own' : 'edited';
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
