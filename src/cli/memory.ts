import { getHeapStatistics } from 'node:v8';
import { MAX_LEXEMES } from '../read/compose.ts';

/** Bytes that the YAML library takes for a word or sign of a document, and what is made of it after that. */
const BYTES_PER_LEXEME = 600;

/** Bytes that the program takes itself. */
const OWN = 64 * 1024 * 1024;

/** How large a document the heap of this process bears, in words and signs: rather a finding than an end in the middle. */
export function affordableLexemes(): number {
  return Math.max(1, Math.min(MAX_LEXEMES, Math.floor((getHeapStatistics().heap_size_limit - OWN) / BYTES_PER_LEXEME)));
}
