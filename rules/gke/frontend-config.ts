import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings, type Finding, type NoArgs } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { OtherObject } from '../../src/model/objects.ts';
import { entryOf, text, valueOr } from '../../src/rule/codec.ts';
import { nearest } from '../../src/rule/nearest.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { schemeOf } from './ingress-class.ts';
import { boolField, choiceField, fieldName, fieldsOf, objectNamed, readField, textField } from './object-fields.ts';
import { endAs, inert, placeOf } from './settlement.ts';

/** What the FrontendConfig of an Ingress says to the router. */
export interface Frontend {
  readonly redirect: HttpsRedirectSetting | null;
  /** null when the object is not in the input. */
  readonly config: OtherObject | null;
  readonly mistakes: readonly Finding[];
}

export interface HttpsRedirectSetting {
  readonly status: number;
  readonly entries: readonly Entry[];
}

/** Leaves of a FrontendConfig that mean something. */
export const FRONTEND_CONFIG_FIELDS: readonly string[] = [
  'spec.sslPolicy',
  'spec.redirectToHttps.enabled',
  'spec.redirectToHttps.responseCodeName',
];

const STATUSES = {
  '': 301,
  MOVED_PERMANENTLY_DEFAULT: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
} as const;

const find = defineFindings('gke/frontend-config', {
  'not-in-input': {
    level: 'warning',
    message: (a: { config: string }) =>
      `FrontendConfig ${a.config} is not in the input: whether it redirects to HTTPS and which SSL policy it names is not known`,
    help: (a) =>
      `Add it to the input: kubectl get frontendconfig ${a.config.replace(/^.*\//, '')} -n ${a.config.replace(/\/.*$/, '')} -o yaml`,
    security: true,
  },
  'no-effect': {
    level: 'note',
    message: (_: NoArgs) => 'nothing in it changes what the load balancer does',
  },
  'no-redirect': {
    level: 'note',
    message: (_: NoArgs) => 'the redirect to HTTPS is off',
  },
  'policy-removed': {
    level: 'note',
    message: (_: NoArgs) => 'an empty name takes any SSL policy off the load balancer: there is none to carry over',
  },
  'not-internal': {
    level: 'error',
    message: (_: NoArgs) => 'a redirect to HTTPS is refused on internal load balancers: GKE applies nothing of an Ingress that asks for it',
    help: () => 'Clear text is not redirected today. Remove the FrontendConfig, or decide for the redirect on the Gateway.',
    security: true,
  },
  'policy-not-internal': {
    level: 'warning',
    message: (_: NoArgs) => 'an SSL policy cannot be set on internal load balancers of GKE Ingress: it has no effect',
    help: () => 'If it was meant to be in force, it never was.',
    security: true,
  },
  invalid: {
    level: 'error',
    message: (a: { field: string; reason: string }) =>
      `${a.field} is ${a.reason}: the API refuses it, and GKE changes nothing of the Ingress`,
    help: () => 'Correct the value and convert again.',
  },
  'unknown-field': {
    level: 'warning',
    message: (a: { field: string; meant: string }) =>
      `a FrontendConfig has no field ${a.field}: the API server drops it${a.meant === '' ? '' : `; ${a.meant} may have been meant`}`,
    help: () => 'Check its spelling and its place. If it was meant to protect something, it never did.',
    security: true,
  },
});

/** https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#configuring_ingress_features_through_frontendconfig_parameters */
export const frontendConfig = defineRule({
  id: 'gke/frontend-config',
  title: 'FrontendConfig: redirect to HTTPS and SSL policy',
  docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#associating_frontendconfig_with_your_ingress',
  scope: 'ingress',
  becomes: 'a redirect to HTTPS; gke sslPolicy',
  reads: { name: at('networking.gke.io/v1beta1.FrontendConfig', text) },
  findings: find,
  convert({ ingress, estate, options, read: { name } }): RuleOutput<Frontend> {
    if (name.state !== 'valid') return {};
    const { entry } = name;
    const wanted = { namespace: ingress.ref.namespace, name: name.value.trim() };
    const config = objectNamed(estate.others, 'FrontendConfig', wanted, ingress.ref.at.file);
    if (config === null) {
      const finding = find['not-in-input']({ config: `${wanted.namespace}/${wanted.name}` }, placeOf(entry));
      return { setting: { redirect: null, config, mistakes: [] }, settled: endAs('manual', [entry], finding), findings: [finding] };
    }
    const isInternal = schemeOf(ingress, options) === 'internal';
    const redirect = redirectOf(config, entry, isInternal);
    const policy = policyOf(config, entry, isInternal);
    const used = redirect.redirect !== null || policy.intents.length > 0;
    const nothing = used ? [] : inert([entry], find['no-effect']({}, placeOf(entry)));
    return {
      setting: { redirect: redirect.redirect, config, mistakes: [...redirect.mistakes, ...policy.mistakes] },
      hostIntents: policy.intents,
      routed: [entry],
      settled: [...redirect.settled, ...policy.settled, ...strays(config, entry), ...nothing],
      findings: policy.findings,
    };
  },
});

type RedirectReading = {
  readonly redirect: HttpsRedirectSetting | null;
  readonly settled: readonly Settlement[];
  readonly mistakes: readonly Finding[];
};

function redirectOf(config: OtherObject, reference: Entry, isInternal: boolean): RedirectReading {
  const enabled = readField(config, ['spec', 'redirectToHttps', 'enabled'], boolField);
  const code = readField(config, ['spec', 'redirectToHttps', 'responseCodeName'], choiceField(...keysOf(STATUSES)));
  const place = placeOf(reference);
  const bad = [enabled, code].flatMap((read) =>
    read.state === 'invalid'
      ? [{ entry: read.entry, finding: find.invalid({ field: read.entry.name, reason: read.reason }, { ...place, at: read.entry.at }) }]
      : [],
  );
  const settled = bad.flatMap(({ entry, finding }) => endAs('manual', [entry], finding));
  const mistakes = bad.map(({ finding }) => finding);
  const own = [enabled, code].flatMap((read) => (read.state === 'valid' ? entryOf(read) : []));
  // A value of the wrong type was meant to redirect: what is served in clear text by mistake is worse than a redirect.
  if (!valueOr(enabled, enabled.state === 'invalid')) {
    return { redirect: null, settled: [...settled, ...inert(own, find['no-redirect']({}, place))], mistakes };
  }
  if (isInternal) {
    const finding = find['not-internal']({}, place);
    return { redirect: null, settled: [...settled, ...endAs('manual', own, finding)], mistakes: [...mistakes, finding] };
  }
  return { redirect: { status: STATUSES[valueOr(code, '')], entries: [...own, reference] }, settled, mistakes };
}

interface PolicyReading {
  readonly intents: readonly Intent[];
  readonly settled: readonly Settlement[];
  readonly mistakes: readonly Finding[];
  readonly findings: readonly Finding[];
}

function policyOf(config: OtherObject, reference: Entry, isInternal: boolean): PolicyReading {
  const policy = readField(config, ['spec', 'sslPolicy'], textField);
  const none = { intents: [], settled: [], mistakes: [], findings: [] };
  if (policy.state === 'absent') return none;
  const { entry } = policy;
  const place = { ...placeOf(reference), at: entry.at };
  if (policy.state === 'invalid') {
    const finding = find.invalid({ field: entry.name, reason: policy.reason }, place);
    return { ...none, settled: endAs('manual', [entry], finding), mistakes: [finding] };
  }
  if (policy.value === '') return { ...none, settled: inert([entry], find['policy-removed']({}, place)) };
  if (isInternal) {
    const finding = find['policy-not-internal']({}, place);
    return { ...none, settled: inert([entry], finding), findings: [finding] };
  }
  return { ...none, intents: [{ kind: 'gke', feature: 'sslPolicy', policy: policy.value, entries: [entry, reference] }] };
}

function strays(config: OtherObject, reference: Entry): readonly Settlement[] {
  return fieldsOf(config).flatMap((entry) => {
    const name = fieldName(entry);
    const place = { ...placeOf(reference), at: entry.at };
    const isEmpty = ['', '{}', '[]', 'null'].includes(entry.value);
    if (isEmpty && FRONTEND_CONFIG_FIELDS.some((field) => field === name || field.startsWith(`${name}.`) || name === 'spec'))
      return name === 'spec.sslPolicy' && entry.value === '' ? [] : inert([entry], find['no-effect']({}, place));
    if (FRONTEND_CONFIG_FIELDS.includes(name)) return [];
    return endAs('unknown', [entry], find['unknown-field']({ field: name, meant: nearest(name, FRONTEND_CONFIG_FIELDS) ?? '' }, place));
  });
}

function keysOf(statuses: typeof STATUSES): readonly (keyof typeof STATUSES)[] {
  const keys: (keyof typeof STATUSES)[] = [
    '',
    'MOVED_PERMANENTLY_DEFAULT',
    'FOUND',
    'SEE_OTHER',
    'TEMPORARY_REDIRECT',
    'PERMANENT_REDIRECT',
  ];
  return keys.filter((key) => key in statuses);
}
