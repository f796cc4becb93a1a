import type { Target } from '../contract.ts';
import { httpRouteFilter } from './kinds.ts';

export const respond: NonNullable<Target['respond']> = ({ status, contentType, body }) => ({
  policies: [
    {
      policy: httpRouteFilter,
      on: { to: 'filter', name: `respond-${status}`, order: 0 },
      spec: {
        directResponse: {
          statusCode: status,
          ...(contentType === null ? {} : { contentType }),
          ...(body === null || body === '' ? {} : { body: { type: 'Inline', inline: body } }),
        },
      },
    },
  ],
});
