import { createHash } from 'node:crypto';

/** Longest part of a path that every common file system takes is 255 bytes; this leaves room for suffixes. */
const LONGEST = 200;

/**
 * Text as one part of a path: lower case, without anything that could lead out of the folder. Kubernetes names pass
 * unchanged; what is too long is cut and told apart by a sum of the whole.
 */
export function fileName(text: string): string {
  const safe = text
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '_')
    .replace(/^\.*$|^\.+/, '_')
    .replace(DEVICE, '_$&');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 9)}-${shortSum(text)}`;
}

/** Names that no file of Windows can have, whatever its extension; a namespace can. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/;

/** Eight hexadecimal digits: enough to tell the names of one folder apart. */
export function shortSum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
