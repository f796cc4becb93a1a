import type { AffinityCookie } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, goBool, type Read, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, replaced, valueFindings, warningsOf, withoutPartner } from './annotation.ts';
import { entriesOf, type Part, part, settledOf } from './part.ts';
import { inert, placeOf } from './settlement.ts';
import { basicText, option, plainUrl } from './value-codecs.ts';

const find = defineFindings('nginx/session-affinity', {
  'same-site-spelling': {
    level: 'note',
    message: (a: { value: string }) =>
      `SameSite "${a.value}" is left out of the cookie: the controller knows None, Lax and Strict in this spelling only`,
  },
  'no-lifetime': {
    level: 'note',
    message: (a: { annotation: string; value: string }) =>
      `${a.annotation} "${a.value}" is no number of seconds, so the cookie has no such attribute`,
  },
});

/** The controller's check is `(^0|-?[1-9]\d*$)`, open at one end each: what is no number then fails in Lua. */
const lifetime: Codec<number | null> = {
  name: 'seconds',
  parse(value) {
    const text = value.replaceAll(' ', '');
    if (!/^0|-?[1-9][0-9]*$/.test(text)) return { ok: false, reason: 'not a number of seconds' };
    return { ok: true, value: /^-?[0-9]+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null };
  },
};

const sameSite: Codec<string> = {
  name: 'None|Lax|Strict',
  parse: (value) =>
    ['none', 'lax', 'strict'].includes(value.trim().toLowerCase())
      ? { ok: true, value: value.trim() }
      : { ok: false, reason: 'none of None, Lax, Strict' },
};

/**
 * Type and mode are those of the first Ingress of the upstream that has them, the cookie's details those of the last. The
 * cookie is HttpOnly always, Secure over HTTPS, and its path is the path of the Ingress.
 */
export const sessionAffinity = defineRule({
  id: 'nginx/session-affinity',
  title: 'Session affinity by cookie',
  docs: manual('session-affinity'),
  scope: 'upstream',
  becomes: 'sessionAffinity',
  reads: {
    affinity: at(`${PREFIX}affinity`, option('cookie')),
    mode: at(`${PREFIX}affinity-mode`, option('balanced', 'persistent')),
    canary: at(`${PREFIX}affinity-canary-behavior`, option('sticky', 'legacy')),
    name: at(`${PREFIX}session-cookie-name`, basicText),
    secure: at(`${PREFIX}session-cookie-secure`, goBool),
    expires: at(`${PREFIX}session-cookie-expires`, lifetime),
    maxAge: at(`${PREFIX}session-cookie-max-age`, lifetime),
    path: at(`${PREFIX}session-cookie-path`, plainUrl),
    domain: at(`${PREFIX}session-cookie-domain`, basicText),
    sameSite: at(`${PREFIX}session-cookie-samesite`, sameSite),
    conditional: at(`${PREFIX}session-cookie-conditional-samesite-none`, goBool),
    onFailure: at(`${PREFIX}session-cookie-change-on-failure`, goBool),
  },
  findings: { ...find, ...valueFindings },
  convert({ read }) {
    const { affinity, ...details } = read;
    if (affinity.state !== 'valid') {
      const settled = [
        ...replaced(affinity, 'absent: clients do not stay on one endpoint'),
        ...Object.values(details).flatMap((each) => withoutPartner(each, 'affinity: cookie')),
      ];
      return { settled, findings: warningsOf(settled) };
    }
    const mode = part(read.mode, 'balanced');
    const canary = part(read.canary, 'sticky');
    const parts = {
      name: part(read.name, 'INGRESSCOOKIE'),
      // Absent is not false: without the annotation the attribute goes by the request's scheme, and so it does with false.
      secure: part(read.secure, false, 'the scheme of the request'),
      expires: age(read.expires),
      maxAge: age(read.maxAge),
      path: part(read.path, null, 'the path of the Ingress'),
      domain: part(read.domain, null),
      sameSite: attribute(read.sameSite),
      conditional: part(read.conditional, false),
      onFailure: part(read.onFailure, false),
    };
    const cookie: AffinityCookie = {
      name: parts.name.value,
      // Both attributes are sent where both are set; browsers go by Max-Age.
      maxAgeSeconds: parts.maxAge.value ?? parts.expires.value,
      path: parts.path.value,
      domain: parts.domain.value,
      sameSite: parts.sameSite.value,
      conditionalSameSiteNone: parts.conditional.value,
      secure: parts.secure.value ? true : null,
      partitioned: false,
      changeOnFailure: parts.onFailure.value,
    };
    const settled = settledOf(mode, canary, ...Object.values(parts));
    return {
      settled,
      findings: warningsOf(settled),
      intents: [
        {
          kind: 'sessionAffinity',
          by: 'cookie',
          cookie,
          mode: mode.value,
          canary: canary.value,
          entries: [affinity.entry, ...entriesOf(mode, canary, ...Object.values(parts))],
        },
      ],
    };
  },
});

function age(read: Read<number | null>): Part<number | null> {
  if (read.state !== 'valid' || read.value !== null) return part(read, null);
  const args = { annotation: read.entry.name, value: read.entry.value };
  return { value: null, entries: [], settled: inert([read.entry], find['no-lifetime'](args, placeOf(read.entry))) };
}

function attribute(read: Read<string>): Part<string | null> {
  if (read.state !== 'valid' || ['None', 'Lax', 'Strict'].includes(valueOr(read, ''))) return part(read, null);
  return { value: null, entries: [], settled: inert([read.entry], find['same-site-spelling']({ value: read.value }, placeOf(read.entry))) };
}
