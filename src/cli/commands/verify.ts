import { requestsJson, verificationJson } from '../../prove/json.ts';
import { verificationText } from '../../prove/text.ts';
import { verify } from '../../prove/verify.ts';
import { plain } from '../../report/plain.ts';
import { runConversion } from '../conversion.ts';
import { readEditedManifests } from '../edited-manifests.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { writeTextFile } from '../text-file.ts';

export interface VerifyRawOptions extends RawOptions {
  readonly against?: string;
  readonly json?: string;
  readonly requestsOut?: string;
}

/** Exit 1 on differences that nothing announced; a lost protection is never taken as announced. */
export async function verifyCommand(paths: readonly string[], raw: VerifyRawOptions, io: Io): Promise<number> {
  if (raw.against === '-' && paths.includes('-')) throw new UsageError('standard input can be the Ingresses or --against, not both');
  const run = await runConversion(paths, raw, io);
  const edited = raw.against === undefined ? null : await readEditedManifests(raw.against, raw, io);
  const objects = edited === null ? run.objects.map(({ object }) => object) : edited.objects;
  const verification = verify(run.conversion, objects, edited?.options);
  if (raw.json !== undefined) await writeTextFile(raw.json, verificationJson(verification));
  if (raw.requestsOut !== undefined) await writeTextFile(raw.requestsOut, requestsJson(verification));
  const text = verificationText(verification, raw.verbose === true);
  io.stdout(text.split('\n').map(plain).join('\n'));
  if (run.bug) return EXIT.bug;
  if (run.unreadable || edited?.unreadable === true) return EXIT.input;
  const all = [...verification.discrepancies, ...(verification.ports?.discrepancies ?? [])];
  return all.some(({ explained }) => explained === null) ? EXIT.found : EXIT.ok;
}
