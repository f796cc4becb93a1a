import { writeFile } from 'node:fs/promises';
import type { OutputObject } from '../../gateway/types.ts';
import { verificationText } from '../../prove/text.ts';
import { verify } from '../../prove/verify.ts';
import { readEstate } from '../../read/estate.ts';
import { readSources } from '../../read/sources.ts';
import { plain } from '../../report/plain.ts';
import { runConversion } from '../conversion.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';

export interface VerifyRawOptions extends RawOptions {
  readonly against?: string;
  readonly json?: string;
}

/** Exit 1 on differences that nothing announced; a lost protection is never taken as announced. */
export async function verifyCommand(paths: readonly string[], raw: VerifyRawOptions, io: Io): Promise<number> {
  const run = await runConversion(paths, raw, io);
  const objects = raw.against === undefined ? run.objects.map(({ object }) => object) : await objectsIn(raw.against, io);
  const verification = verify(run.conversion, objects);
  if (raw.json !== undefined) {
    await writeFile(raw.json, `${JSON.stringify({ schemaVersion: 1, ...verification }, null, 2)}\n`).catch((error: Error) => {
      throw new UsageError(`cannot write ${raw.json}: ${error.message}`);
    });
  }
  const text = verificationText(verification, raw.verbose === true);
  io.stdout(text.split('\n').map(plain).join('\n'));
  if (run.unreadable) return EXIT.input;
  return verification.discrepancies.some(({ explained }) => explained === null) ? EXIT.found : EXIT.ok;
}

async function objectsIn(folder: string, io: Io): Promise<readonly OutputObject[]> {
  const { files, unread } = await readSources([folder], { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--against: cannot read ${unread.join(', ')}`);
  const { others } = readEstate(files, { defaultNamespace: 'default' });
  // The evaluator reads manifests as people left them; what is malformed serves nothing there.
  return others
    .filter(({ apiVersion }) => apiVersion.startsWith('gateway.networking.k8s.io/'))
    .map(({ value }) => value as unknown as OutputObject);
}
