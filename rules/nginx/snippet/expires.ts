import type { HeaderValue } from '../../../src/intent/intent.ts';
import { nginxTime } from './time.ts';

const EPOCH = 'Thu, 01 Jan 1970 00:00:01 GMT';
const END_OF_TIME = 'Thu, 31 Dec 2037 23:55:55 GMT';

/**
 * The headers that `expires` sets, as far as they are the same at all times: Expires itself is mostly not, and clients go by
 * Cache-Control where there is both. `off`: none; null: not constant.
 */
export function expiresHeaders(args: readonly string[]): readonly HeaderValue[] | 'off' | null {
  const [value = '', more] = args;
  const cacheControl = (text: string): HeaderValue => ({ name: 'Cache-Control', value: text });
  if (more !== undefined || value.includes('$') || value.startsWith('@')) return null;
  if (value === 'off') return 'off';
  if (value === 'epoch') return [{ name: 'Expires', value: EPOCH }, cacheControl('no-cache')];
  if (value === 'max') return [{ name: 'Expires', value: END_OF_TIME }, cacheControl('max-age=315360000')];
  const ms = nginxTime(value.replace(/^[-+]/, ''));
  if (ms === null) return null;
  return [cacheControl(value.startsWith('-') ? 'no-cache' : `max-age=${Math.floor(ms / 1000)}`)];
}
