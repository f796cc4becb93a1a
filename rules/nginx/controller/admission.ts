import { defineFindings, type Finding } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { ConvertOptions } from '../../../src/options.ts';
import { type Codec, goBool, text, valueOr } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { PREFIX, replaced, valueFindings, warningsOf } from '../annotation.ts';
import { RISKS, type Risk, riskOf } from '../annotation-risks.ts';
import { controllerSetting } from '../beside.ts';
import { inert, placeOf } from '../settlement.ts';
import { configDocs, configKey } from './config-key.ts';

const find = defineFindings('nginx/admission', {
  'too-risky': {
    level: 'error',
    message: (a: { annotation: string; risk: string; level: string }) =>
      `the controller does not serve this Ingress at all: ${a.annotation} is a ${a.risk} risk, and the annotations-risk-level of its ConfigMap is ${a.level}`,
    help: () => 'Nothing was written: the controller serves nothing of it either. With --not-served convert it is written as if it did.',
  },
  'snippets-off': {
    level: 'error',
    message: (a: { annotation: string }) =>
      `ingress-nginx 1.12 and newer do not serve this Ingress at all: it has ${a.annotation}, and its ConfigMap says allow-snippet-annotations "false" without an annotations-risk-level of Critical; older ones drop the snippet and serve the rest`,
    help: () =>
      'Nothing was written. See what the controller serves today, remove the snippet if it is without effect, and convert again; with --not-served convert the Ingress is written with the snippet.',
    security: true,
  },
  'forbidden-word': {
    level: 'error',
    message: (a: { annotation: string; word: string }) =>
      `the controller does not serve this Ingress at all: ${a.annotation} has "${a.word}" in it, which is in the annotation-value-word-blocklist of its ConfigMap`,
    help: () => 'Nothing was written: the controller serves nothing of it either. With --not-served convert it is written as if it did.',
  },
  honoured: {
    level: 'note',
    message: (a: { setting: string }) => `${a.setting} decides which annotations the controller takes: what was written goes by it`,
  },
});

const riskLevel: Codec<Risk> = {
  name: RISKS.join('|'),
  // Anything else is the lowest (`StringRiskToRisk`).
  parse: (value) => {
    const level = RISKS.find((each) => each.toLowerCase() === value.toLowerCase());
    return level === undefined ? { ok: false, reason: `none of ${RISKS.join(', ')}` } : { ok: true, value: level };
  },
};

/** Which annotations the controller takes, as far as its ConfigMap says. Without it they are taken to be in force. */
export const admission = defineRule({
  id: 'nginx/config/admission',
  title: 'Annotations that the controller takes',
  docs: configDocs('annotations-risk-level'),
  scope: 'ingress',
  becomes: 'Ingresses that are not served',
  reads: {
    level: at(configKey('annotations-risk-level'), riskLevel),
    allowSnippets: at(configKey('allow-snippet-annotations'), goBool),
    words: at(configKey('annotation-value-word-blocklist'), text),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, ingress }) {
    const { level, allowSnippets, words } = read;
    const max = level.state === 'absent' ? null : valueOr(level, 'Low');
    const own = ingress.annotations.filter((entry) => entry.name.startsWith(PREFIX) && entry.ingress !== null && entry.value !== '');
    const refused =
      forbidden(own, valueOr(words, null)) ??
      tooRisky(own, max) ??
      (max === null && !valueOr(allowSnippets, true) ? snippetsOff(own) : null);
    const settled = [
      ...replaced(level, 'Low'),
      ...replaced(allowSnippets, 'false'),
      ...[level, allowSnippets, words].flatMap((each) =>
        each.state === 'valid' ? inert([each.entry], find.honoured({ setting: each.entry.key }, placeOf(each.entry))) : [],
      ),
    ];
    return { settled, findings: warningsOf(settled), refused };
  },
});

function forbidden(own: readonly Entry[], list: string | null): Finding | null {
  // Split at commas and not trimmed, so that a comma at the end forbids everything (`checkBadAnnotationValue`).
  const words = list === null ? [] : list.trim().split(',');
  for (const entry of own) {
    const word = words.find((each) => entry.value.includes(each));
    if (word !== undefined) return find['forbidden-word']({ annotation: entry.name, word }, placeOf(entry));
  }
  return null;
}

function tooRisky(own: readonly Entry[], max: Risk | null): Finding | null {
  if (max === null) return null;
  const entry = own.find(({ name }) => RISKS.indexOf(riskOf(name.slice(PREFIX.length))) > RISKS.indexOf(max));
  if (entry === undefined) return null;
  return find['too-risky']({ annotation: entry.name, risk: riskOf(entry.name.slice(PREFIX.length)), level: max }, placeOf(entry));
}

function snippetsOff(own: readonly Entry[]): Finding | null {
  const entry = own.find(({ name }) => /-snippet$/.test(name));
  return entry === undefined ? null : find['snippets-off']({ annotation: entry.name }, placeOf(entry));
}

/** Whether the controller takes Ingresses with snippets and drops these: only where its ConfigMap says both. */
export function dropsSnippets(estate: Estate, options: ConvertOptions): boolean {
  const setting = (key: string) => controllerSetting(estate, options, key)?.toLowerCase() ?? null;
  return setting('annotations-risk-level') === 'critical' && setting('allow-snippet-annotations') === 'false';
}
