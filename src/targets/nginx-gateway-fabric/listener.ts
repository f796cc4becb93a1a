import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { lost } from '../lacking/lacking.ts';
import { approximated, converted, type Lower, placeOf } from '../lowering.ts';
import { lower as portable } from '../standard/standard.ts';
import { parametersPart } from './kinds.ts';

const find = defineFindings('nginx-gateway-fabric/listener', {
  'named-policy': {
    level: 'warning',
    message: (a: { policy: string; protocols: string }) =>
      `of ${a.policy} the versions of TLS are written (${a.protocols}); the ciphers of TLS 1.2 are those of NGINX`,
    help: () =>
      'Name them in tls.options nginx.org/ssl-ciphers of the listener, in the words of OpenSSL, if clients are to be held to them.',
    security: true,
  },
  'whole-gateway': {
    level: 'note',
    message: (_: NoArgs) => 'HTTP/2 is switched off by the NginxProxy of the Gateway, for all its hosts',
  },
});

/** Of known authorities the Gateway can ask for, port by port: the steps are those of any implementation. */
export const clientCertificate: Lower<'clientCertificate'> = (intent, context) =>
  intent.verify === 'optional-any-ca'
    ? lost('nginx-gateway-fabric', intent, context, {
        why: 'a Gateway asks for certificates of known authorities only',
        nearest: 'Let the backend terminate TLS itself (TLSRoute with passthrough), or verify against a known authority.',
      })
    : portable(intent, context);

/** Options of the host's own listener, in the words of nginx. */
export const tlsPolicy: Lower<'tlsPolicy'> = (intent, context) => {
  const { minVersion, ciphers, preferServerCiphers } = intent;
  const protocols = minVersion === null ? undefined : PROTOCOLS[minVersion];
  if ((minVersion !== null && protocols === undefined) || (ciphers !== null && !/^[A-Za-z0-9!:+_@=-]+$/.test(ciphers)))
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'it is not in the words of OpenSSL',
      nearest: 'Set tls.options nginx.org/ssl-protocols and nginx.org/ssl-ciphers of the listener.',
    });
  const isNamed = ciphers !== null && NAMED_POLICY.test(ciphers);
  const parts = {
    tlsOptions: {
      ...(protocols === undefined ? {} : { 'nginx.org/ssl-protocols': protocols }),
      ...(ciphers === null || isNamed ? {} : { 'nginx.org/ssl-ciphers': ciphers }),
      ...(preferServerCiphers === null ? {} : { 'nginx.org/ssl-prefer-server-ciphers': preferServerCiphers ? 'on' : 'off' }),
    },
  };
  if (!isNamed) return converted(parts);
  if (protocols === undefined)
    return lost('nginx-gateway-fabric', intent, context, {
      why: `${ciphers} is a policy of another load balancer, and nothing is known of its versions`,
      nearest: 'Set tls.options nginx.org/ssl-protocols and nginx.org/ssl-ciphers of the listener.',
    });
  return approximated(parts, find['named-policy']({ policy: ciphers, protocols }, placeOf(intent, context)));
};

/** A name where others have a list: as a list of ciphers NGINX would refuse its whole configuration. */
const NAMED_POLICY = /^ELBSecurityPolicy-/;

const PROTOCOLS: Readonly<Record<string, string>> = {
  'TLSv1.2': 'TLSv1.2 TLSv1.3',
  '1.2': 'TLSv1.2 TLSv1.3',
  TLS_1_2: 'TLSv1.2 TLSv1.3',
  'TLSv1.3': 'TLSv1.3',
  '1.3': 'TLSv1.3',
  TLS_1_3: 'TLSv1.3',
};

/** HTTP/2 is on unless said otherwise, HTTP/3 is not there. */
export const httpVersions: Lower<'httpVersions'> = (intent, context) => {
  if (intent.http3 === true)
    return lost('nginx-gateway-fabric', intent, context, {
      why: 'NGINX Gateway Fabric does not offer HTTP/3',
      nearest: 'Clients fall back to HTTP/2 by themselves.',
    });
  return intent.http2 === false
    ? approximated({ policies: [parametersPart({ disableHTTP2: true })] }, find['whole-gateway']({}, placeOf(intent, context)))
    : converted({});
};
