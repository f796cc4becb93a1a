/**
 * An object that an implementation reads and that can be made of a Secret of today without knowing what is in it. No value is part
 * of this.
 */
export interface SecretCopy {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
  readonly from: { readonly namespace: string; readonly name: string };
  readonly keys: readonly CopiedKey[];
}

export interface CopiedKey {
  readonly key: string;
  readonly of: { readonly as: 'key'; readonly key: string } | PasswordFile;
}

/** `user:hash` lines: the value of a key, or one for each key, which is the user. `sha1`: {SHA} hashes are all that is read. */
export interface PasswordFile {
  readonly as: 'password-file';
  readonly form: 'htpasswd-file' | 'user-per-key';
  readonly hashes: 'any' | 'sha1';
}
