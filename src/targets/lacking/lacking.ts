import type { CommonIntent, CommonKind } from '../../intent/intent.ts';
import { type Difference, defineFindings, type FindingSpec } from '../../ledger/finding.ts';
import type { Lowering, LoweringContext } from '../contract.ts';
import { byHand, LOST_PROTECTION, placeOf, unmapped } from '../lowering.ts';
import { subjectOf } from './subject.ts';

/** Why an implementation has nothing for a kind of intent, and what comes nearest: a clause, and sentences. */
export interface Lack {
  readonly why: string;
  readonly nearest: string;
  /** `nearest` are steps to do by hand. */
  readonly byHand?: true;
}

/**
 * Answers the kinds of intents that an implementation has nothing for. The findings are `<target>/<kind>/absent`; how grave
 * they are and how traffic differs is a matter of the kind alone.
 */
export function lacking<K extends CommonKind>(
  target: string,
  lacks: Readonly<Record<K, Lack>>,
): (intent: CommonIntent & { readonly kind: K }, context: LoweringContext) => Lowering {
  return (intent, context) => {
    const kind: K = intent.kind;
    const lack: Lack = lacks[kind];
    const finding = absent(target, kind)({ subject: subjectOf(intent), why: lack.why, nearest: lack.nearest }, placeOf(intent, context));
    return lack.byHand === true ? byHand(finding) : unmapped(finding);
  };
}

/** The finding about an intent that is not written. */
function absent(target: string, kind: CommonKind) {
  const name = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return defineFindings(`${target}/${name}`, {
    absent: {
      ...LOSSES[kind],
      message: ({ subject, why }: { subject: string; why: string; nearest: string }) => `${subject} cannot be written: ${why}`,
      help: ({ nearest }: { subject: string; why: string; nearest: string }) => nearest,
    },
  }).absent;
}

/** Not written for a reason of its own. */
export function lost(target: string, intent: CommonIntent, context: LoweringContext, { why, nearest, byHand: steps }: Lack): Lowering {
  const finding = absent(target, intent.kind)({ subject: subjectOf(intent), why, nearest }, placeOf(intent, context));
  return steps === true ? byHand(finding) : unmapped(finding);
}

type Loss = Pick<FindingSpec, 'level' | 'security'> & { readonly differs: readonly Difference[] };

const note = (...differs: Difference[]): Loss => ({ level: 'note', differs });
const warning = (...differs: Difference[]): Loss => ({ level: 'warning', differs });

const LOSSES: Readonly<Record<CommonKind, Loss>> = {
  basicAuth: LOST_PROTECTION,
  externalAuth: LOST_PROTECTION,
  oidc: LOST_PROTECTION,
  jwt: LOST_PROTECTION,
  clientCertificate: LOST_PROTECTION,
  allowList: LOST_PROTECTION,
  denyList: LOST_PROTECTION,
  waf: LOST_PROTECTION,
  iap: LOST_PROTECTION,
  cloudArmor: LOST_PROTECTION,
  rawAccessControl: LOST_PROTECTION,
  satisfyAny: warning('status'),
  rateLimit: warning('status'),
  connectionLimit: warning('status'),
  bandwidthLimit: warning(),
  bodySize: warning('status'),
  connectTimeout: warning('status'),
  idleTimeout: warning('status'),
  requestTimeout: warning('status'),
  retry: warning('status'),
  sessionAffinity: warning(),
  loadBalancing: note(),
  hashing: warning(),
  backendProtocol: { level: 'error', security: true, differs: ['status', 'unreachable'] },
  backendTls: { level: 'error', security: true, differs: ['status', 'unreachable'] },
  serviceUpstream: note(),
  healthCheck: warning(),
  fallbackBackend: warning('status'),
  cors: warning('headers', 'status'),
  requestHeaders: warning('headers'),
  responseHeaders: warning('headers'),
  upstreamHost: warning('headers'),
  mirror: warning(),
  customErrors: warning('status', 'headers'),
  hsts: { level: 'warning', security: true, differs: ['headers'] },
  buffering: note(),
  compression: note('headers'),
  accessLog: note(),
  tracing: note(),
  tlsPolicy: { level: 'warning', security: true, differs: [] },
  httpVersions: note(),
};
