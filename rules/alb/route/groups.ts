import { compareText } from '../../../src/model/position.ts';
import type { IngressView, PackView } from '../../../src/rule/pack.ts';
import { placeOf } from '../annotation.ts';
import { type Books, settle } from '../books.ts';
import { hasOwnCertificates } from '../certificates.ts';
import { isAutoMode, missingParams, paramsOf, textParam } from '../class-params.ts';
import type { Group, Listener, ListenPort, Member } from '../group.ts';
import { groupMembership } from '../group-membership.ts';
import { classFirst } from '../group-value.ts';
import { listenPorts } from '../listen-ports.ts';
import { type Found, found, readFrom } from '../setting.ts';
import { sslRedirectOf } from '../ssl-redirect.ts';
import { groupFindings, hostFindings, paramsFindings } from './findings.ts';
import { takesNamespace } from './namespace-selector.ts';

interface Placed {
  readonly member: Member;
  readonly order: number;
  /** null = alone. */
  readonly group: string | null;
}

/** Every load balancer, by name, with its members in the order of their rules. */
export function groupsOf({ ingresses, estate }: PackView, books: Books): readonly Group[] {
  const placed = ingresses.flatMap((view) => placedMember(view, estate, books) ?? []);
  const explicit = new Map<string, Placed[]>();
  const groups: Group[] = [];
  const taken = new Map<string, number>();
  for (const each of placed) {
    if (each.group !== null) {
      const members = explicit.get(each.group) ?? [];
      explicit.set(each.group, [...members, each]);
      continue;
    }
    const { namespace, name } = each.member.ingress.ref;
    const count = (taken.get(`${namespace}/${name}`) ?? 0) + 1;
    taken.set(`${namespace}/${name}`, count);
    groups.push(group(count === 1 ? `${namespace}/${name}` : `${namespace}/${name} ${count}`, namespace, [each], estate, books));
  }
  for (const [name, members] of explicit) {
    groups.push(group(name, null, members, estate, books));
    const [first] = members;
    if (first === undefined) continue;
    const { ref } = first.member.ingress;
    books.findings.push(groupFindings.members({ group: name, members: members.length }, { at: ref.at, ingress: ref }));
  }
  return groups.sort((a, b) => compareText(a.name, b.name));
}

function placedMember(view: IngressView, estate: PackView['estate'], books: Books): Placed | null {
  const { ingress } = view;
  const { ref, annotations } = ingress;
  const params = paramsOf(view, estate);
  const missing = missingParams(view, estate);
  const place = { at: ref.at, ingress: ref };
  if (missing !== null) books.findings.push(paramsFindings.missing({ params: missing, class: view.className ?? '' }, place));
  if (params !== null && !takesNamespace(params, ref.namespace, estate)) {
    const refused = hostFindings.refused({ params: params.name, namespace: ref.namespace }, place);
    settle(books, [...ingress.spec, ...annotations], 'inert', refused);
    return null;
  }
  const isAuto = isAutoMode(view, estate);
  const written = found(readFrom(groupMembership.reads.name, annotations));
  if (isAuto && written !== null) {
    for (const entry of written.entries)
      settle(books, [entry], 'inert', groupFindings['auto-mode']({ setting: entry.name }, placeOf(entry)));
  }
  const name = classFirst(textParam(params, 'group.name'), isAuto ? null : written, books);
  const order = found(readFrom(groupMembership.reads.order, annotations));
  const ports = found(readFrom(listenPorts.reads.ports, annotations));
  const decided: readonly (Found<unknown> | null)[] = [name, order, ports];
  const member: Member = {
    view,
    ingress,
    annotations,
    params,
    isAuto,
    ports: ports?.value ?? [hasOwnCertificates(params, annotations) ? { protocol: 'HTTPS', port: 443 } : { protocol: 'HTTP', port: 80 }],
    entries: decided.flatMap((each) => each?.entries ?? []),
  };
  return { member, order: order?.value ?? 0, group: name?.value ?? null };
}

function group(name: string, namespace: string | null, placed: readonly Placed[], estate: PackView['estate'], books: Books): Group {
  // Ties go by namespace and name as one text; two files may define the same Ingress.
  const nameOf = ({ member }: Placed) => `${member.ingress.ref.namespace}/${member.ingress.ref.name}`;
  const members = [...placed].sort((a, b) => a.order - b.order || compareText(nameOf(a), nameOf(b))).map(({ member }) => member);
  const listeners = listenersOf(members, books);
  return { name, namespace, members, listeners, sslRedirect: sslRedirectOf(members, listeners, books), estate };
}

/** Ports united over the members. A port has one protocol: that of the first member who listens on it. */
function listenersOf(members: readonly Member[], books: Books): readonly Listener[] {
  const byPort = new Map<number, { readonly protocol: ListenPort['protocol']; readonly members: Member[] }>();
  for (const member of members) {
    for (const { protocol, port } of member.ports) {
      const known = byPort.get(port);
      if (known === undefined) byPort.set(port, { protocol, members: [member] });
      else if (known.protocol === protocol) {
        if (!known.members.includes(member)) known.members.push(member);
      } else {
        const entry = found(readFrom(listenPorts.reads.ports, member.annotations))?.entries[0];
        const args = { port, kept: known.protocol, other: protocol };
        const { ref } = member.ingress;
        const finding = groupFindings['protocol-conflict'](args, { at: entry?.at ?? ref.at, ingress: ref });
        if (entry === undefined) books.findings.push(finding);
        else settle(books, [entry], 'manual', finding);
      }
    }
  }
  return [...byPort].sort(([a], [b]) => a - b).map(([port, listener]) => ({ port, ...listener }));
}
