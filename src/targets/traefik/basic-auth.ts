import type { IntentOf, SecretName } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { converted, type Lower, placeOf, unfinished } from '../lowering.ts';
import { passwordCopy } from '../password-copy.ts';
import { middlewarePart } from './kinds.ts';

const find = defineFindings('traefik/basic-auth', {
  'one-key': {
    level: 'warning',
    message: (a: { secret: string; copy: string; commands: string }) =>
      `the password file is read from Secret ${a.secret}, which is not in the input: Traefik takes it only where it has a single key, whatever its name`,
    help: (a) =>
      `Look: kubectl get secret ${named(a.secret)} -o go-template='{{range $k, $v := .data}}{{$k}} {{end}}'. Where there is more than the key auth: ${a.commands}, and name ${a.copy} in the Middleware. Until then requests are answered with an error.`,
    security: true,
    differs: ['status', 'unreachable'],
  },
  copy: {
    level: 'warning',
    message: (a: { secret: string; copy: string; why: string; commands: string }) =>
      `the password file is read from Secret ${a.copy}, to be made of Secret ${a.secret}: ${a.why}`,
    help: (a) => `Run: ${a.commands}. Until then requests are answered with an error.`,
    security: true,
    differs: ['status'],
  },
});

/** bcrypt, MD5 (apr1) and SHA1 hashes, as nginx takes them. The whole file stands in the only key of a Secret beside the Middleware. */
export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  if (intent.secret === null)
    return lost('traefik', intent, context, {
      why: 'no Secret with passwords is named',
      nearest: 'Name the Secret and convert again; until then nobody is let in, as today.',
    });
  const place = placeOf(intent, context);
  const { secret } = intent;
  const name = `${secret.namespace}/${secret.name}`;
  const why = obstacle(intent, secret, context);
  const used = why === null ? secret.name : `${secret.name}-users`;
  const parts = { policies: [middlewarePart('basic-auth', { [`${intent.scheme}Auth`]: { secret: used, ...realm(intent) } })] };
  const [home, copy] = [context.rule.ingress.namespace, `${context.rule.ingress.namespace}/${secret.name}-users`];
  const commands = copyCommands(intent.form, secret, home);
  if (why !== null) {
    const secrets = [passwordCopy({ namespace: home, name: used }, 'users', secret, intent.form)];
    return unfinished({ ...parts, secrets }, find.copy({ secret: name, copy, why, commands }, place));
  }
  if (context.estate.secretByName.has(name)) return converted(parts);
  return unfinished(parts, find['one-key']({ secret: name, copy, commands }, place));
};

function obstacle({ form }: IntentOf<'basicAuth'>, secret: SecretName, { rule, estate }: LoweringContext): string | null {
  if (secret.namespace !== rule.ingress.namespace) return 'a Middleware reads Secrets of its own namespace only';
  if (form === 'user-per-key') return 'each user has a key there, and Traefik reads one file';
  const known = estate.secretByName.get(`${secret.namespace}/${secret.name}`);
  return known !== undefined && known.keys.length !== 1 ? 'Traefik takes it only with a single key' : null;
}

/** nginx says nothing but the realm's name; without one Traefik says `traefik`. */
function realm({ realm: text }: IntentOf<'basicAuth'>): { readonly realm?: string } {
  return text === '' ? {} : { realm: text };
}

/** Through a file: no value is printed. */
function copyCommands(form: IntentOf<'basicAuth'>['form'], { namespace, name }: SecretName, home: string): string {
  const template =
    form === 'htpasswd-file'
      ? '{{index .data "auth" | base64decode}}'
      : '{{range $user, $hash := .data}}{{$user}}:{{$hash | base64decode}}{{"\\n"}}{{end}}';
  return `kubectl get secret ${name} -n ${namespace} -o go-template='${template}' > users && kubectl create secret generic ${name}-users -n ${home} --from-file=users && rm users`;
}

/** `shop/passwords` for kubectl. */
function named(secret: string): string {
  const [namespace = '', name = ''] = secret.split('/');
  return `${name} -n ${namespace}`;
}
