import type { IntentOf } from '../../intent/intent.ts';
import type { JsonObject } from '../../model/json.ts';
import { preciseHost } from '../standard/hostname.ts';

export type SignIn =
  | { readonly kind: 'redirect'; readonly override: JsonObject; readonly lost: string }
  | { readonly kind: 'lost'; readonly lost: string };

/** Where a refused browser goes: a redirect in place of Envoy's own 401. It has no query, so it does not say where to return to. */
export function signIn({ signInUrl, signInReturnParam }: IntentOf<'externalAuth'>): SignIn | null {
  if (signInUrl === null) return null;
  const [, scheme = '', host = '', port, path = '/'] =
    /^(https?|\$scheme):\/\/(\$(?:http_)?host|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(\/[^?#$]*)?(?:[?#].*)?$/.exec(signInUrl) ?? [];
  const hostname = host.startsWith('$') ? null : preciseHost(host);
  if (scheme === '' || (hostname === null && !host.startsWith('$')))
    return { kind: 'lost', lost: `a browser gets a bare 401 instead of being sent to ${signInUrl}` };
  return {
    kind: 'redirect',
    override: {
      source: 'Local',
      match: { statusCodes: [{ type: 'Value', value: 401 }] },
      redirect: {
        ...(scheme.startsWith('$') ? {} : { scheme }),
        ...(hostname === null ? {} : { hostname }),
        ...(port === undefined ? {} : { port: Number(port) }),
        path: { type: 'ReplaceFullPath', replaceFullPath: path },
        statusCode: 302,
      },
    },
    lost: `the redirect to sign in has no query: ${signInReturnParam} no longer says where to return to`,
  };
}
