import { createHash } from 'node:crypto';

const YAML_MARK = /^# Written by gateshift; edits are noticed by this sum: ([0-9a-f]{16})\n/;
const MARKDOWN_MARK = /^<!-- Written by gateshift; edits are noticed by this sum: ([0-9a-f]{16}) -->\n/;
/** JSON has no comments: a report is known by what it says of itself, and nobody edits it. */
const JSON_MARK = /^\{\s*"schemaVersion": \d+,\s*"tool": \{\s*"name": "gateshift"/;

/** `foreign`: not written by gateshift; `edited`: written by it and changed since. */
export type Ownership = 'foreign' | 'edited' | 'own';

/** The text under a first line by which the tool knows its own files and sees whether somebody edited them. */
export function markedYaml(text: string): string {
  return `# Written by gateshift; edits are noticed by this sum: ${sum(text)}\n${text}`;
}

export function markedMarkdown(text: string): string {
  return `<!-- Written by gateshift; edits are noticed by this sum: ${sum(text)} -->\n${text}`;
}

export function ownership(text: string): Ownership {
  const unix = unixLines(text);
  const [line, known] = YAML_MARK.exec(unix) ?? MARKDOWN_MARK.exec(unix) ?? [];
  if (line === undefined || known === undefined) return JSON_MARK.test(unix) ? 'own' : 'foreign';
  return sum(unix.slice(line.length)) === known ? 'own' : 'edited';
}

/** A checkout with other line ends is no edit. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
