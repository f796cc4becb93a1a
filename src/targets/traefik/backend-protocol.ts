import type { IntentOf, SecretName } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { SecretCopy } from '../../model/secret-copy.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, inert, type Lower, placeOf, unfinished } from '../lowering.ts';
import { servicePart, transportParts } from './kinds.ts';

const find = defineFindings('traefik/backend-tls', {
  'no-tls': {
    level: 'note',
    message: (_: NoArgs) => 'the backend is spoken to without TLS, so how its certificate is treated has no effect',
  },
  differs: {
    level: 'warning',
    message: (a: { lost: string }) => `TLS to the backend is in its ServersTransport; ${a.lost}`,
    differs: ['status', 'unreachable'],
  },
  elsewhere: {
    level: 'warning',
    message: (a: { secret: string; namespace: string }) =>
      `the ServersTransport reads the authority and the client certificate from Secret ${a.secret} of namespace ${a.namespace}, where the Service is: it has to be copied there`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      const key = (file: string) =>
        `kubectl get secret ${name} -n ${namespace} -o go-template='{{index .data "${file}" | base64decode}}' > ${file}`;
      return `Run: ${['ca.crt', 'tls.crt', 'tls.key'].map(key).join(' && ')} && kubectl create secret generic ${name} -n ${a.namespace} --from-file=ca.crt --from-file=tls.crt --from-file=tls.key && rm ca.crt tls.crt tls.key. Until then requests to the backend fail.`;
    },
    security: true,
    differs: ['status', 'unreachable'],
  },
  auto: {
    level: 'error',
    message: (_: NoArgs) =>
      'the backend is spoken to as the client speaks, clear text or TLS; a Service has one protocol behind Traefik, and what its port suggests was written',
    help: () => 'If the backend expects TLS, set the backend protocol to HTTPS before converting.',
    security: true,
    differs: ['status', 'unreachable'],
  },
});

/** A TraefikService says the protocol, so that no Service has to be changed. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  switch (intent.protocol) {
    case 'HTTP':
      return converted({});
    case 'AUTO_HTTP':
      return unfinished({}, find.auto({}, placeOf(intent, context)));
    case 'FCGI':
      return lost('traefik', intent, context, {
        why: 'no gateway speaks FastCGI, and requests will fail',
        nearest: 'Put a web server that speaks FastCGI (nginx as a sidecar of the pods) between the gateway and the backend.',
      });
    case 'HTTP2':
    case 'GRPC':
      return converted({ ...grpc(intent), policies: [servicePart({ scheme: 'h2c' })] });
    case 'HTTPS':
    case 'GRPCS':
      return converted({ ...grpc(intent), policies: [servicePart({ scheme: 'https' }), ...transportParts(tlsSpec(context))] });
    default:
      return intent.protocol satisfies never;
  }
};

function grpc({ protocol }: IntentOf<'backendProtocol'>): RuleParts {
  return protocol === 'GRPC' || protocol === 'GRPCS' ? { grpc: true } : {};
}

/** Verified where the controller verifies. */
function tlsSpec(context: LoweringContext): JsonObject {
  const settings = tlsIntent(context);
  if (settings === undefined) return { insecureSkipVerify: true };
  const { secret, verify, serverName, protocols } = settings;
  const keys = secret === null ? undefined : context.estate.secretByName.get(`${secret.namespace}/${secret.name}`)?.keys;
  const versions = [...(protocols ?? '').matchAll(/TLSv1\.([23])/g)].map(([, minor]) => `VersionTLS1${minor}`).sort();
  return {
    ...(verify && secret !== null ? { rootCAs: [{ secret: secret.name }] } : { insecureSkipVerify: true }),
    ...(secret !== null && (keys?.includes('tls.crt') ?? true) ? { certificatesSecrets: [secret.name] } : {}),
    ...(serverName !== null && !serverName.includes('$') && serverName !== '' ? { serverName } : {}),
    ...(versions[0] === undefined ? {} : { minVersion: versions[0], maxVersion: versions.at(-1) ?? versions[0] }),
  };
}

function tlsIntent({ rule: { intents } }: LoweringContext): IntentOf<'backendTls'> | undefined {
  return intents.find((intent) => intent.kind === 'backendTls');
}

/** Written with the protocol, which knows that there is TLS at all; this says what is left. */
export const backendTls: Lower<'backendTls'> = (intent, context) => {
  const place = placeOf(intent, context);
  const overTls = context.rule.intents.some(
    (other) => other.kind === 'backendProtocol' && (other.protocol === 'HTTPS' || other.protocol === 'GRPCS'),
  );
  if (!overTls) return inert(find['no-tls']({}, place));
  const elsewhere = backendNamespaces(context).find((namespace) => intent.secret !== null && namespace !== intent.secret.namespace);
  if (intent.secret !== null && elsewhere !== undefined) {
    return unfinished(
      { secrets: transportSecrets(intent.secret, context) },
      find.elsewhere({ secret: `${intent.secret.namespace}/${intent.secret.name}`, namespace: elsewhere }, place),
    );
  }
  const left = [
    ...(intent.ciphers === null ? [] : ['the list of ciphers has no names in Go and is left out']),
    ...(intent.verify && intent.serverName === null
      ? ["without proxy-ssl-name, the certificate has to hold for the endpoint's address: name the host in serverName"]
      : []),
    ...(intent.serverName?.includes('$') ? [`the server name ${intent.serverName} holds variables and is left out`] : []),
  ];
  return left.length === 0 ? converted({}) : approximated({}, find.differs({ lost: left.join('; ') }, place));
};

/** The same Secret beside each Service, with what a ServersTransport reads of it. */
function transportSecrets(from: SecretName, context: LoweringContext): readonly SecretCopy[] {
  const keys = context.estate.secretByName.get(`${from.namespace}/${from.name}`)?.keys ?? [];
  const read = ['ca.crt', 'tls.crt', 'tls.key'].filter((key) => keys.includes(key));
  return [...new Set(backendNamespaces(context))]
    .filter((namespace) => namespace !== from.namespace)
    .map((namespace) => ({
      kind: 'Secret',
      namespace,
      name: from.name,
      from,
      keys: read.map((key) => ({ key, of: { as: 'key', key } })),
    }));
}

function backendNamespaces({ rule: { action } }: LoweringContext): readonly string[] {
  return action.kind === 'forward' ? action.backends.map(({ namespace }) => namespace) : [];
}

/** Traefik takes port 443 and ports called https… for TLS unless told otherwise; the controller speaks clear text unless told so. */
export function clearText(context: LoweringContext): RuleParts {
  const { rule, estate } = context;
  const speaks = rule.intents.find((intent) => intent.kind === 'backendProtocol')?.protocol ?? 'HTTP';
  if (rule.action.kind !== 'forward' || speaks !== 'HTTP') return {};
  const looksEncrypted = rule.action.backends.some(({ namespace, service, port }) => {
    const name = estate.serviceByName.get(`${namespace}/${service}`)?.ports.find((each) => each.port === port)?.name;
    return port === 443 || name?.startsWith('https') === true;
  });
  return looksEncrypted ? { policies: [servicePart({ scheme: 'http' })] } : {};
}
