import type { Group } from './groups.ts';
import { word } from './markdown.ts';
import { sampleName } from './names.ts';

const PATHS_PER_HOST = 3;

export function curls({ table: { hosts }, hosts: own }: Group): readonly string[] {
  return hosts
    .filter(({ host }) => own.includes(host) && host !== '')
    .flatMap(({ host, ports, rules }) => {
      const paths = rules.flatMap(({ match: { path } }) =>
        path.kind === 'exact' || path.kind === 'prefix' || path.kind === 'text-prefix' ? [path.value] : [],
      );
      const shown = [...new Set(paths.length === 0 ? ['/'] : paths)].slice(0, PATHS_PER_HOST);
      const tls = ports.find(({ scheme }) => scheme === 'https') ?? ports[0] ?? { scheme: 'http' as const, port: 80 };
      return shown.map((path) => {
        const name = sampleName(host);
        const authority = tls.port === (tls.scheme === 'https' ? 443 : 80) ? name : `${name}:${tls.port}`;
        return `for a in "$OLD" "$NEW"; do curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' --connect-to ${word(`${name}:${tls.port}`)}:"$a":${tls.port} ${word(`${tls.scheme}://${authority}${path}`)}; done`;
      });
    });
}

export function pair(lines: readonly string[]): readonly [string, ...string[]] {
  const [first = 'true', ...others] = lines;
  return [first, ...others];
}
