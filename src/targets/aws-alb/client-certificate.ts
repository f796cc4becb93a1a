import { defineFindings } from '../../ledger/finding.ts';
import { inert, type Lower, placeOf } from '../lowering.ts';
import { clientCertificateByHand } from './access.ts';

const find = defineFindings('aws-alb/client-certificate', {
  off: {
    level: 'note',
    message: (a: { secret: string }) => `verification of client certificates is off, so Secret ${a.secret} is not used`,
  },
});

/** The trust store is in AWS, and one listener asks for all its hosts: only a person can set it up. */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) =>
  intent.verify === 'off'
    ? inert(find.off({ secret: `${intent.secret.namespace}/${intent.secret.name}` }, placeOf(intent, context)))
    : clientCertificateByHand(intent, context);
