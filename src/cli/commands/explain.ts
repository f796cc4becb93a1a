import { explain, explanationText } from '../../reference/index.ts';
import { targets } from '../../targets/index.ts';
import { EXIT, type Io, UsageError } from '../io.ts';

/** What an annotation or a finding code means. */
export async function explainCommand(key: string, io: Io): Promise<number> {
  await loadFindings();
  const explanation = explain(key, targets);
  if (explanation.kind === 'unknown') {
    const meant = explanation.nearest === null ? '' : `; did you mean ${explanation.nearest}?`;
    throw new UsageError(`"${key}" is no annotation and no finding known here${meant} (gateshift annotations lists them)`);
  }
  io.stdout(explanationText(explanation));
  return EXIT.ok;
}

/** Findings are known once the modules that report them are loaded: the pipeline and what the other commands add to it. */
export async function loadFindings(): Promise<void> {
  await Promise.all([
    import('../conversion.ts'),
    import('../crds.ts'),
    import('../secrets.ts'),
    import('../cluster/findings.ts'),
    import('../../prove/verify.ts'),
  ]);
}
