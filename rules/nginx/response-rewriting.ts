import { defineFindings } from '../../src/ledger/finding.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, valueFindings, warningsOf } from './annotation.ts';
import { idle, part, settledOf } from './part.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { matching, plainUrl } from './value-codecs.ts';

const find = defineFindings('nginx/response-rewriting', {
  location: {
    level: 'warning',
    message: (a: { from: string; to: string }) =>
      `redirects of the backend to ${a.from} are no longer turned into ${a.to}: Gateway API leaves the Location header of backends alone`,
    help: (a) =>
      `Let the backend redirect to ${a.to} itself, or to relative addresses; most frameworks have a setting for their public address.`,
    differs: ['redirect', 'headers'],
  },
  'nginx-names': {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} "default" only rewrites redirects to the name that nginx has for the upstream, which no backend sends`,
  },
  'cookie-domain': {
    level: 'warning',
    message: (a: { change: string }) =>
      `the Domain of the backend's cookies is no longer rewritten (${a.change}): Gateway API leaves cookies alone`,
    help: () => 'Let the backend set the domain that clients see. Until then browsers may drop its cookies, and logins with them.',
    differs: ['headers'],
  },
  'cookie-path': {
    level: 'warning',
    message: (a: { change: string }) =>
      `the Path of the backend's cookies is no longer rewritten (${a.change}): Gateway API leaves cookies alone`,
    help: () => 'Let the backend set the path that clients see. Until then browsers may not send its cookies back, and logins are lost.',
    differs: ['headers'],
  },
});

const cookieDomain = matching(
  'off, or two domains',
  /^(off|[-._~A-Za-z0-9:/]+\s+[-._~A-Za-z0-9:/]+)$/,
  'neither off nor two domains with a blank between them',
  'count',
);

/** All off by default: what the backend says reaches the client unchanged. */
export const responseRewriting = defineRule({
  id: 'nginx/response-rewriting',
  title: "Rewriting of the backend's redirects and cookies",
  docs: manual('proxy-redirect'),
  scope: 'location',
  becomes: 'a finding',
  reads: {
    from: at(`${PREFIX}proxy-redirect-from`, plainUrl),
    to: at(`${PREFIX}proxy-redirect-to`, plainUrl),
    domain: at(`${PREFIX}proxy-cookie-domain`, cookieDomain),
    path: at(`${PREFIX}proxy-cookie-path`, plainUrl),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const from = part(read.from, 'off');
    const isOwnRule = from.value !== 'off' && from.value !== 'default';
    const to = isOwnRule ? part(read.to, 'off') : idle(read.to, 'off', 'a proxy-redirect-from with an address');
    const domain = part(read.domain, 'off');
    const path = part(read.path, 'off');
    const settled = [
      ...settledOf(from, to, domain, path),
      ...from.entries.flatMap((entry) => {
        if (from.value === 'default') return inert([entry], find['nginx-names']({ annotation: entry.name }, placeOf(entry)));
        if (to.value === 'off')
          return inert([entry], valueFindings['without-partner']({ annotation: entry.name, partner: 'proxy-redirect-to' }, placeOf(entry)));
        return endAs('unmapped', [entry, ...to.entries], find.location({ from: from.value, to: to.value }, placeOf(entry)));
      }),
      ...domain.entries.flatMap((entry) => endAs('unmapped', [entry], find['cookie-domain']({ change: domain.value }, placeOf(entry)))),
      ...path.entries.flatMap((entry) => endAs('unmapped', [entry], find['cookie-path']({ change: path.value }, placeOf(entry)))),
    ];
    return { settled, findings: warningsOf(settled).filter(({ code }) => code === valueFindings.invalid.code) };
  },
});
