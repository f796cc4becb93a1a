import type { FindingMaker } from '../ledger/finding.ts';

/** What a finding says, with the names of its arguments where they stand: "<annotation> is <value>". */
export interface FindingText {
  readonly code: string;
  readonly level: string;
  readonly message: string;
  readonly help: string;
  readonly security: boolean;
  readonly differs: readonly string[];
}

export function findingText({ code, spec }: FindingMaker<object>): FindingText {
  const { level, security = false, differs = [] } = spec;
  return { code, level, message: said(spec.message), help: said(spec.help ?? (() => '')), security, differs };
}

/** Every argument is the text `<name>`. A sentence that looks into its arguments is left out where it does not bear that. */
function said(sentence: (args: object) => string): string {
  const names = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
  try {
    return sentence(names);
  } catch {
    return '';
  }
}
