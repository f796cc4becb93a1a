import { compareText } from './position.ts';

/**
 * The values of one Secret of the input, read only where somebody asked for a copy of it. They are in a private field, so that no
 * report, finding, log or JSON can hold them by accident; `valueOfKey` is called where the copy is made, and nowhere else.
 */
export class SecretValues {
  readonly #data: ReadonlyMap<string, Uint8Array>;

  constructor(data: ReadonlyMap<string, Uint8Array>) {
    this.#data = data;
  }

  keys(): readonly string[] {
    return [...this.#data.keys()].sort(compareText);
  }

  valueOfKey(key: string): Uint8Array | null {
    return this.#data.get(key) ?? null;
  }
}

/** The text of a file that holds such values. It is opened where the file is written. */
export class SealedText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  open(): string {
    return this.#text;
  }
}
