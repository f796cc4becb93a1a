import type { AwsIdentityProvider } from '../../src/intent/aws.ts';
import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Service } from '../../src/model/objects.ts';
import { entryOf, oneOf, text } from '../../src/rule/codec.ts';
import { type AnnotationRead, at } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { intBetween } from './codecs.ts';
import type { Member } from './group.ts';
import { type JsonValue, json, objectOf, textMap, text as textOf } from './json/decode.ts';
import { malformed, settingRule } from './setting.ts';
import { readSetting } from './target-group.ts';

const cognito = objectOf<AwsIdentityProvider>(
  ({ required, optional }) => ({
    type: 'cognito',
    userPoolArn: required('userPoolARN', textOf, ''),
    userPoolClientId: required('userPoolClientID', textOf, ''),
    userPoolDomain: required('userPoolDomain', textOf, ''),
    extraParams: optional('authenticationRequestExtraParams', textMap) ?? [],
  }),
  ['userPoolARN', 'userPoolClientID', 'userPoolDomain', 'authenticationRequestExtraParams'],
);

/** The namespace of the Secret is that of the Ingress: filled in later. */
const oidc = objectOf<AwsIdentityProvider>(
  ({ required, optional }) => ({
    type: 'oidc',
    issuer: required('issuer', textOf, ''),
    authorizationEndpoint: required('authorizationEndpoint', textOf, ''),
    tokenEndpoint: required('tokenEndpoint', textOf, ''),
    userInfoEndpoint: required('userInfoEndpoint', textOf, ''),
    secret: { namespace: '', name: required('secretName', textOf, '') },
    extraParams: optional('authenticationRequestExtraParams', textMap) ?? [],
  }),
  ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint', 'secretName', 'authenticationRequestExtraParams'],
);

const find = defineFindings('alb/authentication', {
  'open-over-http': {
    level: 'warning',
    message: (a: { ingress: string }) =>
      `Ingress ${a.ingress} asks for a login over HTTPS only: over HTTP the same paths are open today, and stay so`,
    help: () => 'Redirect HTTP with ssl-redirect before converting, if that is not meant.',
    security: true,
  },
  'no-provider': {
    level: 'error',
    message: (a: { type: string; partner: string }) => `auth-type is ${a.type}, but there is no ${a.partner}: the controller stops there`,
    help: () => 'Name the provider and convert again. Until then the routes are not written, so that nothing is open.',
    security: true,
  },
  'unknown-type': {
    level: 'error',
    message: (a: { type: string }) => `auth-type "${a.type}" is none that there is: the controller stops there`,
    help: () => 'Write none, cognito or oidc. Until then the routes are not written, so that nothing is open.',
    security: true,
  },
  'auto-mode': {
    level: 'error',
    message: (_: Readonly<Record<never, string>>) => 'EKS Auto Mode does not support auth-type oidc',
    help: () => 'Until it is settled who signs users in, the routes are not written.',
    security: true,
  },
});

/** Over HTTPS only, before whatever the rule does. */
export const authentication = settingRule({
  id: 'alb/authentication',
  title: 'Sign-in with Cognito or OpenID Connect',
  docs: manual('authentication'),
  scope: 'location',
  becomes: 'awsAuthenticate',
  reads: {
    // As text: an unknown type must not open what was to be closed.
    type: at(`${PREFIX}auth-type`, text),
    cognito: at(`${PREFIX}auth-idp-cognito`, json('Cognito user pool', cognito)),
    oidc: at(`${PREFIX}auth-idp-oidc`, json('OpenID Connect provider', oidc)),
    onUnauthenticated: at(`${PREFIX}auth-on-unauthenticated-request`, oneOf('authenticate', 'allow', 'deny')),
    scope: at(`${PREFIX}auth-scope`, text),
    cookie: at(`${PREFIX}auth-session-cookie`, text),
    timeout: at(`${PREFIX}auth-session-timeout`, intBetween(1, 604_800)),
  },
  findings: { ...find, malformed: jsonFindings.malformed, 'without-partner': valueFindings['without-partner'] },
});

/** `service`: the only one the rule forwards to; else its annotations do not count. */
export function authenticationIntents(member: Member, service: Service | null, books: Books): readonly AwsIntent[] {
  const { reads } = authentication;
  const read = <T>(of: AnnotationRead<T>) => readSetting(of, member, service);
  const type = read(reads.type);
  if (type.state !== 'valid' || type.value === 'none') return [];
  const [onUnauthenticated, scope, cookie, timeout] = [
    read(reads.onUnauthenticated),
    read(reads.scope),
    read(reads.cookie),
    read(reads.timeout),
  ];
  const provider = type.value === 'cognito' ? read(reads.cognito) : type.value === 'oidc' ? read(reads.oidc) : null;
  const entries = [type.entry, ...[onUnauthenticated, scope, cookie, timeout, ...(provider === null ? [] : [provider])].flatMap(entryOf)];
  return [
    {
      kind: 'awsAuthenticate',
      provider: providerOf(type.entry, provider?.state === 'valid' ? provider : null, member, books),
      onUnauthenticated: onUnauthenticated.state === 'valid' ? onUnauthenticated.value : 'authenticate',
      scope: scope.state === 'valid' ? scope.value : 'openid',
      sessionCookie: cookie.state === 'valid' ? cookie.value : 'AWSELBAuthSessionCookie',
      sessionTimeoutSeconds: timeout.state === 'valid' ? timeout.value : 604_800,
      entries,
    },
  ];
}

function providerOf(
  type: Entry,
  given: { readonly entry: Entry; readonly value: JsonValue<AwsIdentityProvider> } | null,
  { ingress, isAuto }: Member,
  books: Books,
): AwsIdentityProvider | null {
  const place = placeOf(type);
  if (type.value !== 'cognito' && type.value !== 'oidc') {
    settle(books, [type], 'manual', find['unknown-type']({ type: type.value }, place));
    return null;
  }
  if (given === null) {
    settle(books, [type], 'manual', find['no-provider']({ type: type.value, partner: `${PREFIX}auth-idp-${type.value}` }, place));
    return null;
  }
  if (given.value.kind === 'broken') {
    settle(books, [given.entry], 'manual', malformed(given.entry, given.value));
    return null;
  }
  const provider = given.value.value;
  if (provider.type === 'cognito') return provider;
  if (isAuto) books.findings.push(find['auto-mode']({}, place));
  return { ...provider, secret: { ...provider.secret, namespace: ingress.ref.namespace } };
}

/** Reports the hole that signing in over HTTPS alone leaves. */
export function openOverHttp(member: Member, books: Books): void {
  const args = { ingress: `${member.ingress.ref.namespace}/${member.ingress.ref.name}` };
  books.findings.push(find['open-over-http'](args, { at: member.ingress.ref.at, ingress: member.ingress.ref }));
}
