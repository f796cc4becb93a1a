import type { AnyRule } from '../../src/rule/rule.ts';
import { appRoot } from './app-root.ts';
import { backendProtocol } from './backend-protocol.ts';
import { canary } from './canary.ts';
import { cors } from './cors.ts';
import { defaultBackend } from './default-backend.ts';
import { fromToWwwRedirect } from './from-to-www-redirect.ts';
import { redirect } from './redirect.ts';
import { rewriteTarget } from './rewrite-target.ts';
import { serverAlias } from './server-alias.ts';
import { serviceUpstream } from './service-upstream.ts';
import { sslPassthrough } from './ssl-passthrough.ts';
import { sslRedirect } from './ssl-redirect.ts';
import { upstreamVhost } from './upstream-vhost.ts';
import { xForwardedPrefix } from './x-forwarded-prefix.ts';

/** Behaviours that decide who answers a request, and what becomes of it on the way. */
export const routingRules: readonly AnyRule[] = [
  appRoot,
  backendProtocol,
  canary,
  cors,
  defaultBackend,
  fromToWwwRedirect,
  redirect,
  rewriteTarget,
  serverAlias,
  serviceUpstream,
  sslPassthrough,
  sslRedirect,
  upstreamVhost,
  xForwardedPrefix,
];
