import type { Target } from '../contract.ts';
import { directResponse } from './kinds.ts';

/** Bodies beyond what the API server takes are left out; the content type follows from the body. */
export const respond: NonNullable<Target['respond']> = ({ status, body }) => ({
  policies: [
    {
      policy: directResponse,
      on: { to: 'filter', name: `respond-${status}`, order: 0 },
      spec: { status, ...(body === null || body === '' || body.length > 4096 ? {} : { body }) },
    },
  ],
});
