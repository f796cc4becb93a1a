import type { Finding } from '../ledger/finding.ts';
import type { Vendor } from '../route/table.ts';
import type { Request } from './request.ts';

/** What is known of a request beside itself, and what becomes of it under other circumstances. Only asked where a finding needs it. */
export interface Circumstances {
  /** Whose controller answered before. */
  readonly vendor: Vendor;
  /** The conversion wrote a listener with TLS for the host that took it before. */
  readonly isListened: boolean;
  /** It was led to https. */
  readonly wasLed: boolean;
  /** Its path, decoded as the controller does it, is answered alike by both sides, or differs for a reason of its own. */
  readonly isSameDecoded: () => boolean;
  /** It would be answered alike if the implementation told upper case from lower. */
  readonly isSameInItsCase: () => boolean;
}

type Concerns = (request: Request, circumstances: Circumstances, finding: Finding) => boolean;

const hasEscapes = ({ path }: Request) => /%[0-9A-Fa-f]{2}/.test(path);

/** Without a certificate there is no listener, and nothing to lead to; where there is one, the reason is another. */
const withoutListener: Concerns = ({ scheme }, { isListened, wasLed }) => (scheme === 'https' || wasLed) && !isListened;

/** Findings that concern some requests only. */
const CONCERNS: Readonly<Record<string, Concerns>> = {
  'plan/path-encoding': (request, { vendor, isSameDecoded }) =>
    (vendor === 'nginx' || vendor === 'nginx-inc') && (hasEscapes(request) || request.path.includes('//')) && isSameDecoded(),
  'plan/path-spelled': (request, { isSameDecoded }) => hasEscapes(request) && isSameDecoded(),
  'vpc-lattice/paths/any-case': ({ path }, { isSameInItsCase }) => /[A-Za-z]/.test(path) && isSameInItsCase(),
  'plan/certificate-default': withoutListener,
  'plan/certificate-missing': withoutListener,
  'plan/certificate-external': withoutListener,
  // Names of one label below it are the controller's as well.
  'plan/wildcard-depth': ({ host }, _, { host: wildcard }) =>
    wildcard === null || (host.endsWith(wildcard.slice(1)) && host.slice(0, -wildcard.length + 1).includes('.')),
  'standard/cors/preflight': ({ method }) => method === 'OPTIONS',
};

export function concernsRequest(finding: Finding, request: Request, circumstances: Circumstances): boolean {
  return CONCERNS[finding.code]?.(request, circumstances, finding) !== false;
}

export function isParticular({ code }: Finding): boolean {
  return Object.hasOwn(CONCERNS, code);
}
