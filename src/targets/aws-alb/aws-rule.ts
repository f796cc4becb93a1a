import type { AwsIdentityProvider } from '../../intent/aws.ts';
import type { IntentOf } from '../../intent/intent.ts';
import type { JsonObject } from '../../model/json.ts';
import { isHttpsOnly } from '../https-only.ts';
import { approximated, byHand, converted, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { awsFindings as find } from './aws-findings.ts';
import { mapOf, parts, rule } from './fragments.ts';
import { isTargetGroupName } from './target-group-names.ts';

/** On HTTP listeners the controller leaves the action out: a rule that is served there as well would be open. */
export const authenticate: Lower<'awsAuthenticate'> = (intent, context) => {
  const place = placeOf(intent, context);
  const { provider } = intent;
  if (provider === null) return unmapped(find['authentication/unreadable']({}, place));
  if (context.rule.intents.some(({ kind }) => kind === 'awsJwt')) return unmapped(find['authentication/both']({}, place));
  if (!isHttpsOnly(context)) return unmapped(find['authentication/over-http']({}, place));
  const lost = provider.extraParams.slice(10).map(({ key }) => key);
  const made = parts(rule({ actions: [actionOf(provider, intent)] }));
  if (lost.length > 0) return approximated(made, find['authentication/params']({ lost: lost.join(', ') }, place));
  return converted(made);
};

function actionOf(provider: AwsIdentityProvider, intent: IntentOf<'awsAuthenticate'>): JsonObject {
  const common = {
    onUnauthenticatedRequest: intent.onUnauthenticated,
    scope: intent.scope,
    sessionCookieName: intent.sessionCookie,
    sessionTimeout: intent.sessionTimeoutSeconds,
    ...(provider.extraParams.length === 0 ? {} : { authenticationRequestExtraParams: mapOf(provider.extraParams.slice(0, 10)) }),
  };
  switch (provider.type) {
    case 'cognito': {
      const { userPoolArn, userPoolClientId, userPoolDomain } = provider;
      return { type: 'authenticate-cognito', authenticateCognitoConfig: { userPoolArn, userPoolClientId, userPoolDomain, ...common } };
    }
    case 'oidc': {
      const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secret } = provider;
      const endpoints = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint };
      return { type: 'authenticate-oidc', authenticateOIDCConfig: { ...endpoints, secret: { name: secret.name }, ...common } };
    }
    default:
      return provider satisfies never;
  }
}

export const jwt: Lower<'awsJwt'> = (intent, context) => {
  const place = placeOf(intent, context);
  const { issuer, jwksEndpoint, claims } = intent;
  if (issuer === null || jwksEndpoint === null) return unmapped(find['authentication/unreadable']({}, place));
  if (context.rule.intents.some(({ kind }) => kind === 'awsAuthenticate')) return unmapped(find['authentication/both']({}, place));
  if (!isHttpsOnly(context)) return unmapped(find['authentication/over-http']({}, place));
  const fits =
    issuer.length <= 256 &&
    jwksEndpoint.length <= 256 &&
    claims.every(
      ({ name, values }) => name !== '' && values.length >= 1 && values.length <= 10 && values.every((value) => value.length <= 256),
    );
  if (!fits) return unmapped(find['jwt/values']({}, place));
  const additionalClaims = claims.map(({ format, name, values }) => ({ format, name, values }));
  const jwtValidationConfig = { issuer, jwksEndpoint, ...(additionalClaims.length === 0 ? {} : { additionalClaims }) };
  return converted(parts(rule({ actions: [{ type: 'jwt-validation', jwtValidationConfig }] })));
};

export const groupStickiness: Lower<'awsGroupStickiness'> = ({ durationSeconds }) => {
  const targetGroupStickinessConfig = { enabled: true, ...(durationSeconds === null ? {} : { durationSeconds }) };
  return converted(parts(rule({ actions: [{ type: 'forward', forwardConfig: { targetGroupStickinessConfig } }] })));
};

/** Written as backends, see target-group-names.ts. */
export const externalTargetGroups: Lower<'awsExternalTargetGroups'> = (intent, context) => {
  const place = placeOf(intent, context);
  const args = { groups: intent.groups.map((group) => group.name).join(', ') };
  return intent.groups.every(({ name }) => isTargetGroupName(name))
    ? unfinished({}, find['external-target-groups/one-load-balancer'](args, place))
    : byHand(find['external-target-groups/no-name'](args, place));
};

export const hostRewrite: Lower<'awsHostRewrite'> = (intent, context) =>
  unmapped(find['host-rewrite/pattern']({ regex: intent.regex, replace: intent.replace }, placeOf(intent, context)));
