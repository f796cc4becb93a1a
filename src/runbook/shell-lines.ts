import type { Group } from './groups.ts';
import { word } from './markdown.ts';
import { sampleName } from './names.ts';

const PATHS_PER_HOST = 3;

/** One line for each path that is asked for: some of a host tell whether it is there at all, and `probe` asks for the rest. */
export function asks({ table: { hosts }, hosts: own }: Group): readonly string[] {
  return hosts
    .filter(({ host }) => own.includes(host) && host !== '')
    .flatMap(({ host, ports, rules }) => {
      const paths = rules.flatMap(({ match: { path } }) =>
        path.kind === 'exact' || path.kind === 'prefix' || path.kind === 'text-prefix' ? [path.value] : [],
      );
      const shown = [...new Set(paths.length === 0 ? ['/'] : paths)].slice(0, PATHS_PER_HOST);
      const { scheme, port } = ports.find((each) => each.scheme === 'https') ?? ports[0] ?? { scheme: 'http', port: 80 };
      return shown.map((path) => `ask ${scheme} ${word(sampleName(host))} ${port} ${word(path)}`);
    });
}

export function pair(lines: readonly string[]): readonly [string, ...string[]] {
  const [first = 'true', ...others] = lines;
  return [first, ...others];
}

/** The names as the words of one command, some to a line. */
export function each(command: string, names: readonly string[], remark = ''): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < names.length; start += NAMES_PER_LINE)
    lines.push(
      `${command} ${names
        .slice(start, start + NAMES_PER_LINE)
        .map(word)
        .join(' ')}${start === 0 && remark !== '' ? `   # ${remark}` : ''}`,
    );
  return lines;
}

const NAMES_PER_LINE = 5;
