import type { Target } from '../contract.ts';
import { fixedResponse, parts } from './fragments.ts';

const CONTENT_TYPES: readonly string[] = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

/** Answers of the load balancer: 2xx, 4xx and 5xx, of five content types, up to 1024 characters. */
export const respond: NonNullable<Target['respond']> = ({ status, contentType, body }) => {
  const isStatus = (status >= 200 && status <= 299) || (status >= 400 && status <= 599);
  const type = contentType?.replace(/;.*$/, '').trim().toLowerCase() ?? 'text/plain';
  if (!isStatus || !CONTENT_TYPES.includes(type) || (body ?? '').length > 1024) return null;
  return parts(fixedResponse(status, type, body === '' ? null : body));
};
