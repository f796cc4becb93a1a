import { isHttpsOnly } from '../https-only.ts';
import { converted, type Lower } from '../lowering.ts';
import { jwtElsewhere } from './access.ts';
import { parts, rule } from './fragments.ts';

/** Issuer and keys are all it takes; on HTTP listeners the controller leaves the check out. */
export const jwt: Lower<'jwt'> = (intent, context) => {
  const isShort = intent.issuer.length <= 256 && intent.jwksUri.length <= 256;
  if (!isHttpsOnly(context) || !isShort || Object.keys(intent.parameters).length > 0) return jwtElsewhere(intent, context);
  return converted(
    parts(rule({ actions: [{ type: 'jwt-validation', jwtValidationConfig: { issuer: intent.issuer, jwksEndpoint: intent.jwksUri } }] })),
  );
};
