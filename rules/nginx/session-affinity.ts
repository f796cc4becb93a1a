import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, goBool, goInt, oneOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, withoutPartner } from './annotation.ts';

/** The cookie's details are the last writer's on the shared upstream; HttpOnly always, Path = the Ingress path text. */
export const sessionAffinity = defineRule({
  id: 'nginx/session-affinity',
  title: 'Session affinity by cookie',
  docs: manual('session-affinity'),
  scope: 'upstream',
  becomes: 'sessionAffinity',
  reads: {
    affinity: at(`${PREFIX}affinity`, oneOf('cookie')),
    mode: at(`${PREFIX}affinity-mode`, oneOf('balanced', 'persistent')),
    canary: at(`${PREFIX}affinity-canary-behavior`, oneOf('sticky', 'legacy')),
    name: at(`${PREFIX}session-cookie-name`, text),
    secure: at(`${PREFIX}session-cookie-secure`, goBool),
    expires: at(`${PREFIX}session-cookie-expires`, goInt),
    maxAge: at(`${PREFIX}session-cookie-max-age`, goInt),
    path: at(`${PREFIX}session-cookie-path`, text),
    domain: at(`${PREFIX}session-cookie-domain`, text),
    sameSite: at(`${PREFIX}session-cookie-samesite`, oneOf('None', 'Lax', 'Strict')),
    conditional: at(`${PREFIX}session-cookie-conditional-samesite-none`, goBool),
    onFailure: at(`${PREFIX}session-cookie-change-on-failure`, goBool),
  },
  findings: defineFindings('nginx/session-affinity', {}),
  convert({ read }) {
    const entries = Object.values(read).flatMap(entryOf);
    if (read.affinity.state !== 'valid')
      return { settled: Object.values(read).flatMap((each) => withoutPartner(each, 'affinity: cookie')) };
    const cookie = {
      name: valueOr(read.name, 'INGRESSCOOKIE'),
      maxAgeSeconds: valueOr(read.maxAge, valueOr(read.expires, null)),
      path: valueOr(read.path, null),
      domain: valueOr(read.domain, null),
      sameSite: valueOr(read.sameSite, null),
      conditionalSameSiteNone: valueOr(read.conditional, false),
      secure: valueOr(read.secure, null),
      partitioned: false,
      changeOnFailure: valueOr(read.onFailure, false),
    };
    return {
      intents: [
        {
          kind: 'sessionAffinity',
          by: 'cookie',
          cookie,
          mode: valueOr(read.mode, 'balanced'),
          canary: valueOr(read.canary, 'sticky'),
          entries,
        },
      ],
    };
  },
});
