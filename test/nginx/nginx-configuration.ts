import type { IngressShape } from './ingress-text.ts';

/** What stands at a path of a host, as the controller's own code makes it (`getBackendServers`, `updateServerLocations`, v1.15). */
interface Place {
  readonly path: string;
  readonly type: 'Exact' | 'Prefix';
  readonly annotations: Readonly<Record<string, string>>;
  /** null: the default backend. */
  readonly service: string | null;
  readonly isDefault: boolean;
}

type Servers = ReadonlyMap<string, readonly Place[]>;

/** `shapes` from the oldest Ingress on. */
export function serversOf(shapes: readonly IngressShape[]): Servers {
  const servers = new Map<string, Place[]>([['', [{ path: '/', type: 'Prefix', annotations: {}, service: null, isDefault: true }]]]);
  for (const { annotations = {}, rules, defaultBackend = null } of shapes) {
    const root = servers.get('')?.[0];
    if (rules === undefined && root?.isDefault === true && defaultBackend !== null)
      servers.get('')?.splice(0, 1, { ...root, service: defaultBackend, isDefault: false });
    for (const host of Object.keys(rules ?? {}))
      if (!servers.has(host)) servers.set(host, [{ path: '/', type: 'Prefix', annotations, service: defaultBackend, isDefault: true }]);
  }
  for (const { annotations = {}, rules } of shapes) {
    for (const [host, paths] of Object.entries(rules ?? {})) {
      const places = servers.get(host) ?? [];
      for (const text of paths ?? []) {
        const [path = '/', service = '', written = 'Prefix'] = text.split(' ');
        const place: Place = { path, type: written === 'Exact' ? 'Exact' : 'Prefix', annotations, service, isDefault: false };
        const at = places.findIndex((other) => other.path === path);
        const known = places[at];
        if (known === undefined || known.type !== place.type) places.push(place);
        else if (known.isDefault) places[at] = place;
      }
    }
  }
  return new Map([...servers].map(([host, places]) => [host, divided(places.toSorted(byLength))]));
}

function byLength(a: Place, b: Place): number {
  return b.path.length - a.path.length || (a.path === b.path ? 0 : a.path > b.path ? -1 : 1);
}

function divided(places: readonly Place[]): readonly Place[] {
  const exact = new Set(places.filter(({ type }) => type === 'Exact').map(({ path }) => path));
  return places.flatMap((place) => {
    if (place.path === '/' || place.type === 'Exact' || isPattern(place)) return [place];
    const slashed = { ...place, path: place.path.endsWith('/') ? place.path : `${place.path}/` };
    return exact.has(place.path) ? [slashed] : [slashed, { ...place, type: 'Exact' as const }];
  });
}

function isRewritten({ annotations, path }: Place): boolean {
  const target = annotations['rewrite-target'] ?? '';
  return target !== '' && target !== path;
}

function isPattern(place: Place): boolean {
  return isRewritten(place) || place.annotations['use-regex'] === 'true';
}

/** The servers of one port as the controller's template writes them. */
export function serverBlocks(servers: Servers, port: number, backendPort: number): string {
  return [...servers]
    .sort(([a], [b]) => ((a || '_') < (b || '_') ? -1 : 1))
    .map(([host, places]) => {
      const patterns = places.some(isPattern);
      const name = host === '' ? '_' : host.startsWith('*.') ? `~^[\\w-]+\\.${host.slice(2).replaceAll('.', '\\.')}$` : host;
      const locations = places.map((place) => locationBlock(place, patterns, backendPort)).join('\n');
      return `server { listen 127.0.0.1:${port}${host === '' ? ' default_server' : ''}; server_name "${name}";\n${locations}\n}`;
    })
    .join('\n');
}

function locationBlock(place: Place, patterns: boolean, backendPort: number): string {
  const { path, type, annotations, service } = place;
  const root = annotations['app-root'];
  const redirect = annotations['permanent-redirect'];
  const words = patterns ? `~* "^${path}"` : type === 'Exact' ? `= "${path}"` : `"${path}"`;
  return [
    root === undefined ? '' : `if ($uri = /) { return 302 $scheme://$http_host${root}; }`,
    `location ${words} {`,
    redirect === undefined ? '' : `return 301 ${redirect};`,
    isRewritten(place) ? `rewrite "(?i)${path}" ${annotations['rewrite-target']} break;` : '',
    `proxy_set_header X-Service ${service ?? 'none'}; proxy_pass http://127.0.0.1:${backendPort}; proxy_redirect off; port_in_redirect off;`,
    '}',
  ].join('\n');
}
