import type { AwsIntent } from '../../src/intent/intent.ts';
import type { Entry } from '../../src/model/entry.ts';
import { compareText } from '../../src/model/position.ts';
import { commaList, goBool, text } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { type ClassParams, listParam } from './class-params.ts';
import type { Listener, Member } from './group.ts';
import { classFirst } from './group-value.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

export const certificates = settingRule({
  id: 'alb/certificates',
  title: 'Certificates',
  docs: manual('certificate-arn'),
  scope: 'ingress',
  becomes: 'awsCertificates',
  reads: {
    arns: at(`${PREFIX}certificate-arn`, commaList),
    create: at(`${PREFIX}create-acm-cert`, goBool),
    authority: at(`${PREFIX}acm-pca-arn`, text),
  },
});

/** Certificates that are named or asked for; found ones are not among them, and do not make a listener HTTPS. */
export function hasOwnCertificates(params: ClassParams | null, annotations: readonly Entry[]): boolean {
  const { reads } = certificates;
  if (listParam(params, 'certificateArn', 'certificateARNs') !== null) return true;
  return (found(readFrom(reads.arns, annotations))?.value ?? []).length > 0 || found(readFrom(reads.create, annotations))?.value === true;
}

interface OwnCertificates {
  readonly arns: Found<readonly string[]> | null;
  readonly created: Found<string | null> | null;
}

/** Call once a member: what has no effect is told on the way. */
export function certificatesOf({ params, annotations }: Member, books: Books): OwnCertificates {
  const { reads } = certificates;
  const written = found(readFrom(reads.arns, annotations));
  const arns = classFirst(
    listParam(params, 'certificateArn', 'certificateARNs'),
    written !== null && written.value.length > 0 ? written : null,
    books,
  );
  const create = found(readFrom(reads.create, annotations));
  const authority = found(readFrom(reads.authority, annotations));
  const isCreated = create?.value === true && arns === null;
  if (create?.value === true && arns !== null) inert(create.entries, 'overridden', arns.entries[0]?.key ?? '', books);
  if (!isCreated && authority !== null) inert(authority.entries, 'without-partner', `${PREFIX}create-acm-cert`, books);
  const created = isCreated ? { value: authority?.value ?? null, entries: [...create.entries, ...(authority?.entries ?? [])] } : null;
  return { arns, created };
}

function inert(entries: readonly Entry[], why: 'overridden' | 'without-partner', other: string, books: Books): void {
  for (const entry of entries) {
    const finding =
      why === 'overridden'
        ? valueFindings.overridden({ setting: entry.name, by: other }, placeOf(entry))
        : valueFindings['without-partner']({ setting: entry.name, partner: other }, placeOf(entry));
    settle(books, [entry], 'inert', finding);
  }
}

/**
 * Of an HTTPS listener: the first ARN of the first member that has any is what clients without SNI get, every other is
 * presented by name. For members without, the controller looks in ACM for each of their hosts.
 */
export function certificateIntent({ port, members }: Listener, own: ReadonlyMap<Member, OwnCertificates>): AwsIntent {
  const arns = members.flatMap((member) => own.get(member)?.arns ?? []);
  const created = members.flatMap((member) => own.get(member)?.created ?? []);
  const searching = members.filter((member) => own.get(member)?.arns == null && own.get(member)?.created == null);
  const hosts = namesOf(searching);
  const [first, ...others] = [...new Set(arns.flatMap(({ value }) => value))];
  const entries = [...arns, ...created].flatMap((each) => each.entries);
  const hostEntries = searching.flatMap(({ ingress }) => ingress.tls.flatMap((tls) => tls.entries.filter(isHostLeaf)));
  if (first !== undefined) {
    return {
      kind: 'awsCertificates',
      port,
      certificates: { from: 'arns', defaultArn: first, others, alsoFor: hosts },
      entries: [...entries, ...hostEntries],
    };
  }
  const [made] = created;
  if (made !== undefined) {
    const certified = namesOf(members);
    return { kind: 'awsCertificates', port, certificates: { from: 'created', hosts: certified, authorityArn: made.value }, entries };
  }
  return { kind: 'awsCertificates', port, certificates: { from: 'discovery', hosts }, entries: hostEntries };
}

function namesOf(members: readonly Member[]): readonly string[] {
  const names = members.flatMap(({ ingress }) => [...ingress.rules.map(({ host }) => host), ...ingress.tls.flatMap(({ hosts }) => hosts)]);
  return [...new Set(names)].filter((name) => name !== '').sort(compareText);
}

export function isHostLeaf(entry: Entry): boolean {
  return /\.hosts\[\d+\]$/.test(entry.name);
}
