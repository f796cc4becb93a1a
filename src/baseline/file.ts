import * as z from 'zod';
import type { Baseline } from './baseline.ts';

const entry = z.strictObject({
  ingress: z.string(),
  code: z.string().min(1),
  subject: z.string(),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  count: z.number().int().positive(),
});

const file = z.strictObject({ gateshiftBaseline: z.literal(1), findings: z.array(entry) });

/** One finding a line, so that a change to the file reads well in a pull request. */
export function baselineText(baseline: Baseline): string {
  const lines = baseline.map(({ ingress, code, subject, fingerprint, count }) =>
    JSON.stringify({ ingress, code, subject, fingerprint, count }),
  );
  return `{\n  "gateshiftBaseline": 1,\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length === 0 ? '' : '\n  '}]\n}\n`;
}

export type BaselineRead = { readonly kind: 'read'; readonly baseline: Baseline } | { readonly kind: 'malformed'; readonly reason: string };

export function readBaseline(text: string): BaselineRead {
  const json = parsed(text);
  if (json.kind === 'malformed') return json;
  const result = file.safeParse(json.value);
  if (result.success) return { kind: 'read', baseline: result.data.findings };
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return { kind: 'malformed', reason: `${where}${issue?.message ?? 'it is no baseline'}` };
}

function parsed(
  text: string,
): { readonly kind: 'parsed'; readonly value: unknown } | { readonly kind: 'malformed'; readonly reason: string } {
  try {
    return { kind: 'parsed', value: JSON.parse(text) };
  } catch (error) {
    return { kind: 'malformed', reason: error instanceof Error ? error.message : String(error) };
  }
}
