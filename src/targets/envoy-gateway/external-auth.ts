import { defineFindings } from '../../ledger/finding.ts';
import type { RuleParts } from '../contract.ts';
import { answersAccepted, askedDifferently, askedServer, FORWARDED_HEADERS } from '../envoy/authorization-server.ts';
import { approximated, byHand, LOST_PROTECTION, type Lower, placeOf, unfinished } from '../lowering.ts';
import { backendTrafficPolicy, securityPolicy } from './kinds.ts';
import { signIn } from './sign-in.ts';

const find = defineFindings('envoy-gateway/external-auth', {
  'not-askable': {
    ...LOST_PROTECTION,
    message: (a: { url: string; why: string }) => `asking ${a.url} before each request was not written: ${a.why}`,
    help: () =>
      'Name the server as http://SERVICE.NAMESPACE.svc.cluster.local[:PORT]/PATH and convert again; or sign in with SecurityPolicy.oidc instead; or write extAuth by hand for a server that checks requests as Envoy sends them.',
  },
  differs: {
    level: 'warning',
    message: (a: { service: string; lost: string }) => `Service ${a.service} is asked before each request, not quite as before: ${a.lost}`,
    help: () =>
      'Check that the server answers 200 to who is signed in and another status to everybody else, whatever the method: also to OPTIONS.',
    security: true,
    differs: ['status', 'headers'],
  },
  accepted: {
    level: 'error',
    message: (a: { service: string; path: string; lost: string }) =>
      `Service ${a.service} looks like oauth2-proxy, which answers 202 at ${a.path}; Envoy lets a request pass with 200 alone, so nobody gets in. Besides: ${a.lost}`,
    help: () =>
      'Run oauth2-proxy with --upstream=static://200 --reverse-proxy=true and set pathOverride to / in the SecurityPolicy; or use SecurityPolicy.oidc instead of it.',
    security: true,
    differs: ['status', 'headers'],
  },
});

/** As long as the controller waits for the server; the default is 10 s. */
const TIMEOUT = '60s';

export const externalAuth: Lower<'externalAuth'> = (intent, context) => {
  const place = placeOf(intent, context);
  const asked = askedServer(intent, context.estate);
  if (asked.kind === 'none') return byHand(find['not-askable']({ url: intent.url, why: asked.why }, place));
  const { namespace, name, port, path } = asked.server;
  const home = context.rule.ingress.namespace;
  const login = signIn(intent);
  const parts: RuleParts = {
    policies: [
      {
        policy: securityPolicy,
        on: { to: 'route' },
        spec: {
          extAuth: {
            http: {
              backendRefs: [{ name, ...(namespace === home ? {} : { namespace }), port }],
              pathOverride: path,
              ...(intent.responseHeaders.length === 0 ? {} : { headersToBackend: [...intent.responseHeaders] }),
            },
            headersToExtAuth: [...FORWARDED_HEADERS],
            failOpen: false,
            // The controller's answer when the server fails; the default is 403.
            statusOnError: 500,
            timeout: TIMEOUT,
          },
        },
        references: namespace === home ? [] : [{ kind: 'Service', namespace, name }],
      },
      ...(login?.kind === 'redirect'
        ? [{ policy: backendTrafficPolicy, on: { to: 'route' } as const, spec: { responseOverride: [login.override] } }]
        : []),
    ],
  };
  const service = `${namespace}/${name}`;
  const lost = [...askedDifferently(intent), ...(login === null ? [] : [login.lost])].join('; ');
  return answersAccepted(asked.server)
    ? unfinished(parts, find.accepted({ service, path, lost }, place))
    : approximated(parts, find.differs({ service, lost }, place));
};
