import type { IntentOf, SecretName } from '../../intent/intent.ts';
import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import type { SecretCopy } from '../../model/secret-copy.ts';
import type { LoweringContext } from '../contract.ts';
import { approximated, inert, type Lower, placeOf, unfinished } from '../lowering.ts';

const find = defineFindings('standard/backend-tls', {
  'no-tls': {
    level: 'note',
    message: (_: NoArgs) => 'the backend is spoken to without TLS, so how its certificate is treated has no effect',
  },
  authority: {
    level: 'warning',
    message: (a: { secret: string; lost: string }) =>
      `verification of the backend is in its BackendTLSPolicy, which reads the authority from a ConfigMap instead of Secret ${a.secret}${a.lost}`,
    help: (a) => {
      const [namespace = '', name = ''] = a.secret.split('/');
      return `Copy it: kubectl get secret ${name} -n ${namespace} -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.crt && kubectl create configmap ${name}-ca --from-file=ca.crt, in the namespace of the Service.`;
    },
    differs: ['status'],
  },
  differs: {
    level: 'warning',
    message: (a: { lost: string }) => `the backend's certificate is always verified by a gateway${a.lost}`,
    help: () => "The step is told with the backend protocol: a ConfigMap with the authority's certificate.",
    differs: ['status'],
  },
});

/** The policy itself comes with the backend protocol, which knows that there is TLS at all; this says what it leaves out. */
export const backendTls: Lower<'backendTls'> = (intent, context) => {
  const place = placeOf(intent, context);
  const overTls = context.rule.intents.some(
    (other) => other.kind === 'backendProtocol' && (other.protocol === 'HTTPS' || other.protocol === 'GRPCS'),
  );
  if (!overTls) return inert(find['no-tls']({}, place));
  const lost = differences(intent);
  const sentence = lost.length === 0 ? '' : `; ${lost.join('; ')}`;
  if (intent.verify && intent.secret !== null) {
    return unfinished(
      { secrets: authorityCopies(intent.secret, context) },
      find.authority({ secret: `${intent.secret.namespace}/${intent.secret.name}`, lost: sentence }, place),
    );
  }
  return approximated({}, find.differs({ lost: sentence }, place));
};

/** The ConfigMap that the BackendTLSPolicy names, beside each Service. */
function authorityCopies(from: SecretName, { rule }: LoweringContext): readonly SecretCopy[] {
  const namespaces = rule.action.kind === 'forward' ? rule.action.backends.map(({ namespace }) => namespace) : [];
  return [...new Set(namespaces)].map((namespace) => ({
    kind: 'ConfigMap',
    namespace,
    name: `${from.name}-ca`,
    from,
    keys: [{ key: 'ca.crt', of: { as: 'key', key: 'ca.crt' } }],
  }));
}

function differences(intent: IntentOf<'backendTls'>): readonly string[] {
  const lost: string[] = [];
  if (intent.secret !== null)
    lost.push('a client certificate for backends can only be set for a whole Gateway (spec.tls.backend), so none is presented');
  if (!intent.sni) lost.push('the host name is always sent (SNI)');
  if (intent.protocols !== null || intent.ciphers !== null) lost.push('TLS versions and ciphers are left to the implementation');
  return lost;
}
