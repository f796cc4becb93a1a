import type { Entry, IngressRef } from '../../../src/model/entry.ts';
import type { Ingress } from '../../../src/model/ingress.ts';
import { comparePositions, compareText } from '../../../src/model/position.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import { entriesOf } from '../../nginx-config/directive.ts';
import { type AppRootSetting, appRoot } from '../app-root.ts';
import { type CanarySetting, canary } from '../canary.ts';
import { type ConfigSnippetSetting, configSnippets, NO_CONFIG_SNIPPETS } from '../controller/config-snippets.ts';
import { HTTPS_REDIRECTS, type HttpsRedirectConfig, httpsRedirects } from '../controller/https-redirects.ts';
import { fromToWwwRedirect } from '../from-to-www-redirect.ts';
import { type RedirectSetting, redirect } from '../redirect.ts';
import { isAnsweredWithError } from '../references.ts';
import { type RewriteSetting, rewriteTarget } from '../rewrite-target.ts';
import { type AliasSetting, serverAlias } from '../server-alias.ts';
import { type SnippetSetting, snippets } from '../snippet/snippets.ts';
import { sslPassthrough } from '../ssl-passthrough.ts';
import { type HttpsSetting, sslRedirect } from '../ssl-redirect.ts';
import { type ForwardedPrefixSetting, xForwardedPrefix } from '../x-forwarded-prefix.ts';

/** An Ingress with what its routing annotations mean. */
export interface Facts {
  readonly view: IngressView;
  readonly ingress: Ingress;
  readonly ref: IngressRef;
  /** `namespace/name` */
  readonly name: string;
  readonly canary: CanarySetting | null;
  readonly rewrite: RewriteSetting;
  readonly redirect: RedirectSetting | null;
  readonly appRoot: AppRootSetting | null;
  /** from-to-www-redirect, where it is on. */
  readonly www: readonly Entry[] | null;
  readonly aliases: AliasSetting | null;
  readonly https: HttpsSetting;
  readonly httpsConfig: HttpsRedirectConfig;
  readonly passthrough: readonly Entry[] | null;
  readonly forwardedPrefix: ForwardedPrefixSetting | null;
  readonly snippet: SnippetSetting;
  readonly configSnippets: ConfigSnippetSetting;
  /** Its locations hold nothing but an error. */
  readonly denied: boolean;
}

export function factsOf(view: IngressView): Facts {
  const { ref } = view.ingress;
  const absent = { state: 'absent' } as const;
  return {
    view,
    ingress: view.ingress,
    ref,
    name: `${ref.namespace}/${ref.name}`,
    canary: view.setting<typeof canary.reads, CanarySetting>(canary),
    rewrite: view.setting<typeof rewriteTarget.reads, RewriteSetting>(rewriteTarget) ?? { target: null, useRegex: null },
    redirect: view.setting<typeof redirect.reads, RedirectSetting>(redirect),
    appRoot: view.setting<typeof appRoot.reads, AppRootSetting>(appRoot),
    www: view.setting<typeof fromToWwwRedirect.reads, readonly Entry[]>(fromToWwwRedirect),
    aliases: view.setting<typeof serverAlias.reads, AliasSetting>(serverAlias),
    https: view.setting<typeof sslRedirect.reads, HttpsSetting>(sslRedirect) ?? {
      sslRedirect: absent,
      force: absent,
      preserveSlash: absent,
    },
    httpsConfig: view.setting<typeof httpsRedirects.reads, HttpsRedirectConfig>(httpsRedirects) ?? HTTPS_REDIRECTS,
    passthrough: view.setting<typeof sslPassthrough.reads, readonly Entry[]>(sslPassthrough),
    forwardedPrefix: view.setting<typeof xForwardedPrefix.reads, ForwardedPrefixSetting>(xForwardedPrefix),
    snippet: view.setting<typeof snippets.reads, SnippetSetting>(snippets) ?? { configuration: null, server: null },
    configSnippets: view.setting<typeof configSnippets.reads, ConfigSnippetSetting>(configSnippets) ?? NO_CONFIG_SNIPPETS,
    denied: view.intents.some(isAnsweredWithError),
  };
}

/** The annotations that the rules handed to the router. */
export function routedEntries(facts: Facts): readonly Entry[] {
  const { canary: split, rewrite, redirect: sent, https } = facts;
  return [
    ...(split === null
      ? []
      : [...split.entries, ...split.weightEntries, ...(split.header?.entries ?? []), ...(split.cookie?.entries ?? [])]),
    ...(rewrite.target?.entries ?? []),
    ...(rewrite.useRegex ?? []),
    ...(sent?.kind === 'redirect' ? sent.redirect.entries : []),
    ...(facts.appRoot?.entries ?? []),
    ...(facts.www ?? []),
    ...(facts.aliases?.entries ?? []),
    ...[https.sslRedirect, https.force, https.preserveSlash].flatMap((read) => (read.state === 'valid' ? [read.entry] : [])),
    ...(facts.passthrough ?? []),
    ...(facts.forwardedPrefix?.entries ?? []),
    ...entriesOf([...(facts.snippet.configuration?.directives ?? []), ...(facts.snippet.server?.directives ?? [])]),
  ];
}

/**
 * The controller's order: oldest first, and of equally old ones the greater `namespace/name` first (store.go compares with
 * `>`). Files mostly lack creationTimestamp, so that the name alone decides.
 */
export function byAge(a: Facts, b: Facts): number {
  return (
    compareText(a.ingress.createdAt ?? '', b.ingress.createdAt ?? '') || compareText(b.name, a.name) || comparePositions(a.ref.at, b.ref.at)
  );
}

/** Whether the input itself says which of two Ingresses is older. */
export function isDecided(a: Facts, b: Facts): boolean {
  if (a === b) return true;
  const [left, right] = [a.ingress.createdAt, b.ingress.createdAt];
  return left !== null && right !== null && left !== right;
}
