import { rowsAsRules } from '../../src/rule/row-rules.ts';
import type { AnyRule } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { annotationRows, removedRows } from './annotation-rows.ts';
import { backendTls } from './backend-tls.ts';
import { bandwidthLimit } from './bandwidth-limit.ts';
import { basicAuth } from './basic-auth.ts';
import { bodySize } from './body-size.ts';
import { buffering } from './buffering.ts';
import { clientCertificate } from './client-certificate.ts';
import { customHeaders } from './custom-headers.ts';
import { customHttpErrors } from './custom-http-errors.ts';
import { externalAuth } from './external-auth.ts';
import { fastcgi } from './fastcgi.ts';
import { globalAuth } from './global-auth.ts';
import { loadBalance } from './load-balance.ts';
import { mirror } from './mirror.ts';
import { oldPrefix } from './old-prefix.ts';
import { rateLimit } from './rate-limit.ts';
import { responseRewriting } from './response-rewriting.ts';
import { retries } from './retries.ts';
import { satisfy } from './satisfy.ts';
import { sessionAffinity } from './session-affinity.ts';
import { authSnippet } from './snippet/auth-snippet.ts';
import { streamSnippet } from './snippet/stream-snippet.ts';
import { sourceRange } from './source-range.ts';
import { timeouts } from './timeouts.ts';
import { tlsPolicy } from './tls-policy.ts';
import { tracing } from './tracing.ts';
import { waf } from './waf.ts';

/** Everything that does not decide who answers a request. */
export const annotationRules: readonly AnyRule[] = [
  authSnippet,
  backendTls,
  bandwidthLimit,
  basicAuth,
  bodySize,
  buffering,
  clientCertificate,
  customHeaders,
  customHttpErrors,
  externalAuth,
  fastcgi,
  globalAuth,
  loadBalance,
  mirror,
  oldPrefix,
  rateLimit,
  responseRewriting,
  retries,
  satisfy,
  sessionAffinity,
  sourceRange,
  streamSnippet,
  timeouts,
  tlsPolicy,
  tracing,
  waf,
  ...rowsAsRules({ vendor: 'nginx', controller: 'ingress-nginx', prefix: PREFIX, docs: manual }, [...annotationRows, ...removedRows]),
];
