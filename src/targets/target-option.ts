/** A setting of one target, `--target-option NAME=VALUE`. */
export interface TargetOption {
  readonly name: string;
  /** What it does, for people. */
  readonly description: string;
  /** What is wrong with a value; null when it will do. */
  readonly problem: (value: string) => string | null;
}

/** Values by name, each one that its option takes. */
export type TargetOptions = Readonly<Record<string, string>>;
