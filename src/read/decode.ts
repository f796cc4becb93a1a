/**
 * Decodes a manifest: UTF-8, or UTF-16 where a byte order mark says so (PowerShell's `>` writes it). A byte that does not
 * decode becomes NUL, which YAML forbids, so that the document around it is reported and the others are read.
 */
export function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return encoding === 'utf-8' ? decodeByLine(bytes) : new TextDecoder(encoding).decode(bytes).replaceAll('\uFFFD', '\0');
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Line by line, so that a genuine U+FFFD elsewhere in the file stays what it is. */
function decodeByLine(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, newline < 0 ? bytes.length : newline + 1);
    try {
      text += strict.decode(line);
    } catch {
      text += lenient.decode(line).replaceAll('\uFFFD', '\0');
    }
    start += line.length;
  }
  return text.replace(/^\uFEFF/, '');
}
