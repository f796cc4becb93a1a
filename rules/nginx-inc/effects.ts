import { appProtect } from './app-protect.ts';
import { basicAuth } from './basic-auth.ts';
import type { Effective } from './behaviour.ts';
import { bodySize, buffering } from './buffering.ts';
import { customHttpErrors } from './custom-http-errors.ts';
import { healthChecks } from './health-checks.ts';
import { hsts } from './hsts.ts';
import { jwt } from './jwt.ts';
import { loadBalancing } from './load-balancing.ts';
import { locationHeader } from './location-header.ts';
import { policies } from './policies.ts';
import { rateLimit } from './rate-limit.ts';
import { passedHeaders } from './response-headers.ts';
import { retries } from './retries.ts';
import { locationSnippets, serverSnippets } from './snippets.ts';
import { timeouts } from './timeouts.ts';
import { tlsPolicy } from './tls-policy.ts';

/** Behaviours that say something about requests without deciding who answers them. */
export const effectives: readonly Effective[] = [
  appProtect,
  basicAuth,
  bodySize,
  buffering,
  customHttpErrors,
  healthChecks,
  hsts,
  jwt,
  loadBalancing,
  locationHeader,
  locationSnippets,
  passedHeaders,
  policies,
  rateLimit,
  retries,
  serverSnippets,
  timeouts,
  tlsPolicy,
];
