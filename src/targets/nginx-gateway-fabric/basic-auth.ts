import type { IntentOf, SecretName } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { converted, type Lower, placeOf, unfinished } from '../lowering.ts';
import { passwordCopy } from '../password-copy.ts';
import { authenticationFilter } from './kinds.ts';

const find = defineFindings('nginx-gateway-fabric/basic-auth', {
  copy: {
    level: 'warning',
    message: (a: { secret: string; copy: string; why: string; commands: string }) =>
      `the password file is read from Secret ${a.copy}, to be made of Secret ${a.secret}: ${a.why}`,
    help: (a) => `Run: ${a.commands}. Until then requests are answered with 500.`,
    security: true,
    differs: ['status'],
  },
});

/** The Secret of ingress-nginx as it is: the key `auth` with any hash that nginx knows. */
export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  const { secret } = intent;
  if (secret === null || intent.scheme === 'digest')
    return lost('nginx-gateway-fabric', intent, context, {
      why: secret === null ? 'no Secret with passwords is named' : 'an AuthenticationFilter has no digest authentication',
      nearest:
        secret === null
          ? 'Name the Secret and convert again; until then nobody is let in, as today.'
          : 'Move to basic authentication over TLS first, with a password file of its own.',
    });
  const why = obstacle(intent, secret, context);
  const name = why === null ? secret.name : `${secret.name}-auth`;
  const spec = { type: 'Basic', basic: { realm: realm(intent), secretRef: { name } } };
  const parts = { policies: [{ policy: authenticationFilter, on: { to: 'filter', name: 'basic-auth', order: -10 }, spec }] } as const;
  if (why === null) return converted(parts);
  const home = context.rule.ingress.namespace;
  const args = {
    secret: `${secret.namespace}/${secret.name}`,
    copy: `${home}/${name}`,
    why,
    commands: commands(intent.form, secret, home),
  };
  const secrets = [passwordCopy({ namespace: home, name }, 'auth', secret, intent.form)];
  return unfinished({ ...parts, secrets }, find.copy(args, placeOf(intent, context)));
};

function obstacle({ form }: IntentOf<'basicAuth'>, { namespace }: SecretName, { rule }: LoweringContext): string | null {
  if (namespace !== rule.ingress.namespace) return 'an AuthenticationFilter reads Secrets of its own namespace only';
  return form === 'user-per-key' ? 'each user has a key there, and NGINX reads one file' : null;
}

/** `off` switches the check off, whatever else stands there. */
function realm({ realm: text }: IntentOf<'basicAuth'>): string {
  return text === '' || text === 'off' ? 'Restricted' : text;
}

/** Through a file: no value is printed. */
function commands(form: IntentOf<'basicAuth'>['form'], { namespace, name }: SecretName, home: string): string {
  const template =
    form === 'htpasswd-file'
      ? '{{index .data "auth" | base64decode}}'
      : '{{range $user, $hash := .data}}{{$user}}:{{$hash | base64decode}}{{"\\n"}}{{end}}';
  return `kubectl get secret ${name} -n ${namespace} -o go-template='${template}' > auth && kubectl create secret generic ${name}-auth -n ${home} --from-file=auth && rm auth`;
}
