import type { Finding } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import type { Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { COM, ORG } from './annotation.ts';
import { type About, defineEffective } from './behaviour.ts';
import { objectNames } from './codecs.ts';
import { type AttachedPolicy, policyEffect } from './policy-effect.ts';
import { policyFindings } from './policy-findings.ts';
import { readPolicy } from './policy-resource.ts';
import { placeOf } from './settlement.ts';

/** Attached for the host, or on a minion for its paths. Of the kinds of Policy an Ingress may use, the rest answers 500. */
export const policies = defineEffective({
  id: 'nginx-inc/policies',
  title: 'Policy resources',
  docs: 'https://docs.nginx.com/nginx-ingress-controller/configuration/policy-resource/',
  scope: 'ingress',
  becomes: 'allowList, denyList, cors, externalAuth, clientCertificate, backendTls, waf, rawAccessControl',
  placed: 'either',
  reads: { org: at(`${ORG}policies`, objectNames), plus: at(`${COM}policies`, objectNames) },
  findings: policyFindings,
  effect({ org, plus }, about) {
    const seen = new Set<string>();
    const attached = [...attachedBy(org, about), ...attachedBy(plus, about)].filter(({ name }) => !seen.has(name) && seen.add(name));
    if (attached.length === 0) return {};
    const closed = attached.flatMap((each) => closedBy(each, about))[0];
    if (closed === undefined) return policyEffect(attached);
    const entries = [...new Set(attached.flatMap(({ entry, leaves }) => [entry, ...leaves]))];
    const restricts = `what Policy ${closed.args['policy'] ?? ''} says`;
    return { intents: [{ kind: 'rawAccessControl', language: 'NGINX Policy resources', restricts, entries }], findings: [closed] };
  },
});

function attachedBy(read: Read<readonly string[]>, { ingress, estate }: About): readonly AttachedPolicy[] {
  if (read.state !== 'valid') return [];
  return read.value.map((written): AttachedPolicy => {
    const name = written.includes('/') ? written : `${ingress.ref.namespace}/${written}`;
    const found = policyNamed(estate, name);
    return { name, entry: read.entry, reading: found === null ? null : readPolicy(found), leaves: found === null ? [] : leavesOf(found) };
  });
}

export function isPolicy({ ref, apiVersion }: OtherObject): boolean {
  return ref.kind === 'Policy' && apiVersion.startsWith('k8s.nginx.org/');
}

function policyNamed(estate: Estate, name: string): OtherObject | null {
  return estate.others.find((other) => isPolicy(other) && `${other.ref.namespace}/${other.ref.name}` === name) ?? null;
}

/** What it says, without whose it is. */
function leavesOf({ entries }: OtherObject): readonly Entry[] {
  return entries.filter(({ kind, name }) => kind === 'field' && name.startsWith('spec.') && name !== 'spec.ingressClassName');
}

/** Why the controller answers 500 because of a policy; nothing where it does not. */
function closedBy({ name, entry, reading }: AttachedPolicy, { owner, role }: About): readonly Finding[] {
  const place = placeOf(entry);
  if (reading === null) return [policyFindings['not-in-input']({ policy: name }, place)];
  const because = (why: string) => [policyFindings.closed({ policy: name, why }, place)];
  if (reading.kind === 'closed') return because(reading.why);
  if (reading.kind === 'waf' && !entry.name.startsWith(COM)) return because('has a WAF, which is allowed in nginx.com/policies only');
  if (reading.kind !== 'ingress-mtls') return [];
  if (role === 'minion') return because('asks for client certificates, which is not allowed on a minion');
  return owner.tls.length === 0 ? because('asks for client certificates on an Ingress without tls') : [];
}
