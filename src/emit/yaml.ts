import { Document, visit } from 'yaml';
import { placeText } from '../model/position.ts';
import type { PlannedObject } from '../plan/plan.ts';
import { inKeyOrder } from './key-order.ts';
import { plainYaml } from './plain-yaml.ts';

/**
 * Characters that kubectl's YAML reader refuses (DEL and C1 controls), or that change how the text around them is
 * shown: as escapes in double quotes both go away.
 */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;

/**
 * kubectl's reader (go-yaml 2) drops underscores before it looks for a number and takes `0X1F` and `0b-1`: `1e_3` is 1000 to
 * it, though no version of YAML says so.
 */
function isNumberToKubectl(text: string): boolean {
  return NUMBER.test(text.replaceAll('_', ''));
}

const NUMBER = /^[-+]?(?:0[xbo][-+]?[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i;

/** One object as YAML that kubectl reads as meant: 1.1 words quoted, no anchors, no folding; its origin in comments. */
export function toYaml(planned: PlannedObject): string {
  const comments = commentLines(planned).map((line) => `# ${escaped(line)}\n`);
  return `${comments.join('')}${yamlText(inKeyOrder(planned.object))}`;
}

/** A Gateway may come from thousands of Ingresses, and there may be hundreds of such Gateways; the reports name them all. */
const SHOWN_ORIGINS = 20;

function commentLines({ origin, notes }: PlannedObject): readonly string[] {
  const shown = origin.length > SHOWN_ORIGINS ? origin.slice(0, SHOWN_ORIGINS - 1) : origin;
  return [
    ...shown.map((ref) => `from ${placeText(ref.at, 'line')} Ingress ${ref.namespace}/${ref.name}`),
    ...(shown === origin ? [] : [`and from ${origin.length - shown.length} more Ingresses`]),
    ...notes,
  ];
}

/** Text in lines that a block would have to spell out with an indentation indicator: readers disagree about those. */
const UNTIDY = /^\s[\s\S]*\n|^\n|\n[ \t]+(?:\n|$)|\n\n$/;

/** The only place that turns values into YAML. */
export function yamlText(value: object): string {
  return plainYaml(value) ?? fullYaml(value);
}

/** With the library, which knows how to quote anything. */
export function fullYaml(value: object): string {
  const document = new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  let unsafe = false;
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value !== 'string') return;
      const isUnsafe = UNSAFE.test(scalar.value);
      if (isUnsafe || isNumberToKubectl(scalar.value) || UNTIDY.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
      unsafe ||= isUnsafe;
    },
  });
  const text = document.toString({ lineWidth: 0 });
  return unsafe ? text.replace(new RegExp(UNSAFE, 'g'), unicodeEscape) : text;
}

/** A comment ends with its line: nothing from a name may end it earlier. */
function escaped(line: string): string {
  return ORDINARY.test(line) ? line : line.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, unicodeEscape);
}

const ORDINARY = /^[ -~]*$/;

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
