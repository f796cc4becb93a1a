import { stringify } from 'yaml';
import type { PlannedObject } from '../plan/plan.ts';

/** One object as YAML that kubectl reads as meant: 1.1 words quoted, no anchors, no folding; its origin in comments. */
export function toYaml({ object, origin, notes }: PlannedObject): string {
  const comments = [
    ...origin.map((ref) => `# from ${ref.at.file}:${ref.at.line} Ingress ${ref.namespace}/${ref.name}`),
    ...notes.map((note) => `# ${note}`),
  ].map((line) => line.replace(/[\p{Cc}\u2028\u2029]/gu, '?'));
  const body = stringify(object, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 });
  return `${comments.map((line) => `${line}\n`).join('')}${body}`;
}
