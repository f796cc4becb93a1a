import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { IngressView, Routed } from '../../../src/rule/pack.ts';
import { entriesOf } from '../../nginx-config/directive.ts';
import { valueFindings } from '../annotation.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { type ConfigSetting, configSettings } from './config-settings.ts';
import { configSnippetFindings } from './config-snippet-findings.ts';
import { type ConfigSnippetSetting, configSnippets } from './config-snippets.ts';
import type { Controller } from './controller.ts';

export const configFindings = defineFindings('nginx/config', {
  'not-in-input': {
    level: 'note',
    message: (_: NoArgs) =>
      "the controller's ConfigMap is not in the input: its defaults as of ingress-nginx 1.15 are taken for what the Ingresses do not say",
    help: () =>
      'It can make every Ingress redirect, authenticate or refuse. Add it to the input (kubectl get configmap -n ingress-nginx -o yaml), or name it with --nginx-configmap.',
  },
  'not-known': {
    level: 'error',
    message: (a: { why: string }) => `the controller's ConfigMap was not read, and what it refuses or protects was not converted: ${a.why}`,
    help: () => 'Name it with --nginx-configmap NAMESPACE/NAME, and convert what several controllers serve in several runs.',
    security: true,
  },
  overridden: { level: 'note', message: (a: { key: string }) => `every Ingress overrides ${a.key} of the controller's ConfigMap` },
  unknown: {
    level: 'warning',
    message: (a: { key: string }) => `ingress-nginx has no ConfigMap key ${a.key}; it has no effect there and was not converted`,
    help: () => "Check the spelling against the controller's manual; if it was meant to protect something, it never did.",
  },
  misspelt: {
    level: 'warning',
    message: (a: { key: string; nearest: string }) =>
      `ingress-nginx has no ConfigMap key ${a.key}, so it has no effect there; ${a.nearest} may have been meant`,
    help: (a) => `If ${a.nearest} was meant, the controller never applied it: decide whether it should hold from now on.`,
  },
});

/** What becomes of the settings that no Ingress reads; the others end where they were read. */
export function configBooks(
  controller: Controller,
  ingresses: readonly IngressView[],
): Pick<Routed, 'settled' | 'findings' | 'satellites'> {
  if (ingresses.length === 0) return { settled: [], findings: [], satellites: [] };
  if (controller.config === null) {
    const { missing } = controller;
    const finding = missing === '' ? configFindings['not-in-input']({}) : configFindings['not-known']({ why: missing });
    return { settled: [], findings: [finding], satellites: [] };
  }
  const read = new Set<Entry>(ingresses.flatMap(({ ingress }) => ingress.annotations));
  const settings = configSettings(controller);
  return {
    settled: settings.flatMap((setting) => settledOf(setting, read)),
    findings: settings.flatMap((setting) =>
      setting.kind === 'invalid' ? settledOf(setting, read).flatMap(({ finding }) => finding ?? []) : [],
    ),
    satellites: settings.map(({ entry }) => entry),
  };
}

/** Directives of the controller's own snippets on which no host and no path depends. `done`: of which something has been said. */
export function unreachedSnippets(ingresses: readonly IngressView[], done: ReadonlySet<Entry>): readonly Settlement[] {
  const settings = ingresses.flatMap((view) => view.setting<typeof configSnippets.reads, ConfigSnippetSetting>(configSnippets) ?? []);
  const [setting] = settings;
  if (setting === undefined) return [];
  const parts = [...setting.http, ...(setting.server?.directives ?? []), ...(setting.location?.directives ?? [])];
  return entriesOf(parts)
    .filter((entry) => !done.has(entry))
    .flatMap((entry) => {
      const directive = `${entry.name.replace(/^\S+ /, '')} ${entry.value}`.trim();
      return inert([entry], configSnippetFindings.unreached({ directive }, placeOf(entry)));
    });
}

function settledOf(setting: ConfigSetting, read: ReadonlySet<Entry>) {
  const { key, entry } = setting;
  switch (setting.kind) {
    case 'only-config':
    case 'inherited':
      return read.has(entry) ? [] : inert([entry], configFindings.overridden({ key }, placeOf(entry)));
    case 'invalid': {
      const args = { annotation: `${key} of the ConfigMap`, value: entry.value, reason: setting.reason, effect: 'its default' };
      return inert([entry], valueFindings.invalid(args, placeOf(entry)));
    }
    case 'unknown': {
      const { meant } = setting;
      const finding =
        meant === null ? configFindings.unknown({ key }, placeOf(entry)) : configFindings.misspelt({ key, nearest: meant }, placeOf(entry));
      return endAs('unknown', [entry], finding);
    }
    default:
      return setting satisfies never;
  }
}
