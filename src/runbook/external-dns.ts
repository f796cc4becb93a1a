import type { RunbookInput } from './input.ts';
import { flag, isBefore, isOn, type Program, programs } from './programs.ts';

/** An external-dns that runs in the cluster. Defaults are those of its flags. */
export interface DnsInstance {
  readonly program: Program;
  readonly sources: readonly string[];
  readonly policy: string;
  readonly registry: string;
  readonly owner: string;
  readonly provider: string;
  /** Of its annotations; both where the release is not known. */
  readonly prefixes: readonly string[];
  /** Flags that choose what it publishes, as they were given. */
  readonly filters: readonly string[];
  /** Whether it reads the listeners of ListenerSets. */
  readonly listenerSets: boolean;
}

export type Dns =
  /** The Deployments of the cluster were read, and none is one. */
  { readonly kind: 'absent' } | { readonly kind: 'seen'; readonly instances: readonly DnsInstance[] } | { readonly kind: 'unknown' };

/** Its annotations, before 0.22 and since. */
const OLD_PREFIX = 'external-dns.alpha.kubernetes.io/';
const NEW_PREFIX = 'external-dns.kubernetes.io/';

const FILTERS: readonly string[] = [
  'namespace',
  'label-filter',
  'annotation-filter',
  'ingress-class',
  'gateway-name',
  'gateway-namespace',
  'gateway-label-filter',
];

/** Those that publish Ingresses; one that reads other sources alone owns none of the records. */
export function dnsOf({ estate, live }: RunbookInput): Dns {
  const instances = programs(estate, /external-dns/, 'EXTERNAL_DNS_').map(instanceOf);
  const publishing = instances.filter(({ sources }) => sources.includes('ingress'));
  if (publishing.length > 0) return { kind: 'seen', instances: publishing };
  const isComplete = live !== null && !live.unread.includes('deployments.apps');
  return isComplete ? { kind: 'absent' } : { kind: 'unknown' };
}

function instanceOf(program: Program): DnsInstance {
  const own = flag(program, 'annotation-prefix');
  const byRelease = program.version === null ? [OLD_PREFIX, NEW_PREFIX] : [isBefore(program, 0, 22) ? OLD_PREFIX : NEW_PREFIX];
  return {
    program,
    sources: program.flags.get('source') ?? [],
    policy: flag(program, 'policy') ?? 'sync',
    registry: flag(program, 'registry') ?? 'txt',
    owner: flag(program, 'txt-owner-id') ?? 'default',
    provider: flag(program, 'provider') ?? '',
    prefixes: own === null ? byRelease : [own],
    filters: FILTERS.flatMap((name) =>
      (program.flags.get(name) ?? []).filter((value) => value !== '').map((value) => `--${name}=${value}`),
    ),
    listenerSets: isOn(program, 'gateway-listener-sets'),
  };
}

/** The prefixes under which it has to be told something. */
export function prefixesOf(dns: Dns): readonly string[] {
  return dns.kind === 'seen' ? [...new Set(dns.instances.flatMap(({ prefixes }) => prefixes))].sort() : [OLD_PREFIX, NEW_PREFIX];
}

/** Names of the TXT records that say who owns a record, with `$1` for its name and `${1%%.*}`, `${1#*.}` for its parts. */
export function ownerNames(dns: Dns): readonly string[] {
  const affixes =
    dns.kind === 'seen'
      ? dns.instances.map(({ program }) => ({ prefix: flag(program, 'txt-prefix') ?? '', suffix: flag(program, 'txt-suffix') ?? '' }))
      : [{ prefix: '', suffix: '' }];
  const names = affixes.flatMap(({ prefix, suffix }) =>
    ['a', 'cname', ''].map((type) => {
      const named = /%\{record_type\}/.test(prefix + suffix);
      const mark = named || type === '' ? '' : `${type}-`;
      const [before, after] = [prefix, suffix].map((text) => quotable(text.replaceAll('%{record_type}', type)));
      return after === '' ? `${before}${mark}$1` : `${mark}\${1%%.*}${after}.\${1#*.}`;
    }),
  );
  return [...new Set(names)];
}

/** Within double quotes. */
function quotable(text: string): string {
  return text.replace(/["\\$`\p{Cc}]/gu, '');
}
