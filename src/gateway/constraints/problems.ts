import type * as z from 'zod';

/** What a schema of this folder found wrong, at a place. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly kind: 'invalid' | 'unknown-field';
  readonly message: string;
}

/** Each unknown field is told at its own path, not at that of the object it is in. */
export function problems(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.filter((segment) => typeof segment !== 'symbol');
    if (issue.code !== 'unrecognized_keys') return [{ path, kind: 'invalid', message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key], kind: 'unknown-field', message: 'unknown field in this release and channel' }));
  });
}
