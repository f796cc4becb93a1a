import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import { type Read, valueOr } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { COM, ORG } from './annotation.ts';
import { type About, defineEffective, type Effect } from './behaviour.ts';
import { objectNames } from './codecs.ts';
import { type PolicyReading, readPolicy } from './policy-resource.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const policyFindings = defineFindings('nginx-inc/policies', {
  'not-in-input': {
    level: 'error',
    message: (a: { policy: string }) =>
      `Policy ${a.policy} is not in the input, so what it protects cannot be known; without it in the cluster the controller answers 500`,
    help: () => 'Add it to the input (kubectl get policies.k8s.nginx.org -A -o yaml) and convert again.',
    security: true,
  },
  closed: {
    level: 'error',
    message: (a: { policy: string; why: string }) => `Policy ${a.policy} ${a.why}, so the controller answers every request with 500`,
    help: () => 'Correct the policy, or remove it from the Ingress if the paths are meant to be open, and convert again.',
    security: true,
  },
  'overridden-deny': {
    level: 'warning',
    message: (a: { ranges: string }) =>
      `the refused ranges ${a.ranges} have no effect beside allowed ones: everybody else is refused anyway`,
    help: () => 'An address in both is let in today. Remove the policy with deny, or leave the ranges out of the allowed ones.',
    security: true,
  },
  second: {
    level: 'warning',
    message: (a: { policy: string; kind: string }) =>
      `the controller ignores Policy ${a.policy}: another of the kind ${a.kind} stands before it`,
    help: () => 'Leave one of them.',
    security: true,
  },
  revocation: {
    level: 'warning',
    message: (a: { policy: string }) => `Policy ${a.policy} refuses revoked certificates (crlFileName), which no gateway is told`,
    help: () => 'Use short-lived client certificates, or check revocation in the backend.',
    security: true,
    differs: ['wider'],
  },
  'sign-in-path': {
    level: 'warning',
    message: (a: { path: string; policy: string }) =>
      `because of Policy ${a.policy} the controller also serves ${a.path} from the authentication service, without asking it first; nothing was written for that`,
    help: () => 'Add a rule for the path with the authentication service as its backend, and without authentication.',
    differs: ['unreachable', 'status'],
  },
  snippet: {
    level: 'warning',
    message: (a: { policy: string }) =>
      `authSnippets of Policy ${a.policy} change the request to the authentication service and were not carried over`,
    help: () => 'Headers for the authentication service are settings of the implementation, next to its address.',
    security: true,
    differs: ['status', 'headers'],
  },
  'waf-off': {
    level: 'note',
    message: (a: { policy: string }) => `Policy ${a.policy} switches the WAF off, which is how a gateway starts out`,
  },
});

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
    const closed = attached.map((each) => closedBy(each, about)).find((finding) => finding !== null);
    const entries = [...new Set(attached.map(({ entry }) => entry))];
    if (closed !== undefined && closed !== null) {
      const restricts = `what Policy ${closed.args['policy'] ?? ''} says`;
      return { intents: [{ kind: 'rawAccessControl', language: 'NGINX Policy resources', restricts, entries }], findings: [closed] };
    }
    return together(attached);
  },
});

interface Attached {
  /** `namespace/name` */
  readonly name: string;
  readonly entry: Entry;
  readonly reading: PolicyReading | null;
  readonly plus: boolean;
}

function attachedBy(read: Read<readonly string[]>, { ingress, estate }: About): readonly Attached[] {
  if (read.state !== 'valid') return [];
  return valueOr(read, []).map((written): Attached => {
    const name = written.includes('/') ? written : `${ingress.ref.namespace}/${written}`;
    const found = policyNamed(estate, name);
    return { name, entry: read.entry, reading: found === null ? null : readPolicy(found), plus: read.entry.name.startsWith(COM) };
  });
}

function policyNamed(estate: Estate, name: string): OtherObject | null {
  const found = estate.others.find(
    ({ ref, apiVersion }) => ref.kind === 'Policy' && apiVersion.startsWith('k8s.nginx.org/') && `${ref.namespace}/${ref.name}` === name,
  );
  return found ?? null;
}

/** Why the controller answers 500 because of a policy; null where it does not. */
function closedBy({ name, entry, reading, plus }: Attached, { owner, role }: About): Finding | null {
  const place = placeOf(entry);
  if (reading === null) return policyFindings['not-in-input']({ policy: name }, place);
  const because = (why: string) => policyFindings.closed({ policy: name, why }, place);
  if (reading.kind === 'closed') return because(reading.why);
  if (reading.kind === 'waf' && !plus) return because('has a WAF, which is allowed in nginx.com/policies only');
  if (reading.kind !== 'ingress-mtls') return null;
  if (role === 'minion') return because('asks for client certificates, which is not allowed on a minion');
  return owner.tls.length === 0 ? because('asks for client certificates on an Ingress without tls') : null;
}

function together(attached: readonly Attached[]): Partial<Effect> {
  const intents: Intent[] = [];
  const hostIntents: Intent[] = [];
  const settled: Settlement[] = [];
  const findings: Finding[] = [];
  const lists: { readonly allow: string[]; readonly deny: string[]; readonly entries: Set<Entry> } = {
    allow: [],
    deny: [],
    entries: new Set(),
  };
  const taken = new Set<PolicyReading['kind']>();
  // Of several CORS policies the last one's headers are sent.
  const lastCors = attached.findLast(({ reading }) => reading?.kind === 'cors');
  for (const each of attached) {
    const { name, entry, reading } = each;
    const entries = [entry];
    const place = placeOf(entry);
    if (reading === null || reading.kind === 'closed') continue;
    if (reading.kind === 'access') {
      lists.allow.push(...reading.allow);
      lists.deny.push(...reading.deny);
      lists.entries.add(entry);
      continue;
    }
    if (reading.kind === 'cors' ? each !== lastCors : taken.has(reading.kind)) {
      findings.push(policyFindings.second({ policy: name, kind: reading.kind }, place));
      continue;
    }
    taken.add(reading.kind);
    switch (reading.kind) {
      case 'cors':
      case 'egress-mtls':
        intents.push({ ...reading.intent, entries });
        break;
      case 'external-auth':
        intents.push({ ...reading.intent, entries });
        if (reading.signInPath !== null) findings.push(policyFindings['sign-in-path']({ path: reading.signInPath, policy: name }, place));
        if (reading.snippet) findings.push(policyFindings.snippet({ policy: name }, place));
        break;
      case 'ingress-mtls':
        hostIntents.push({ ...reading.intent, entries });
        if (reading.revocation) settled.push(...endAs('approximated', entries, policyFindings.revocation({ policy: name }, place)));
        break;
      case 'waf':
        if (reading.enabled) intents.push({ kind: 'waf', engine: 'F5 WAF for NGINX', mode: 'blocking', rules: reading.rules, entries });
        else settled.push(...inert(entries, policyFindings['waf-off']({ policy: name }, place)));
        break;
      default:
        reading satisfies never;
    }
  }
  const entries = [...lists.entries];
  const [first] = entries;
  if (lists.allow.length > 0 && lists.deny.length > 0 && first !== undefined)
    findings.push(policyFindings['overridden-deny']({ ranges: lists.deny.join(', ') }, placeOf(first)));
  if (lists.allow.length > 0) intents.push({ kind: 'allowList', ranges: lists.allow, entries });
  else if (lists.deny.length > 0) intents.push({ kind: 'denyList', ranges: lists.deny, entries });
  return { intents, hostIntents, settled, findings };
}
