import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { hostTable } from '../host-table.ts';
import { lost } from '../lacking/lacking.ts';
import { inert, type Lower, placeOf, unfinished } from '../lowering.ts';

const find = defineFindings('istio/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
  authority: {
    level: 'warning',
    message: (a: { host: string; secret: string; copy: string; commands: string; left: string }) =>
      `the listener of ${a.host} asks for client certificates; their authority is read from Secret ${a.copy}, to be made of Secret ${a.secret}${a.left}`,
    help: (a) =>
      `Run: ${a.commands}. Until then no connection to the host succeeds. The Secret belongs to the certificate of the listener: hosts that share one share the authority.`,
    security: true,
    differs: ['status', 'headers'],
  },
});

export const TERMINATE_MODE = 'gateway.istio.io/tls-terminate-mode';

/** An option of the host's own listener. */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) => {
  const place = { ...placeOf(intent, context), host: context.host };
  const secret = `${intent.secret.namespace}/${intent.secret.name}`;
  if (intent.verify === 'off') return inert(find.off({ secret }, place));
  const certificate = hostTable(context)?.certificate;
  const why = obstacle(intent, context);
  if (why !== null || certificate?.kind !== 'secret')
    return lost('istio', intent, context, {
      why: why ?? 'the certificate of the host is in no Secret that its authority could stand beside',
      nearest:
        'Where the host serves HTTPS alone, with a certificate in a Secret, the listener option tls-terminate-mode: MUTUAL asks for certificates.',
    });
  const { namespace, name } = certificate;
  const copy = `${namespace}/${name}-cacert`;
  const commands = `kubectl get secret ${intent.secret.name} -n ${intent.secret.namespace} -o go-template='{{index .data "ca.crt" | base64decode}}' > ca.crt && kubectl create secret generic ${name}-cacert -n ${namespace} --from-file=ca.crt && rm ca.crt`;
  const left = [
    ...(intent.passToBackend
      ? ['; the certificate goes to the backend as X-Forwarded-Client-Cert, if the mesh says so, instead of ssl-client-cert']
      : []),
    ...(intent.errorPage === null ? [] : ['; who has none gets no page, the connection fails']),
  ].join('');
  return unfinished(
    {
      tlsOptions: { [TERMINATE_MODE]: intent.verify === 'required' ? 'MUTUAL' : 'OPTIONAL_MUTUAL' },
      secrets: [
        {
          kind: 'Secret',
          namespace,
          name: `${name}-cacert`,
          from: intent.secret,
          keys: [{ key: 'ca.crt', of: { as: 'key', key: 'ca.crt' } }],
        },
      ],
    },
    find.authority({ host: context.host, secret, copy, commands, left }, place),
  );
};

function obstacle(intent: IntentOf<'clientCertificate'>, context: LoweringContext): string | null {
  const table = hostTable(context);
  if (intent.verify === 'optional-any-ca') return 'Istio asks for certificates of a known authority only';
  if (intent.matchCommonName !== null) return 'the name in the certificate cannot be checked';
  const isInTheClear = (table?.rules ?? []).some(
    ({ action, scheme, httpsRedirect }) => action.kind === 'forward' && scheme !== 'https' && httpsRedirect === null,
  );
  return isInTheClear && (table?.ports ?? []).some(({ scheme }) => scheme === 'http')
    ? 'the host answers in clear text too, where nobody is asked for a certificate'
    : null;
}
