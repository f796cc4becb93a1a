import type { IntentOf } from '../../intent/intent.ts';
import { statusWords } from '../../intent/status-words.ts';
import { defineFindings } from '../../ledger/finding.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { middlewarePart, traefikService } from './kinds.ts';

const find = defineFindings('traefik/messages', {
  mirror: {
    level: 'note',
    message: (a: { service: string; host: string }) =>
      `copies go to Service ${a.service} by a TraefikService; they carry the client's Host header instead of ${a.host}`,
  },
  'custom-errors': {
    level: 'note',
    message: (a: { statuses: string; service: string }) =>
      `pages for ${a.statuses} come from Service ${a.service}, asked for /STATUS of the error: X-Code, X-Format and the other headers of nginx are not sent, and the client gets the error's own status`,
    help: () => 'Let the error service go by its path, or change the query of the Middleware.',
    differs: ['status', 'headers'],
  },
  buffering: {
    level: 'note',
    message: (a: { what: string }) => `${a.what}`,
    help: () => 'Traefik passes requests and responses on as they come, unless the buffering Middleware reads them whole.',
  },
});

export const mirror: Lower<'mirror'> = (intent, context) => {
  const { service } = intent;
  if (service === null)
    return lost('traefik', intent, context, {
      why: 'Traefik copies requests to Services of the cluster only',
      nearest: 'Put a Service in front of the other address: of type ExternalName where Traefik allows them.',
    });
  const backends = context.rule.action.kind === 'forward' ? context.rule.action.backends : [];
  if (backends.some(({ namespace }) => namespace !== service.namespace))
    return lost('traefik', intent, context, {
      why: 'a TraefikService names Services of its own namespace only',
      nearest:
        'With providers.kubernetesCRD.allowCrossNamespace, replace the backend by a TraefikService with mirroring.mirrors yourself. Without it the route would be dropped.',
      byHand: true,
    });
  const mirroring = { mirrorBody: intent.requestBody, mirrors: [{ name: service.name, port: service.port, percent: 100 }] };
  const parts = { policies: [{ policy: traefikService, on: { to: 'backend', as: 'reference' }, spec: { mirroring } }] } as const;
  const args = { service: `${service.namespace}/${service.name}`, host: intent.host ?? '' };
  return intent.host === null ? converted(parts) : approximated(parts, find.mirror(args, placeOf(intent, context)));
};

/** The error service is asked whenever a response has one of the statuses, Traefik's own included. */
export const customErrors: Lower<'customErrors'> = (intent, context) => {
  const { namespace } = context.rule.ingress;
  const service = intent.service === null ? undefined : context.estate.serviceByName.get(`${namespace}/${intent.service}`);
  const port = service?.ports[0]?.port;
  if (intent.service === null || port === undefined)
    return lost('traefik', intent, context, {
      why:
        intent.service === null
          ? "the controller's default backend is not part of the input"
          : `the port of Service ${namespace}/${intent.service} is not known, as it is not in the input`,
      nearest:
        'Create a Middleware with spec.errors: {status, service: {name, port}, query: "/{status}"} in the namespace of the Service and name it first among the filters of the rule.',
      byHand: true,
    });
  const errors = { status: intent.statuses.map(String), service: { name: intent.service, port }, query: '/{status}' };
  const args = { statuses: statusWords(intent.statuses), service: `${namespace}/${intent.service}` };
  return approximated({ policies: [middlewarePart('errors', { errors })] }, find['custom-errors'](args, placeOf(intent, context)));
};

/** Nothing is buffered without the Middleware, and with it both ways are. Headers of responses may take 10 MB. */
export const buffering: Lower<'buffering'> = (intent, context) => {
  const place = placeOf(intent, context);
  if (intent.response === true) {
    const what = 'responses are buffered by a Middleware, which buffers requests too';
    return approximated(
      { policies: [middlewarePart('buffering', { buffering: { memResponseBodyBytes: MEMORY } })] },
      find.buffering({ what }, place),
    );
  }
  const limited = context.rule.intents.some((other) => other.kind === 'bodySize' && other.bytes > 0);
  const left = differences(intent, limited);
  return left.length === 0 ? converted({}) : approximated({}, find.buffering({ what: left.join('; ') }, place));
};

/** What Traefik keeps in memory of a body before it goes to disk, by its own default. */
const MEMORY = 1_048_576;

function differences({ request, parameters }: IntentOf<'buffering'>, limited: boolean): readonly string[] {
  return [
    ...(request === false && limited ? ['requests are read whole before they are sent on, as the limit of their bodies needs it'] : []),
    ...(request === true ? ['requests are not kept until they are complete'] : []),
    ...(Object.keys(parameters).length > 0
      ? ['sizes of buffers have no counterpart, and headers of responses may take 10 MB without one']
      : []),
  ];
}

/** Off without the Middleware. */
export const compression: Lower<'compression'> = (intent) =>
  converted(intent.enabled ? { policies: [middlewarePart('compress', { compress: {} })] } : {});
