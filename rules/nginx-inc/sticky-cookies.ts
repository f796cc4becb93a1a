import type { IntentOf } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Codec, Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { COM, manual, ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { nginxTime, quoted } from './codecs.ts';

export const stickyFindings = defineFindings('nginx-inc/sticky-cookie', {
  'newer-spelling': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} is not looked at beside nginx.org/sticky-cookie-services`,
  },
  'no-such-service': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} names no Service that a path of this Ingress leads to`,
  },
});

type Cookies = ReadonlyMap<string, string>;

/** `ParseStickyServiceList`: `serviceName=a name expires=1h path=/`, joined by semicolons. */
const cookieList: Codec<Cookies> = {
  name: 'serviceName=NAME COOKIE [expires=…] [domain=…] [path=…] [httponly] [secure]; …',
  parse(value) {
    const cookies = new Map<string, string>();
    for (const item of value.split(';')) {
      const [, service, parameters] = /^[^= ]*=([^= ]*) (.*)$/s.exec(item) ?? [];
      if (service === undefined || parameters === undefined || !quoted.parse(parameters).ok)
        return { ok: false, reason: 'no list such as "serviceName=tea srv_id expires=1h"' };
      cookies.set(service, parameters);
    }
    return { ok: true, value: cookies };
  },
};

/** nginx sets the cookie itself, and sends its bearer to the endpoint it names. */
export const stickyCookies = defineBehaviour({
  id: 'nginx-inc/sticky-cookie',
  title: 'Session persistence by cookie',
  docs: manual('backend-services-upstreams'),
  scope: 'upstream',
  becomes: 'sessionAffinity',
  reads: { list: at(`${ORG}sticky-cookie-services`, cookieList), plus: at(`${COM}sticky-cookie-services`, cookieList) },
  findings: stickyFindings,
});

/** The cookie of a Service, in nginx's `sticky cookie NAME [expires=…] [domain=…] [httponly] [secure] [samesite=…] [path=…]`. */
export function stickyIntent(list: Read<Cookies>, service: string): IntentOf<'sessionAffinity'> | null {
  const parameters = list.state === 'valid' ? list.value.get(service) : undefined;
  if (list.state !== 'valid' || parameters === undefined) return null;
  const [name = '', ...words] = parameters.split(/\s+/).filter((word) => word !== '');
  const valueOf = (key: string) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? null;
  const expires = valueOf('expires');
  const lifetime = expires === null || expires === 'max' ? null : nginxTime.parse(expires);
  return {
    kind: 'sessionAffinity',
    by: 'cookie',
    mode: 'persistent',
    canary: 'sticky',
    cookie: {
      name,
      // `max` is nginx's for the end of 2037.
      maxAgeSeconds: expires === 'max' ? TEN_YEARS : lifetime?.ok === true ? Math.round(lifetime.value / 1000) : null,
      path: valueOf('path'),
      domain: valueOf('domain'),
      sameSite: valueOf('samesite'),
      conditionalSameSiteNone: false,
      secure: words.includes('secure') ? true : null,
      partitioned: false,
      changeOnFailure: true,
    },
    entries: [list.entry],
  };
}

const TEN_YEARS = 10 * 365 * 86_400;
