import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { byHand, converted, LOST_PROTECTION, type Lower, placeOf, unfinished } from '../lowering.ts';
import { security } from './kinds.ts';

const find = defineFindings('envoy-gateway', {
  'oidc/secret-needed': {
    level: 'error',
    message: (a: { issuer: string; wanted: string; callback: string }) =>
      `sign-in at ${a.issuer} is written; it needs Secret ${a.wanted} with the keys client-id and client-secret, and the provider has to know ${a.callback}`,
    help: (a: { issuer: string; wanted: string; callback: string; steps: string }) =>
      `Until then requests are answered with an error. ${a.steps}. Add ${a.callback} to the redirect addresses of the client at the provider.`,
    security: true,
    differs: ['status', 'headers'],
  },
  'oidc/not-written': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string; why: string }) => `sign-in${a.issuer === '' ? '' : ` at ${a.issuer}`} was not written: ${a.why}`,
    help: () => 'Write a SecurityPolicy with oidc for the route by hand: its redirectURL has to lie under a path of that route.',
  },
  'jwt/not-written': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string; why: string }) => `tokens of ${a.issuer} would go unchecked: ${a.why}`,
    help: () => 'Write a SecurityPolicy with jwt and, for claims, authorization rules by hand.',
  },
});

/** The provider sends the browser back to a path of the same route, where the same policy takes it. */
export const oidc: Lower<'oidc'> = (intent, context) => {
  const place = placeOf(intent, context);
  const base = literalPrefix(context);
  const refuse = (why: string) => byHand(find['oidc/not-written']({ issuer: intent.issuer, why }, place));
  if (base === null) return refuse('its path is no literal prefix, under which the provider could send browsers back');
  if (!/^https:\/\/[^\s]+$/.test(intent.issuer))
    return refuse(intent.issuer === '' ? 'the issuer is not known' : 'the issuer is no https URL');
  const home = context.rule.ingress.namespace;
  const name = intent.secret === null ? `${context.rule.ingress.name}-oidc` : `${intent.secret.name}-oidc`;
  const { authorizationEndpoint, tokenEndpoint } = intent.parameters;
  const callback = `https://${context.host === '' || context.host.startsWith('*') ? 'HOST' : context.host}${base}/oauth2/callback`;
  const provider = {
    issuer: intent.issuer,
    ...(authorizationEndpoint === undefined ? {} : { authorizationEndpoint }),
    ...(tokenEndpoint === undefined ? {} : { tokenEndpoint }),
  };
  const parts = security({
    oidc: {
      provider,
      clientIDRef: { name },
      clientSecret: { name },
      ...(base === ''
        ? {}
        : { redirectURL: `%REQ(x-forwarded-proto)%://%REQ(:authority)%${base}/oauth2/callback`, logoutPath: `${base}/logout` }),
    },
  });
  const steps = `kubectl create secret generic ${name} -n ${home} --from-file=client-id --from-file=client-secret (two files with the values${
    intent.secret === null ? ' of the client' : ` of Secret ${intent.secret.namespace}/${intent.secret.name}`
  }, without a line break at the end)`;
  const args = { issuer: intent.issuer, wanted: `${home}/${name}`, callback, steps };
  return unfinished(parts, find['oidc/secret-needed'](args, place));
};

/** `''` for everything, `/app` for what is below it; null where the match is no plain prefix. */
function literalPrefix({ rule }: LoweringContext): string | null {
  const { path } = rule.match;
  if (path.kind === 'glob') return path.value === '*' || path.value === '/*' ? '' : null;
  return path.kind === 'prefix' || path.kind === 'text-prefix' ? path.value.replace(/\/+$/, '') : null;
}

export const jwt: Lower<'jwt'> = (intent, context) => {
  const refuse = (why: string) => byHand(find['jwt/not-written']({ issuer: intent.issuer, why }, placeOf(intent, context)));
  const claims = Object.keys(intent.parameters);
  if (!/^https:\/\/[^\s]{1,245}$/.test(intent.jwksUri)) return refuse('the keys are not at an https URL of up to 253 characters');
  if (claims.length > 0) return refuse(`how the claims ${claims.join(', ')} are compared is not known here`);
  if (intent.issuer === '' || intent.issuer.length > 253) return refuse('the issuer is empty or longer than 253 characters');
  return converted(security({ jwt: { providers: [{ name: 'issuer', issuer: intent.issuer, remoteJWKS: { uri: intent.jwksUri } }] } }));
};
