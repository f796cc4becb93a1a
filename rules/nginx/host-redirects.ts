import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { commaList, goBool, text, valueOr } from '../../src/rule/codec.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { annotation, entriesOf, inert, place } from './prefix.ts';

const DOCS = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/';

const find = defineFindings('nginx/host', {
  'app-root-invalid': {
    level: 'warning',
    message: (a: { value: string }) => `app-root takes a path that starts with /, not "${a.value}": the controller ignores it`,
  },
  'default-value': { level: 'note', message: (a: { name: string }) => `${a.name} has this value by default` },
  'not-boolean': { level: 'warning', message: (a: { name: string; value: string }) => `${a.name} "${a.value}" is no boolean: the controller uses the default` },
  'alias-pattern': {
    level: 'warning',
    message: (a: { alias: string }) => `the alias ${a.alias} is a pattern or a trailing wildcard, which no hostname of Gateway API can be`,
    help: () => 'List the names it stands for.',
    differs: ['unreachable', 'status'],
  },
  'passthrough-flag': {
    level: 'note',
    message: (_: NoArgs) => 'ssl-passthrough acts only with the controller flag --enable-ssl-passthrough, which was taken to be set',
  },
});

export interface TextSetting {
  readonly value: string;
  readonly entry: Entry;
}

/** Host-wide: GET / → the path, 302, the query lost, before the HTTPS redirect. */
export const appRoot = defineRule({
  id: 'nginx/app-root',
  title: 'Redirect of the root to the application',
  docs: `${DOCS}#rewrite`,
  scope: 'host',
  becomes: 'a rule Exact / with RequestRedirect',
  reads: { root: annotation('app-root', text) },
  findings: find,
  convert({ read: { root } }) {
    if (root.state !== 'valid') return {};
    if (!root.value.startsWith('/')) return { settled: [inert(root.entry, find['app-root-invalid']({ value: root.value }, place(root.entry)))] };
    const setting: TextSetting = { value: root.value, entry: root.entry };
    return { setting, routed: [root.entry] };
  },
});

/** A switch whose default is off: the entry when on. */
function onSwitch(name: string, read: { readonly root: import('../../src/rule/codec.ts').Read<boolean> }) {
  if (read.root.state === 'invalid') return { settled: [inert(read.root.entry, find['not-boolean']({ name, value: read.root.entry.value }, place(read.root.entry)))] };
  if (!valueOr(read.root, false)) return { settled: entriesOf(read.root).map((entry) => inert(entry, find['default-value']({ name }, place(entry)))) };
  const [entry] = entriesOf(read.root);
  return { setting: entry ?? null, routed: entriesOf(read.root) };
}

export const fromToWww = defineRule<{ root: ReturnType<typeof annotation<boolean>> }, Entry>({
  id: 'nginx/from-to-www-redirect',
  title: 'Redirect between a host and its www twin',
  docs: `${DOCS}#redirect-fromto-www`,
  scope: 'host',
  becomes: 'a route of the twin with RequestRedirect hostname',
  reads: { root: annotation('from-to-www-redirect', goBool) },
  findings: find,
  convert: ({ read }) => onSwitch('from-to-www-redirect', read),
});

export const sslPassthrough = defineRule<{ root: ReturnType<typeof annotation<boolean>> }, Entry>({
  id: 'nginx/ssl-passthrough',
  title: 'TLS passed through to the backend',
  docs: `${DOCS}#ssl-passthrough`,
  scope: 'host',
  becomes: 'a TLS listener and a TLSRoute',
  reads: { root: annotation('ssl-passthrough', goBool) },
  findings: find,
  convert({ read }) {
    const output = onSwitch('ssl-passthrough', read);
    return 'setting' in output && output.setting !== null ? { ...output, findings: [find['passthrough-flag']({}, place(output.setting))] } : output;
  },
});

export interface AliasSetting {
  readonly names: readonly string[];
  readonly entry: Entry;
}

export const serverAlias = defineRule({
  id: 'nginx/server-alias',
  title: 'Further names of a host',
  docs: `${DOCS}#server-alias`,
  scope: 'host',
  becomes: 'routes and listeners of the further names',
  reads: { alias: annotation('server-alias', commaList) },
  findings: find,
  convert({ read: { alias } }) {
    if (alias.state !== 'valid') return {};
    const names = [...new Set(alias.value.map((name) => name.toLowerCase()))];
    const patterns = names.filter((name) => name.startsWith('~') || !/^(\*\.)?[^*]+$/.test(name));
    const setting: AliasSetting = { names: names.filter((name) => !patterns.includes(name)), entry: alias.entry };
    const refused = patterns.map((name) => find['alias-pattern']({ alias: name }, place(alias.entry)));
    return {
      setting,
      routed: [alias.entry],
      settled: refused.map((finding) => ({ entry: alias.entry, outcome: 'unmapped' as const, finding, wrote: [] })),
    };
  },
});

export interface SslRedirectSetting {
  readonly redirect: boolean;
  readonly force: boolean;
  /** The entries in force. */
  readonly entries: readonly Entry[];
}

/** ssl-redirect is on by default and acts where the host has a certificate; force-ssl-redirect acts everywhere. */
export const sslRedirect = defineRule({
  id: 'nginx/ssl-redirect',
  title: 'Redirect from HTTP to HTTPS',
  docs: `${DOCS}#server-side-https-enforcement-through-redirect`,
  scope: 'location',
  becomes: 'RequestRedirect on the HTTP listener',
  reads: {
    ssl: annotation('ssl-redirect', goBool),
    force: annotation('force-ssl-redirect', goBool),
    slash: annotation('preserve-trailing-slash', goBool),
  },
  findings: find,
  convert({ read }) {
    const settled = [read.ssl, read.force, read.slash].flatMap((each) =>
      each.state === 'invalid' ? [inert(each.entry, find['not-boolean']({ name: each.entry.name, value: each.entry.value }, place(each.entry)))] : [],
    );
    const slash = read.slash.state === 'valid' ? [inert(read.slash.entry, find['default-value']({ name: 'keeping the slash, in Gateway API,' }, place(read.slash.entry)))] : [];
    const entries = [read.ssl, read.force].flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    const setting: SslRedirectSetting = { redirect: valueOr(read.ssl, true), force: valueOr(read.force, false), entries };
    return { setting, settled: [...settled, ...slash], routed: entries };
  },
});
