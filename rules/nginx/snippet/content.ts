import type { Directive } from '../../nginx-config/directive.ts';

/** What a location of a snippet answers with, behind its rewrites and its access rules. */
export type Content =
  /** A file of the controller's container, of which there is none. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'service';
      readonly namespace: string;
      readonly service: string;
      readonly port: number;
      readonly path: string | null;
      readonly directive: Directive;
    }
  /** Something that is not seen here. */
  | { readonly kind: 'other'; readonly what: string; readonly directive: Directive }
  /** Removes copies from the cache of the controller, which goes with it. */
  | { readonly kind: 'purge'; readonly directive: Directive };

const HANDLERS =
  /^(proxy_pass|grpc_pass|fastcgi_pass|uwsgi_pass|scgi_pass|memcached_pass|root|alias|index|try_files|autoindex|stub_status|empty_gif|content_by_lua\w*|js_content|perl|mp4|flv|random_index|dav_methods|echo|upload_pass)$/;

export function contentOf(directives: readonly Directive[]): Content {
  const purge = directives.find(({ name }) => name === 'proxy_cache_purge');
  const handler = directives.find(({ name }) => HANDLERS.test(name));
  if (handler === undefined) return purge === undefined ? { kind: 'nothing' } : { kind: 'purge', directive: purge };
  const [target = ''] = handler.args;
  return serviceOf(handler, target) ?? { kind: 'other', what: handler.written, directive: handler };
}

export function isHandler(name: string): boolean {
  return HANDLERS.test(name) || name === 'proxy_cache_purge';
}

/** `http://name.namespace.svc.cluster.local:8080/path`: a Service of the cluster. */
function serviceOf(directive: Directive, target: string): Content | null {
  if (directive.name !== 'proxy_pass') return null;
  const parts = /^http:\/\/([a-z][-a-z0-9]*)\.([a-z0-9][-a-z0-9]*)(?:\.svc(?:\.[-a-z0-9.]+)?)?(?::(\d{1,5}))?(\/[-A-Za-z0-9._~/]*)?$/.exec(
    target,
  );
  if (parts === null || !/\.svc|^http:\/\/[^./]+\.[^./]+(?:[:/]|$)/.test(target)) return null;
  const [, service = '', namespace = '', port = '80', path = null] = parts;
  return { kind: 'service', namespace, service, port: Number(port), path, directive };
}
