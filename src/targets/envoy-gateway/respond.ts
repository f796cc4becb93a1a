import type { Target } from '../contract.ts';
import { httpRouteFilter } from './kinds.ts';

/** Envoy reads the body as a format since 1.9 (`buildXdsDirectResponseAction`): a percent sign stands twice. */
export const respond: NonNullable<Target['respond']> = ({ status, contentType, body }) => ({
  policies: [
    {
      policy: httpRouteFilter,
      on: { to: 'filter', name: `respond-${status}`, order: 0 },
      spec: {
        directResponse: {
          statusCode: status,
          ...(contentType === null ? {} : { contentType }),
          ...(body === null || body === '' ? {} : { body: { type: 'Inline', inline: body.replaceAll('%', '%%') } }),
        },
      },
    },
  ],
});
