import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { isOverTls } from '../envoy/forwarded-backends.ts';
import { cipherSuites, tlsVersions } from '../envoy/tls-settings.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { backendTls as portable } from '../standard/backend-tls.ts';
import { preciseHost } from '../standard/hostname.ts';
import { backend } from './kinds.ts';

const find = defineFindings('envoy-gateway/backend-tls', {
  'client-certificate': {
    level: 'warning',
    message: (a: { secret: string; home: string }) =>
      `no certificate is presented to the backend: Secret ${a.secret} is not in namespace ${a.home}, or has no tls.crt`,
    help: (a: { secret: string; home: string }) =>
      `Copy it to ${a.home} and name it in tls.clientCertificateRef of the Backend, if the backend asks for one.`,
    differs: ['status'],
  },
  ciphers: {
    level: 'note',
    message: (_: NoArgs) => 'not all of the TLS ciphers towards the backend are known to Envoy: those were left out',
  },
});

/** A Backend in place of each Service of the rule. */
export function unverified(context: LoweringContext): RuleParts {
  const isGrpc = context.rule.intents.some((intent) => intent.kind === 'backendProtocol' && intent.protocol === 'GRPCS');
  const spec = {
    namespace: context.rule.ingress.namespace,
    ...(isGrpc ? { appProtocols: ['gateway.envoyproxy.io/h2c'] } : {}),
    tls: tlsOf(context),
  };
  return { policies: [{ policy: backend, on: { to: 'backend', as: 'reference' }, spec }] };
}

function tlsOf({ rule, estate }: LoweringContext): JsonObject {
  const settings = rule.intents.find((intent): intent is IntentOf<'backendTls'> => intent.kind === 'backendTls');
  if (settings === undefined) return { insecureSkipVerify: true };
  const sni = settings.sni && settings.serverName !== null ? preciseHost(settings.serverName) : null;
  const versions = tlsVersions(settings.protocols);
  const ciphers = settings.ciphers === null || versions.minVersion === '1.3' ? [] : cipherSuites(settings.ciphers).kept;
  const certificate = presented(settings, rule.ingress.namespace, estate);
  return {
    insecureSkipVerify: true,
    ...(sni === null ? {} : { sni }),
    ...(certificate === null ? {} : { clientCertificateRef: { group: '', kind: 'Secret', name: certificate } }),
    ...versions,
    ...(ciphers.length === 0 ? {} : { ciphers: [...ciphers] }),
  };
}

/** The Secret with the gateway's own certificate; null where it has none, or lies elsewhere. */
function presented({ secret }: IntentOf<'backendTls'>, home: string, estate: LoweringContext['estate']): string | null {
  if (secret === null || secret.namespace !== home) return null;
  const known = estate.secretByName.get(`${secret.namespace}/${secret.name}`);
  return known === undefined || known.keys.includes('tls.crt') ? secret.name : null;
}

/** Part of the Backend where nothing is verified. */
export const backendTls: Lower<'backendTls'> = (intent, context) => {
  if (intent.verify || !isOverTls(context)) return portable(intent, context);
  const place = placeOf(intent, context);
  const home = context.rule.ingress.namespace;
  if (intent.secret !== null && presented(intent, home, context.estate) === null) {
    const secret = `${intent.secret.namespace}/${intent.secret.name}`;
    return approximated({}, find['client-certificate']({ secret, home }, place));
  }
  const dropped = intent.ciphers === null ? [] : cipherSuites(intent.ciphers).dropped;
  return dropped.length === 0 ? converted({}) : approximated({}, find.ciphers({}, place));
};
