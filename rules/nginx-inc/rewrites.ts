import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import type { Codec, Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, ORG, valueFindings } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { pathProblem } from './codecs.ts';
import { beside, unknownServices } from './services.ts';
import { placeOf } from './settlement.ts';

export const rewriteFindings = defineFindings('nginx-inc/rewrite', {
  'pattern-in-pass': {
    level: 'error',
    message: (a: { service: string }) =>
      `nginx refuses rewrites for ${a.service} beside path-regex, and the controller stays on an older configuration: nothing new of this Ingress is served`,
    help: () => 'Use rewrite-target with path-regex, and convert again.',
    differs: ['unreachable'],
  },
  'exact-target': {
    level: 'error',
    message: (a: { path: string }) =>
      `nginx refuses what the controller makes of rewrite-target and the Exact path ${a.path}, and the controller stays on an older configuration`,
    help: () => 'Use path-regex: exact for it instead of the path type, and convert again.',
    differs: ['unreachable'],
  },
  'unquoted-pattern': {
    level: 'error',
    message: (a: { path: string }) =>
      `rewrite-target puts ${a.path} into the configuration without quotes, where nginx reads its braces as a block and refuses it`,
    help: () => 'Write the path without braces and convert again.',
    differs: ['unreachable'],
  },
  'beside-rewrites': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect beside rewrites, also where that names other services`,
  },
  grpc: {
    level: 'note',
    message: (a: { service: string }) => `rewrites has no effect for ${a.service}, which is spoken to in gRPC`,
  },
});

type Rewrites = ReadonlyMap<string, string>;

/** `ParseRewriteList`: `serviceName=a rewrite=/b/`, joined by semicolons; the last of a service wins. */
const rewriteList: Codec<Rewrites> = {
  name: 'serviceName=NAME rewrite=/PATH; …',
  parse(value) {
    const rewrites = new Map<string, string>();
    for (const item of value.split(';')) {
      const [, service, path] = /^serviceName=([^=]*) rewrite=(\/[^\s{};$=]*)$/.exec(item.trim()) ?? [];
      if (service === undefined || path === undefined) return { ok: false, reason: 'no list such as "serviceName=tea rewrite=/"' };
      rewrites.set(service, path);
    }
    return { ok: true, value: rewrites };
  },
};

const target: Codec<string> = {
  name: 'path',
  parse(value) {
    if (/^https?:\/\//.test(value)) return { ok: false, reason: 'a URL, where a path is asked for' };
    const problem = pathProblem(value);
    if (problem !== null) return { ok: false, reason: problem };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the controller refuses them.
    return /[;{}[\]|<>,^`~\u0000-\u001f\u007f]/.test(value)
      ? { ok: false, reason: 'which has characters of nginx’s own language in it' }
      : { ok: true, value };
  },
};

/** Rewrites replace the matched text by service; rewrite-target replaces the whole path, and only where there are no rewrites. */
export const rewrites = defineBehaviour({
  id: 'nginx-inc/rewrite',
  title: 'Rewrites',
  docs: manual('request-uriheader-manipulation'),
  scope: 'location',
  becomes: 'rewrite of the routing table',
  reads: { list: at(`${ORG}rewrites`, rewriteList), target: at(`${ORG}rewrite-target`, target) },
  findings: rewriteFindings,
  check({ read, ingress }) {
    const { list } = read;
    const unknown = list.state === 'valid' ? unknownServices([...list.value.keys()], ingress) : null;
    if (list.state === 'valid' && unknown !== null)
      return valueFindings.refused({ annotation: list.entry.name, value: list.entry.value, reason: unknown }, placeOf(list.entry));
    return refusedByNginx(list, read.target, ingress);
  },
});

/** What passes the controller's checks and makes nginx refuse the configuration. */
function refusedByNginx(list: Read<Rewrites>, target: Read<string>, ingress: Ingress): Finding | null {
  const isPattern = ['case_sensitive', 'case_insensitive'].includes(beside(ingress, 'path-regex') ?? '');
  const paths = ingress.rules.flatMap((rule) => rule.paths ?? []);
  if (list.state === 'valid') {
    const used = paths.flatMap(({ backend }) => (backend?.kind === 'service' ? [backend.name] : [])).find((name) => list.value.has(name));
    return isPattern && used !== undefined ? rewriteFindings['pattern-in-pass']({ service: used }, placeOf(list.entry)) : null;
  }
  if (target.state !== 'valid') return null;
  const exact = paths.find(({ pathType }) => pathType === 'Exact');
  if (exact !== undefined) return rewriteFindings['exact-target']({ path: exact.path }, placeOf(target.entry));
  const braced = paths.find(({ path }) => /[{}]/.test(path));
  return braced === undefined ? null : rewriteFindings['unquoted-pattern']({ path: braced.path }, placeOf(target.entry));
}
