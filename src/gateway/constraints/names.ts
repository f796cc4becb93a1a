import * as z from 'zod';
import { LIMITS, limitsOf } from '../limits.ts';
import type { Release } from '../release.ts';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const HOSTNAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A namespace. */
export const dnsLabel = z.string().max(LIMITS.label).regex(DNS_LABEL, 'must be a lower-case DNS label');

/** A listener's or rule's name, a section. */
export const sectionName = z.string().max(LIMITS.name).regex(DNS_SUBDOMAIN, 'must be a lower-case DNS subdomain');

/** The name of another object: its own kind knows what characters it may have. */
export const objectName = z.string().min(1).max(LIMITS.name);

/** '' is the core group. */
export const group = z
  .string()
  .max(LIMITS.name)
  .refine(
    (text) => text === '' || DNS_SUBDOMAIN.test(text),
    'must be an API group: a lower-case DNS subdomain, or empty for the core group',
  );

export const kind = z
  .string()
  .max(LIMITS.label)
  .regex(/^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/, 'must be a kind');

/** Precise or `*.` followed by one; no port, no IP address of version 6, no upper case. */
export const hostname = z.string().max(LIMITS.hostname).regex(HOSTNAME, 'must be a lower-case host name, with at most a leading `*.`');

export const preciseHostname = z.string().max(LIMITS.hostname).regex(DNS_SUBDOMAIN, 'must be a lower-case host name without wildcard');

export const port = z.int().min(1).max(65535);

/** Gateway API durations, which are narrower than Go's: no fractions, no signs, no days. */
export const duration = z.string().regex(/^([0-9]{1,5}(h|m|s|ms)){1,4}$/, 'must be a Gateway API duration such as 90s or 1m30s');

/** Header and query parameter names: an HTTP token. */
export const headerName = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/, 'must be an HTTP header name');

export function headerValue(release: Release) {
  const value = z.string().min(1).max(LIMITS.headerValue);
  // The CRD writes ^[!-~]+([\t ]?[!-~]+)*$, which means the same and takes exponential time in JavaScript.
  return limitsOf(release).printableHeaderValues
    ? value.regex(/^[!-~]+([\t ][!-~]+)*$/, 'must be printable ASCII with single blanks inside')
    : value;
}

/** Values of `options` and of the infrastructure's annotations. */
export const optionValue = z.string().max(4096);

const QUALIFIED_NAME =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/;

/** Key of a label or an annotation: an optional DNS prefix and a name of at most 63 characters. */
export const qualifiedName = z
  .string()
  .regex(QUALIFIED_NAME, 'must be a name of at most 63 characters after an optional DNS prefix and `/`')
  .refine((key) => (key.split('/')[0] ?? '').length < LIMITS.name, 'the prefix must be shorter than 253 characters');

export const labelValue = z
  .string()
  .max(LIMITS.label)
  .regex(/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/, 'must be a label value');

export function atMost<T extends z.core.SomeType>(entries: z.ZodRecord<z.core.$ZodRecordKey, T>, limit: number) {
  return entries.refine((map) => Object.keys(map).length <= limit, `must not have more than ${limit} entries`);
}
