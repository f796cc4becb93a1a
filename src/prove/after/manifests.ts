import * as z from 'zod';
import type { GatewayApiObject } from '../../gateway/types.ts';

/**
 * Manifests as people left them: with the API server's defaults filled in, fields that have no say in routing dropped, and
 * what the API server would refuse refused, as far as routing rests on it.
 */
export type ReadManifest =
  | { readonly kind: 'read'; readonly object: GatewayApiObject }
  /** Of a kind that is not evaluated. */
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly path: readonly PropertyKey[]; readonly reason: string };

/** `namespace` is that of a manifest that names none. */
export function readManifest(value: unknown, namespace: string): ReadManifest {
  const kind = typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' ? value.kind : '';
  if (!KINDS.includes(kind)) return { kind: 'other' };
  const result = manifest.safeParse(placedIn(withoutNulls(value), namespace));
  if (result.success) return { kind: 'read', object: result.data };
  const [issue] = result.error.issues;
  return { kind: 'malformed', path: issue?.path ?? [], reason: issue?.message ?? 'is malformed' };
}

function placedIn(value: unknown, namespace: string): unknown {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return value;
  const { metadata } = value;
  return { ...value, metadata: typeof metadata === 'object' && metadata !== null ? { namespace, ...metadata } : metadata };
}

/** A key without a value is a key that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)]])));
}

const text = z.string().exactOptional();
const port = z.int().min(1).max(65535);
const metadata = z.object({ name: z.string(), namespace: z.string(), creationTimestamp: text });
/** Older versions that are still served have the same fields. */
const apiVersion = z
  .string()
  .startsWith('gateway.networking.k8s.io/')
  .transform(() => 'gateway.networking.k8s.io/v1' as const);
const head = <K extends string>(kind: K) => ({ apiVersion, kind: z.literal(kind), metadata });

const reference = { group: text, name: z.string(), namespace: text, port: port.exactOptional() };
const backendRef = z.object({ ...reference, kind: text, weight: z.int().min(0).exactOptional() });
const parentRef = z.object({ ...reference, kind: text, sectionName: text });
const parentRefs = z.array(parentRef).default([]);

const selector = z.object({
  matchLabels: z.record(z.string(), z.string()).exactOptional(),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).exactOptional() }))
    .exactOptional(),
});
const namespaces = z
  .object({ from: z.enum(['Same', 'All', 'None', 'Selector']).default('Same'), selector: selector.exactOptional() })
  .transform(({ from, selector: chosen = {} }) => (from === 'Selector' ? { from, selector: chosen } : { from }));

const listener = z.object({
  name: z.string(),
  hostname: text,
  port,
  protocol: z.string(),
  tls: z
    .object({
      mode: z.enum(['Terminate', 'Passthrough']).exactOptional(),
      certificateRefs: z.array(z.object({ group: text, kind: text, name: z.string(), namespace: text })).exactOptional(),
      options: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional(),
  allowedRoutes: z
    .object({ namespaces: namespaces.exactOptional(), kinds: z.array(z.object({ group: text, kind: z.string() })).exactOptional() })
    .exactOptional(),
});

const authority = z.object({ group: z.string(), kind: z.string(), name: z.string(), namespace: text });
const frontend = z.object({
  validation: z
    .object({ caCertificateRefs: z.array(authority), mode: z.enum(['AllowValidOnly', 'AllowInsecureFallback']).exactOptional() })
    .exactOptional(),
});

const gateway = z.object({
  ...head('Gateway'),
  spec: z.object({
    gatewayClassName: z.string(),
    allowedListeners: z.object({ namespaces }).exactOptional(),
    tls: z
      .object({
        frontend: z.object({ default: frontend, perPort: z.array(z.object({ port, tls: frontend })).exactOptional() }).exactOptional(),
      })
      .exactOptional(),
    listeners: z.array(listener).min(1).max(64),
  }),
});

const listenerSet = z.object({ ...head('ListenerSet'), spec: z.object({ parentRef, listeners: z.array(listener).min(1).max(64) }) });

const pathModifier = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ReplaceFullPath'), replaceFullPath: z.string() }),
  z.object({ type: z.literal('ReplacePrefixMatch'), replacePrefixMatch: z.string() }),
]);
const headerModifier = z.object({});
const filter = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RequestHeaderModifier'), requestHeaderModifier: headerModifier }),
  z.object({ type: z.literal('ResponseHeaderModifier'), responseHeaderModifier: headerModifier }),
  z.object({
    type: z.literal('RequestRedirect'),
    requestRedirect: z.object({
      scheme: z.enum(['http', 'https']).exactOptional(),
      hostname: text,
      port: port.exactOptional(),
      path: pathModifier.exactOptional(),
      statusCode: z.int().exactOptional(),
    }),
  }),
  z.object({ type: z.literal('URLRewrite'), urlRewrite: z.object({ hostname: text, path: pathModifier.exactOptional() }) }),
  z.object({ type: z.literal('RequestMirror'), requestMirror: z.object({ backendRef }) }),
  z.object({ type: z.literal('CORS'), cors: z.object({}) }),
  z.object({ type: z.literal('ExternalAuth'), externalAuth: z.object({ protocol: z.enum(['HTTP', 'GRPC']), backendRef }) }),
  z.object({ type: z.literal('ExtensionRef'), extensionRef: z.object({ group: z.string(), kind: z.string(), name: z.string() }) }),
]);

const valueMatch = z.object({ type: z.enum(['Exact', 'RegularExpression']).exactOptional(), name: z.string(), value: z.string() });
const match = z.object({
  path: z
    .object({ type: z.enum(['Exact', 'PathPrefix', 'RegularExpression']).default('PathPrefix'), value: z.string().default('/') })
    .refine(({ type, value }) => type === 'RegularExpression' || value.startsWith('/'), 'must start with /')
    .exactOptional(),
  headers: z.array(valueMatch).exactOptional(),
  queryParams: z.array(valueMatch).exactOptional(),
  method: text,
});
const rule = z
  .object({
    name: text,
    matches: z.array(match).max(64).exactOptional(),
    filters: z.array(filter).max(16).exactOptional(),
    backendRefs: z.array(backendRef).max(16).exactOptional(),
  })
  .transform(({ matches, ...rest }) => (matches === undefined || matches.length === 0 ? rest : { ...rest, matches }))
  .refine(
    ({ filters = [], backendRefs = [] }) => backendRefs.length === 0 || !filters.some(({ type }) => type === 'RequestRedirect'),
    'redirects and has backends',
  );

const httpRoute = z.object({
  ...head('HTTPRoute'),
  spec: z.object({
    parentRefs,
    hostnames: z.array(z.string()).max(16).exactOptional(),
    rules: z.array(rule).min(1).max(16).default([{}]),
  }),
});

const grpcRule = z.object({
  name: text,
  matches: z
    .array(
      z.object({
        method: z.object({ type: z.enum(['Exact', 'RegularExpression']).exactOptional(), service: text, method: text }).exactOptional(),
        headers: z.array(valueMatch).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
  filters: z.array(filter).max(16).exactOptional(),
  backendRefs: z.array(backendRef).max(16).exactOptional(),
});

const grpcRoute = z.object({
  ...head('GRPCRoute'),
  spec: z.object({
    parentRefs,
    hostnames: z.array(z.string()).max(16).exactOptional(),
    rules: z
      .array(grpcRule.transform(({ matches, ...rest }) => (matches === undefined || matches.length === 0 ? rest : { ...rest, matches })))
      .max(16)
      .default([{}]),
  }),
});

const tlsRoute = z.object({
  ...head('TLSRoute'),
  spec: z.object({
    parentRefs,
    hostnames: z.array(z.string()).exactOptional(),
    rules: z.array(z.object({ backendRefs: z.array(backendRef) })),
  }),
});

const referenceGrant = z.object({
  ...head('ReferenceGrant'),
  spec: z.object({
    from: z.array(z.object({ group: z.string(), kind: z.string(), namespace: z.string() })),
    to: z.array(z.object({ group: z.string(), kind: z.string(), name: text })),
  }),
});

const manifest = z.discriminatedUnion('kind', [gateway, listenerSet, httpRoute, grpcRoute, tlsRoute, referenceGrant]);
const KINDS: readonly string[] = ['Gateway', 'ListenerSet', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'ReferenceGrant'];
