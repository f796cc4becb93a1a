import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LoweringContext, RuleParts } from '../contract.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, inert, type Lower, placeOf, unfinished } from '../lowering.ts';
import { preciseHost } from '../standard/hostname.ts';
import { overHttp2, settings } from './destinations.ts';

const find = defineFindings('istio/backend-tls', {
  'no-tls': {
    level: 'note',
    message: (_: NoArgs) => 'the backend is spoken to without TLS, so how its certificate is treated has no effect',
  },
  protocol: {
    level: 'note',
    message: (a: { protocol: string }) =>
      `${a.protocol} to the backend is written as a DestinationRule of its port, which holds for everybody in the mesh who calls it, and comes before a BackendTLSPolicy`,
    help: () => 'Where the mesh encrypts traffic to these pods itself (mutual TLS), it no longer does so on this port.',
  },
  authority: {
    level: 'warning',
    message: (a: { secret: string; left: string }) =>
      `the Gateway reads the authority of the backend from a Secret ${a.secret.replace(/^.*\//, '')} in its own namespace${a.left}`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      return `Where the Gateway is in another namespace than ${namespace}: kubectl get secret ${name} -n ${namespace} -o go-template='{{index .data "ca.crt" | base64decode}}' > ca.crt && kubectl create secret generic ${name} -n GATEWAY-NAMESPACE --from-file=ca.crt && rm ca.crt. Until then requests to the backend fail.`;
    },
    security: true,
    differs: ['status', 'unreachable'],
  },
  differs: {
    level: 'note',
    message: (a: { left: string }) => `the backend is not verified, as today${a.left}`,
  },
  auto: {
    level: 'error',
    message: (_: NoArgs) =>
      "the backend is spoken to as the client speaks, clear text or TLS; a gateway's backend has one protocol, and clear text was written",
    help: () => 'If the backend expects TLS, set the backend protocol to HTTPS before converting.',
    security: true,
    differs: ['status', 'unreachable'],
  },
});

/** No Service has to be changed for it. */
export const backendProtocol: Lower<'backendProtocol'> = (intent, context) => {
  const place = placeOf(intent, context);
  switch (intent.protocol) {
    case 'HTTP':
      return converted({});
    case 'AUTO_HTTP':
      return unfinished({}, find.auto({}, place));
    case 'FCGI':
      return lost('istio', intent, context, {
        why: 'no gateway speaks FastCGI, and requests will fail',
        nearest: 'Put a web server that speaks FastCGI (nginx as a sidecar of the pods) between the gateway and the backend.',
      });
    case 'HTTP2':
    case 'GRPC':
    case 'HTTPS':
    case 'GRPCS':
      return approximated(partsOf(intent, context), find.protocol({ protocol: intent.protocol }, place));
    default:
      return intent.protocol satisfies never;
  }
};

function partsOf({ protocol }: IntentOf<'backendProtocol'>, context: LoweringContext): RuleParts {
  const isHttp2 = protocol !== 'HTTPS';
  const isTls = protocol === 'HTTPS' || protocol === 'GRPCS';
  return {
    ...(protocol === 'GRPC' || protocol === 'GRPCS' ? { grpc: true as const } : {}),
    policies: [
      ...(isTls ? (settings(context, { tls: tlsOf(context) }).policies ?? []) : []),
      ...(isHttp2 ? (overHttp2(context).policies ?? []) : []),
    ],
  };
}

/** Verified where the controller verifies; Istio verifies unless told otherwise. */
function tlsOf({ rule: { intents } }: LoweringContext): JsonObject {
  const intent = intents.find((each) => each.kind === 'backendTls');
  const name = intent?.serverName == null ? null : preciseHost(intent.serverName);
  return {
    mode: 'SIMPLE',
    ...(name === null ? {} : { sni: name }),
    ...(intent?.verify === true && intent.secret !== null
      ? { credentialName: intent.secret.name, ...(name === null ? {} : { subjectAltNames: [name] }) }
      : { insecureSkipVerify: true }),
  };
}

/** Written with the protocol, which knows that there is TLS at all; this says what is left. */
export const backendTls: Lower<'backendTls'> = (intent, context) => {
  const place = placeOf(intent, context);
  const overTls = context.rule.intents.some(
    (other) => other.kind === 'backendProtocol' && (other.protocol === 'HTTPS' || other.protocol === 'GRPCS'),
  );
  if (!overTls) return inert(find['no-tls']({}, place));
  const left = [
    ...(intent.secret === null
      ? []
      : ['; the Gateway presents no certificate of its own (mode: MUTUAL with tls.crt and tls.key in the Secret would)']),
    ...(intent.protocols === null && intent.ciphers === null ? [] : ['; versions and ciphers of TLS are those of the mesh']),
  ].join('');
  if (intent.verify && intent.secret !== null)
    return unfinished({}, find.authority({ secret: `${intent.secret.namespace}/${intent.secret.name}`, left }, place));
  return left === '' ? converted({}) : approximated({}, find.differs({ left }, place));
};
