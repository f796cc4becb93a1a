import type { Intent } from '../../src/intent/intent.ts';
import { isObject, type Json, type JsonObject, member } from '../../src/model/json.ts';
import type { OtherObject } from '../../src/model/objects.ts';

/** What a Policy resource says, of the kinds that an Ingress may use. */
export type PolicyReading =
  | { readonly kind: 'access'; readonly allow: readonly string[]; readonly deny: readonly string[] }
  | { readonly kind: 'cors'; readonly intent: Part<'cors'> }
  | { readonly kind: 'external-auth'; readonly intent: Part<'externalAuth'>; readonly signInPath: string | null; readonly snippet: boolean }
  | { readonly kind: 'ingress-mtls'; readonly intent: Part<'clientCertificate'>; readonly revocation: boolean }
  | { readonly kind: 'egress-mtls'; readonly intent: Part<'backendTls'> }
  | { readonly kind: 'waf'; readonly enabled: boolean; readonly rules: string }
  /** The controller answers 500 with it. */
  | { readonly kind: 'closed'; readonly why: string };

type Part<K extends Intent['kind']> = Omit<Extract<Intent, { kind: K }>, 'entries'>;

/** Kinds of the Policy resource in the order the controller looks for them (`generatePolicies`). */
const KINDS = [
  'accessControl',
  'rateLimit',
  'jwt',
  'externalAuth',
  'basicAuth',
  'ingressMTLS',
  'egressMTLS',
  'oidc',
  'apiKey',
  'waf',
  'cache',
  'cors',
  'hsts',
];

export function readPolicy({ ref, value }: OtherObject): PolicyReading {
  const spec = member(value, 'spec');
  const kinds = KINDS.filter((kind) => isObject(member(spec, kind)));
  const [kind] = kinds;
  if (kind === undefined) return { kind: 'closed', why: 'has nothing in it that is known here' };
  if (kinds.length > 1) return { kind: 'closed', why: `has ${kinds.join(' and ')}, where one is allowed` };
  const body = member(spec, kind);
  if (!isObject(body)) return { kind: 'closed', why: 'has no settings' };
  switch (kind) {
    case 'accessControl':
      return readAccess(body);
    case 'cors':
      return readCors(body);
    case 'externalAuth':
      return readExternalAuth(body, ref.namespace);
    case 'ingressMTLS':
      return readIngressMtls(body, ref.namespace);
    case 'egressMTLS':
      return readEgressMtls(body, ref.namespace);
    case 'waf':
      return {
        kind: 'waf',
        enabled: member(body, 'enable') === true,
        rules: textOf(body, 'apPolicy') || textOf(body, 'apBundle') || 'the default policy',
      };
    default:
      return { kind: 'closed', why: `is of the kind ${kind}, which an Ingress cannot use` };
  }
}

function readAccess(body: JsonObject): PolicyReading {
  const [allow, deny] = [member(body, 'allow'), member(body, 'deny')];
  if ((allow === undefined || allow === null) === (deny === undefined || deny === null))
    return { kind: 'closed', why: 'has to have either allow or deny' };
  const lists = { allow: textsOf(body, 'allow'), deny: textsOf(body, 'deny') };
  const broken = [...lists.allow, ...lists.deny].find((range) => !RANGE.test(range));
  return broken === undefined ? { kind: 'access', ...lists } : { kind: 'closed', why: `names "${broken}", which is no address or range` };
}

/** Enough to tell addresses from anything else; the controller's parser takes what is left apart. */
const RANGE = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:\/\d{1,3})?$/;

function readCors(body: JsonObject): PolicyReading {
  const origins = textsOf(body, 'allowOrigin');
  if (origins.length === 0) return { kind: 'closed', why: 'names no origin' };
  const maxAge = member(body, 'maxAge');
  return {
    kind: 'cors',
    intent: {
      kind: 'cors',
      origins,
      methods: textsOf(body, 'allowMethods'),
      headers: textsOf(body, 'allowHeaders'),
      exposeHeaders: textsOf(body, 'exposeHeaders'),
      credentials: member(body, 'allowCredentials') === true,
      maxAgeSeconds: typeof maxAge === 'number' ? maxAge : 86_400,
    },
  };
}

function readExternalAuth(body: JsonObject, namespace: string): PolicyReading {
  const [first = '', second] = textOf(body, 'authServiceName').split('/');
  if (first === '') return { kind: 'closed', why: 'names no authentication service' };
  const service = second === undefined ? `${first}.${namespace}` : `${second}.${first}`;
  const over = member(body, 'sslEnabled') === true ? 'https' : 'http';
  const ports = member(body, 'authServicePorts');
  const port = Array.isArray(ports) && typeof ports[0] === 'number' ? `:${ports[0]}` : '';
  const signIn = textOf(body, 'authSigninURI');
  return {
    kind: 'external-auth',
    signInPath: signIn === '' ? null : textOf(body, 'authSigninRedirectBasePath') || '/oauth2',
    snippet: textOf(body, 'authSnippets') !== '',
    intent: {
      kind: 'externalAuth',
      url: `${over}://${service}.svc.cluster.local${port}${textOf(body, 'authURI') || '/'}`,
      method: null,
      signInUrl: signIn === '' ? null : signIn,
      signInReturnParam: 'rd',
      responseHeaders: [],
      requestHeaders: [],
      cache: null,
    },
  };
}

function readIngressMtls(body: JsonObject, namespace: string): PolicyReading {
  const name = textOf(body, 'clientCertSecret');
  const verify = VERIFY.get(textOf(body, 'verifyClient') || 'on');
  if (name === '') return { kind: 'closed', why: 'names no Secret' };
  if (verify === undefined) return { kind: 'closed', why: `has verifyClient "${textOf(body, 'verifyClient')}"` };
  const depth = member(body, 'verifyDepth');
  return {
    kind: 'ingress-mtls',
    revocation: textOf(body, 'crlFileName') !== '',
    intent: {
      kind: 'clientCertificate',
      secret: { namespace, name },
      verify,
      depth: typeof depth === 'number' ? depth : 1,
      errorPage: null,
      passToBackend: false,
      matchCommonName: null,
    },
  };
}

const VERIFY: ReadonlyMap<string, Part<'clientCertificate'>['verify']> = new Map([
  ['on', 'required'],
  ['off', 'off'],
  ['optional', 'optional'],
  ['optional_no_ca', 'optional-any-ca'],
]);

function readEgressMtls(body: JsonObject, namespace: string): PolicyReading {
  const name = textOf(body, 'trustedCertSecret') || textOf(body, 'tlsSecret');
  return {
    kind: 'egress-mtls',
    intent: {
      kind: 'backendTls',
      verify: member(body, 'verifyServer') === true,
      secret: name === '' ? null : { namespace, name },
      serverName: textOf(body, 'sslName') || null,
      sni: member(body, 'serverName') === true,
      protocols: textOf(body, 'protocols') || null,
      ciphers: textOf(body, 'ciphers') || null,
    },
  };
}

function textOf(value: Json | undefined, key: string): string {
  const found = member(value, key);
  return typeof found === 'string' ? found : '';
}

function textsOf(value: Json | undefined, key: string): readonly string[] {
  const found = member(value, key);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
}
