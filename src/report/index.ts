import type { ReportInput, ReportOptions } from './input.ts';

/** Formats of `--report`, each loaded when it is asked for. */
const FORMATS = {
  text: () => import('./text.ts'),
  json: () => import('./json.ts'),
  github: () => import('./github.ts'),
  markdown: () => import('./markdown.ts'),
  sarif: () => import('./sarif.ts'),
  junit: () => import('./junit.ts'),
  csv: () => import('./csv.ts'),
  html: () => import('./html/report.ts'),
} as const;

export type ReportFormat = keyof typeof FORMATS;

export const REPORT_FORMATS: readonly ReportFormat[] = ['text', 'json', 'github', 'markdown', 'sarif', 'junit', 'csv', 'html'];

export async function render(format: ReportFormat, input: ReportInput, options: ReportOptions): Promise<string> {
  const { report } = await FORMATS[format]();
  return report(input, options);
}
