import { defineFindings } from '../../ledger/finding.ts';
import { byHand, type Lower, placeOf } from '../lowering.ts';

const find = defineFindings('aws-alb/frontend-nlb', {
  'by-hand': {
    level: 'error',
    message: (a: { ports: string }) => `the network load balancer in front (ports ${a.ports}) was not written`,
    help: () =>
      'Add a second Gateway of a class with controllerName gateway.k8s.aws/nlb, with one TCP listener for each port and a TCPRoute whose backendRef is {group: gateway.networking.k8s.io, kind: Gateway, name, port} of this one.',
    differs: ['unreachable'],
  },
});

export const frontendNlb: Lower<'awsFrontendNlb'> = (intent, context) =>
  byHand(find['by-hand']({ ports: intent.ports.map(({ nlbPort }) => nlbPort).join(', ') }, placeOf(intent, context)));
