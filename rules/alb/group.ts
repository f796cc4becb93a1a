import type { AwsProtocol } from '../../src/intent/aws.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { IngressView } from '../../src/rule/pack.ts';
import type { ClassParams } from './class-params.ts';
import type { Found } from './setting.ts';

export interface ListenPort {
  readonly protocol: AwsProtocol;
  readonly port: number;
}

/** An Ingress as a member of its group. */
export interface Member {
  readonly view: IngressView;
  readonly ingress: Ingress;
  readonly annotations: readonly Entry[];
  readonly params: ClassParams | null;
  /** EKS Auto Mode. */
  readonly isAuto: boolean;
  /** Ports it listens on; its rules exist on no other. */
  readonly ports: readonly ListenPort[];
  /** What decided about its ports and its place in the group. */
  readonly entries: readonly Entry[];
}

/** Ingresses that share one load balancer, in the order in which their rules are tried. */
export interface Group {
  /** Unique over the run. */
  readonly name: string;
  /** null = an explicit group, which may span namespaces. */
  readonly namespace: string | null;
  readonly members: readonly Member[];
  /** United over the members, by number. */
  readonly listeners: readonly Listener[];
  /** Set: every HTTP listener answers with a redirect to this port and nothing else. */
  readonly sslRedirect: Found<number> | null;
  readonly estate: Estate;
}

export interface Listener extends ListenPort {
  readonly members: readonly Member[];
}

export function nameOf({ ingress }: Pick<Member, 'ingress'>): string {
  return `${ingress.ref.namespace}/${ingress.ref.name}`;
}
