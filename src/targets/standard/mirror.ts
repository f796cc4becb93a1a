import { defineFindings } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';

const find = defineFindings('standard/mirror', {
  'outside-cluster': {
    level: 'warning',
    message: (a: { url: string }) =>
      `requests are no longer copied to ${a.url}: a RequestMirror goes to a Service of the cluster, with the request's own path`,
    help: () =>
      'If it is meant for a Service, name it as http://NAME.NAMESPACE.svc:PORT$request_uri; for an external host there is no portable form.',
  },
  differs: {
    level: 'note',
    message: (a: { service: string; lost: string }) => `copies go to Service ${a.service}; ${a.lost}`,
  },
  'other-namespace': {
    level: 'warning',
    message: (a: { service: string; from: string }) =>
      `copies go to Service ${a.service}, which allows that only with a ReferenceGrant for namespace ${a.from}`,
    help: (a) =>
      `Let the owner of ${a.service} create a ReferenceGrant from HTTPRoutes of ${a.from} to this Service; without it no copy is sent.`,
  },
});

export const mirror: Lower<'mirror'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.service === null) return unmapped(find['outside-cluster']({ url: intent.url }, place));
  const { namespace, name, port } = intent.service;
  const home = context.rule.ingress.namespace;
  const parts = { mirrors: [{ name, ...(namespace === home ? {} : { namespace }), port }] };
  const service = `${namespace}/${name}`;
  if (namespace !== home) return unfinished(parts, find['other-namespace']({ service, from: home }, place));
  const lost = [
    ...(intent.host === null ? [] : [`they carry the client's Host header instead of ${intent.host}`]),
    ...(intent.requestBody ? [] : ['they carry the body too']),
  ];
  return lost.length === 0 ? converted(parts) : approximated(parts, find.differs({ service, lost: lost.join(' and ') }, place));
};
