import type { IntentOf, SecretName } from '../../intent/intent.ts';
import type { SecretCopy } from '../../model/secret-copy.ts';

/** The Secret that the implementation reads: beside the controller's own, which goes on using its own until the change. */
export function passwordSecret(secret: SecretName, namespace: string): SecretName {
  return { namespace, name: `${secret.name}-htpasswd` };
}

/** The same as data, for where the Secret of today is in the input. */
export function passwordCopy(from: SecretName, wanted: SecretName, form: IntentOf<'basicAuth'>['form']): SecretCopy {
  return { kind: 'Secret', ...wanted, from, keys: [{ key: '.htpasswd', of: { as: 'password-file', form, hashes: 'sha1' } }] };
}

/**
 * Commands that make that Secret: key `.htpasswd`, hashes of the `{SHA}` form alone, which is all Envoy reads. Hashes of
 * another form cannot be turned into it, so these passwords are set anew. Nothing prints a value.
 */
export function passwordSteps(secret: SecretName, wanted: SecretName, form: IntentOf<'basicAuth'>['form']): string {
  const get = `kubectl get secret ${secret.name} -n ${secret.namespace}`;
  const read =
    form === 'htpasswd-file'
      ? `${get} -o jsonpath='{.data.auth}' | base64 -d > .htpasswd`
      : `${get} -o go-template='{{range $user, $hash := .data}}{{$user}}:{{$hash | base64decode}}{{"\\n"}}{{end}}' > .htpasswd`;
  return [
    `umask 077; ${read}`,
    "cut -d: -f1,2 .htpasswd | grep -vF ':{SHA}' | cut -d: -f1 (lists the users whose hash Envoy does not read)",
    'for each of them: htpasswd -s .htpasswd USER (asks for the password)',
    `kubectl create secret generic ${wanted.name} -n ${wanted.namespace} --from-file=.htpasswd; rm .htpasswd`,
  ].join('; then ');
}
