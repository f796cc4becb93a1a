import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { ConvertOptions } from '../../../src/options.ts';
import { PREFIX } from '../annotation.ts';
import { flagsOf } from './flags.ts';

/** What names of the usual prefix begin with where the controller reads another one. */
export const NOT_READ = `not-read.${PREFIX}`;

/**
 * With `--annotations-prefix` the controller reads other names, and no longer the usual ones. Rules know the usual ones alone;
 * reports show what the file says.
 */
export function withUsualPrefix(estate: Estate, options: ConvertOptions): Estate {
  const given = flagsOf(estate, options).get('annotations-prefix');
  if (given === undefined || `${given}/` === PREFIX) return estate;
  const rename = (entry: Entry): Entry => {
    if (entry.name.startsWith(`${given}/`)) return { ...entry, name: `${PREFIX}${entry.name.slice(given.length + 1)}` };
    return entry.name.startsWith(PREFIX) ? { ...entry, name: `${NOT_READ}${entry.name.slice(PREFIX.length)}` } : entry;
  };
  return { ...estate, ingresses: estate.ingresses.map((ingress) => ({ ...ingress, annotations: ingress.annotations.map(rename) })) };
}
