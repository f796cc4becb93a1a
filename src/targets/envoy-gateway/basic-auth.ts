import { defineFindings } from '../../ledger/finding.ts';
import { passwordCopy, passwordSecret, passwordSteps } from '../envoy/password-file.ts';
import { LOST_PROTECTION, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { security } from './kinds.ts';

const find = defineFindings('envoy-gateway/basic-auth', {
  'secret-needed': {
    level: 'error',
    message: (a: { secret: string; wanted: string; realm: string }) =>
      `passwords are checked against Secret ${a.wanted}, which has to be made from ${a.secret}: Envoy Gateway reads the key .htpasswd with {SHA} hashes alone${a.realm}`,
    help: (a: { secret: string; wanted: string; realm: string; steps: string }) =>
      `Until it exists every request is answered with an error, none is let in. ${a.steps}.`,
    security: true,
    differs: ['status', 'headers'],
  },
  digest: {
    ...LOST_PROTECTION,
    message: (a: { secret: string }) =>
      `Envoy Gateway has no digest authentication, so the check against Secret ${a.secret} cannot be written`,
    help: () => 'Move to basic authentication over TLS first: set auth-type to basic, with a password file made by htpasswd.',
  },
  'no-secret': {
    ...LOST_PROTECTION,
    message: (_: Readonly<Record<never, string>>) =>
      'no Secret with passwords is named, so nobody gets in today and no check can be written',
    help: () => 'Name the Secret and convert again.',
  },
});

/** The policy is in the namespace of the route, and so is the Secret it needs. */
export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.secret === null) return unmapped(find['no-secret']({}, place));
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  if (intent.scheme === 'digest') return unmapped(find.digest({ secret }, place));
  const wanted = passwordSecret(intent.secret, context.rule.ingress.namespace);
  const args = {
    secret,
    wanted: `${wanted.namespace}/${wanted.name}`,
    realm: intent.realm === '' ? '' : `. The realm "${intent.realm}" is not shown any more`,
    steps: passwordSteps(intent.secret, wanted, intent.form),
  };
  const parts = {
    ...security({ basicAuth: { users: { name: wanted.name } } }),
    secrets: [passwordCopy(intent.secret, wanted, intent.form)],
  };
  return unfinished(parts, find['secret-needed'](args, place));
};
