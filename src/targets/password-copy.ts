import type { IntentOf, SecretName } from '../intent/intent.ts';
import type { SecretCopy } from '../model/secret-copy.ts';

/** The password file of today under the one key of another Secret, with whatever hashes are in it. */
export function passwordCopy(wanted: SecretName, key: string, from: SecretName, form: IntentOf<'basicAuth'>['form']): SecretCopy {
  return { kind: 'Secret', ...wanted, from, keys: [{ key, of: { as: 'password-file', form, hashes: 'any' } }] };
}
