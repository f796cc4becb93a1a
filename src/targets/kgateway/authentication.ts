import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { askedServer } from '../envoy/authorization-server.ts';
import { passwordCopy, passwordSecret, passwordSteps } from '../envoy/password-file.ts';
import { byHand, LOST_PROTECTION, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { traffic } from './kinds.ts';

const find = defineFindings('kgateway', {
  'basic-auth/secret-needed': {
    level: 'error',
    message: (a: { secret: string; wanted: string; realm: string }) =>
      `passwords are checked against Secret ${a.wanted}, which has to be made from ${a.secret}: kgateway takes {SHA} hashes alone${a.realm}`,
    help: (a: { secret: string; wanted: string; realm: string; steps: string }) =>
      `Make it before the rest is applied, and check that nobody gets in without a password: ${a.steps}.`,
    security: true,
    differs: ['status', 'headers'],
  },
  'basic-auth/digest': {
    ...LOST_PROTECTION,
    message: (a: { secret: string }) => `kgateway has no digest authentication, so the check against Secret ${a.secret} cannot be written`,
    help: () => 'Move to basic authentication over TLS first: set auth-type to basic, with a password file made by htpasswd.',
  },
  'basic-auth/no-secret': {
    ...LOST_PROTECTION,
    message: (_: NoArgs) => 'no Secret with passwords is named, so nobody gets in today and no check can be written',
    help: () => 'Name the Secret and convert again.',
  },
  'external-auth/path-is-appended': {
    ...LOST_PROTECTION,
    message: (a: { url: string; service: string; port: number; path: string }) =>
      `asking ${a.url} before each request was not written: kgateway asks for the request's own path behind ${a.path}, so a server that answers other paths with 200 would let everybody in`,
    help: (a) =>
      `If the server checks every path under ${a.path}, write a GatewayExtension {type: ExtAuth, extAuth: {statusOnError: 500, headersToForward: [cookie], httpService: {backendRef: {name: ${a.service}, port: ${a.port}}, pathPrefix: ${a.path}}}} and a TrafficPolicy for the route with extAuth.extensionRef. Only status 200 lets a request pass.`,
  },
  'external-auth/not-askable': {
    ...LOST_PROTECTION,
    message: (a: { url: string; why: string }) => `asking ${a.url} before each request was not written: ${a.why}`,
    help: () =>
      'Put a server that speaks the gRPC protocol of Envoy (ext_authz) before it, and name it by grpcService in a GatewayExtension; or sign in with oauth2 instead.',
  },
  'oidc/not-written': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string }) =>
      `sign-in${a.issuer === '' ? '' : ` at ${a.issuer}`} was not written: kgateway reaches the provider through a Backend of its own, with TLS settings that are not in the input`,
    help: (a) =>
      `Write a Backend for the provider and a GatewayExtension {type: OAuth2, oauth2: {issuerURI: ${a.issuer}, backendRef, credentials, redirectURI}}, and a TrafficPolicy for the route with oauth2.extensionRef.`,
  },
  'jwt/not-written': {
    ...LOST_PROTECTION,
    message: (a: { issuer: string; keys: string }) =>
      `tokens of ${a.issuer} would go unchecked: kgateway fetches keys (${a.keys}) through a Backend of its own, with TLS settings that are not in the input`,
    help: (a) =>
      `Write a Backend for the host of ${a.keys} and a GatewayExtension {type: JWT, jwt: {providers: [{name: issuer, issuer: ${a.issuer}, jwks: {remote: {url: ${a.keys}, backendRef}}}]}}, and a TrafficPolicy for the route with jwtAuth.extensionRef.`,
  },
});

/** The policy is in the namespace of the route, and so is the Secret it needs. */
export const basicAuth: Lower<'basicAuth'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.secret === null) return unmapped(find['basic-auth/no-secret']({}, place));
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  if (intent.scheme === 'digest') return unmapped(find['basic-auth/digest']({ secret }, place));
  const wanted = passwordSecret(intent.secret, context.rule.ingress.namespace);
  const args = {
    secret,
    wanted: `${wanted.namespace}/${wanted.name}`,
    realm: intent.realm === '' ? '' : `. The realm "${intent.realm}" is not shown any more`,
    steps: passwordSteps(intent.secret, wanted, intent.form),
  };
  const parts = {
    ...traffic({ basicAuth: { secretRef: { name: wanted.name } } }),
    secrets: [passwordCopy(intent.secret, wanted, intent.form)],
  };
  return unfinished(parts, find['basic-auth/secret-needed'](args, place));
};

/** The controller asks one fixed path. Whether the server refuses what it does not know cannot be seen in manifests. */
export const externalAuth: Lower<'externalAuth'> = (intent, context) => {
  const place = placeOf(intent, context);
  const asked = askedServer(intent, context.estate);
  if (asked.kind === 'none') return byHand(find['external-auth/not-askable']({ url: intent.url, why: asked.why }, place));
  const { name, port, path } = asked.server;
  return byHand(find['external-auth/path-is-appended']({ url: intent.url, service: name, port, path }, place));
};

export const oidc: Lower<'oidc'> = (intent, context) =>
  byHand(find['oidc/not-written']({ issuer: intent.issuer }, placeOf(intent, context)));

export const jwt: Lower<'jwt'> = (intent, context) =>
  byHand(find['jwt/not-written']({ issuer: intent.issuer, keys: intent.jwksUri }, placeOf(intent, context)));
