import { defineFindings } from '../../src/ledger/finding.ts';
import type { Codec } from '../../src/rule/codec.ts';
import { entryOf, goBool, goInt, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, valueFindings, warningsOf } from './annotation.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { failsClosed, fullName, otherNamespace, referenceFindings } from './references.ts';
import { inert, placeOf } from './settlement.ts';
import { basicText, matching, option } from './value-codecs.ts';

export const certificateFindings = defineFindings('nginx/client-certificate', {
  'over-http': {
    level: 'warning',
    message: (a: { host: string; paths: string }) =>
      `the client certificate of ${a.host} is asked for over HTTPS only, and the controller serves ${a.paths} over HTTP as well: there nobody is asked for one`,
    help: () => 'Nothing was written that serves them without. If they are to be closed today as well, add force-ssl-redirect.',
    security: true,
  },
  'without-secret': {
    level: 'warning',
    message: (a: { annotation: string }) =>
      `${a.annotation} has no effect without auth-tls-secret: no client certificate is asked for because of it`,
    help: () =>
      'If one was meant to be asked for, name the Secret with the authority as auth-tls-secret: NAMESPACE/NAME and convert again.',
    security: true,
  },
});

const VERIFY = { on: 'required', off: 'off', optional: 'optional', optional_no_ca: 'optional-any-ca' } as const;

const errorPage = matching(
  'error page',
  /^(@[A-Za-z0-9_-]+|((https?:\/\/)?[A-Za-z0-9.-]+(:[0-9]+)?)?(\/[A-Za-z0-9._-]+)*\/?)$/,
  'neither a URL, a path nor a named location',
);

/** `CN=` and a regular expression of Go; lookaround and back references are not among its syntax. */
const commonName: Codec<string> = {
  name: 'CN= and a pattern',
  parse(value) {
    if (!value.startsWith('CN=')) return { ok: false, reason: 'which does not begin with CN=' };
    if (/\(\?<?[=!]|\\[1-9]/.test(value)) return { ok: false, reason: 'which is no regular expression of Go' };
    try {
      new RegExp(
        value
          .slice(3)
          .replace(/\(\?P?</g, '(?<')
          .replace(/^\(\?[a-z]+\)/, ''),
      );
      return { ok: true, value: value.trim() };
    } catch {
      return { ok: false, reason: 'which is no regular expression' };
    }
  },
};

/** For the whole host, all its Ingresses included; the first with a usable authority wins. */
export const clientCertificate = defineRule({
  id: 'nginx/client-certificate',
  title: 'Client certificates',
  docs: manual('client-certificate-authentication'),
  scope: 'host',
  becomes: 'clientCertificate',
  reads: {
    secret: at(`${PREFIX}auth-tls-secret`, basicText),
    verify: at(`${PREFIX}auth-tls-verify-client`, option('on', 'off', 'optional', 'optional_no_ca')),
    depth: at(`${PREFIX}auth-tls-verify-depth`, goInt),
    errorPage: at(`${PREFIX}auth-tls-error-page`, errorPage),
    pass: at(`${PREFIX}auth-tls-pass-certificate-to-upstream`, goBool),
    commonName: at(`${PREFIX}auth-tls-match-cn`, commonName),
  },
  findings: { ...certificateFindings, ...referenceFindings, ...valueFindings },
  convert({ read, ingress, estate }) {
    const all = Object.values(read).flatMap(entryOf);
    if (read.secret.state === 'absent') {
      const settled = all.flatMap((entry) =>
        inert([entry], certificateFindings['without-secret']({ annotation: entry.name }, placeOf(entry))),
      );
      return { settled, findings: warningsOf(settled).slice(0, 1) };
    }
    if (read.secret.state === 'invalid') return { refused: refusal(read.secret) };
    const { entry } = read.secret;
    const secret = fullName(read.secret.value);
    const known = secret === null ? undefined : estate.secretByName.get(`${secret.namespace}/${secret.name}`);
    if (secret === null || (known !== undefined && !known.keys.includes('ca.crt'))) {
      const why = secret === null ? 'is not of the form NAMESPACE/NAME' : 'names a Secret without the key ca.crt';
      const closed = failsClosed(403, entry, why, all);
      return { hostIntents: [closed.intent], findings: [closed.finding] };
    }
    const refused = refusal(read.errorPage, read.pass, read.commonName);
    if (refused !== null) return { refused };
    const verify = part(read.verify, 'on');
    // 0 counts as 1.
    const depth = read.depth.state === 'valid' && read.depth.value === 0 ? part({ ...read.depth, value: 1 }, 1) : part(read.depth, 1);
    const pass = part(read.pass, false);
    const settled = settledOf(verify, depth, pass);
    return {
      settled,
      findings: [...warningsOf(settled), ...otherNamespace(entry, secret, ingress.ref.namespace, 'answers 403')],
      hostIntents: [
        {
          kind: 'clientCertificate',
          secret,
          verify: VERIFY[verify.value],
          depth: depth.value,
          errorPage: valueOr(read.errorPage, null),
          passToBackend: pass.value,
          matchCommonName: valueOr(read.commonName, null),
          entries: [entry, ...entriesOf(verify, depth, pass), ...entryOf(read.errorPage), ...entryOf(read.commonName)],
        },
      ],
    };
  },
});
