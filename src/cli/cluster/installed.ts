import { CHANNELS, type Channel, GATEWAY_API_VERSIONS, type Release } from '../../gateway/release.ts';
import type { Finding } from '../../ledger/finding.ts';
import { compareText } from '../../model/position.ts';
import { clusterFindings } from './findings.ts';

/** One CRD of the cluster: what it defines, and what Gateway API's own say of their release. */
export interface InstalledCrd {
  /** `httproutes.gateway.networking.k8s.io` */
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly bundleVersion: string;
  readonly channel: string;
}

/** Of the many schemas nothing is printed but what they are called. */
export const CRDS_TEMPLATE = `go-template={{range .items}}{{printf "%s\\t%s\\t%s\\t" .metadata.name .spec.group .spec.names.kind}}{{with .metadata.annotations}}{{with index . "gateway.networking.k8s.io/bundle-version"}}{{.}}{{end}}{{"\\t"}}{{with index . "gateway.networking.k8s.io/channel"}}{{.}}{{end}}{{end}}{{"\\n"}}{{end}}`;

export function crdsIn(text: string): readonly InstalledCrd[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', group = '', kind = '', bundleVersion = '', channel = ''] = line.split('\t');
    return kind === '' ? [] : [{ name, group, kind, bundleVersion, channel }];
  });
}

const GROUP = 'gateway.networking.k8s.io';
/** Everything is attached to these two: what the older of them lacks cannot be used. */
const CORE: readonly string[] = ['Gateway', 'HTTPRoute'];

export interface InstalledRelease {
  /** null: Gateway API is not installed, or says nothing that is known. */
  readonly release: Release | null;
  readonly findings: readonly Finding[];
}

/** The release and channel of the Gateway API in the cluster. @param fallback what is written for where it does not say */
export function installedRelease(crds: readonly InstalledCrd[], fallback: Release): InstalledRelease {
  const core = crds.filter(({ group, kind }) => group === GROUP && CORE.includes(kind));
  if (core.length === 0) return { release: null, findings: [clusterFindings['no-gateway-api']({ ...fallback })] };
  const versions = core.map(({ bundleVersion }) => bundleVersion).sort(byRelease);
  const [said = ''] = versions;
  const channel: Channel = core.every((crd) => crd.channel === 'experimental') ? 'experimental' : 'standard';
  const version = GATEWAY_API_VERSIONS.find((each) => each === minorOf(said));
  if (version !== undefined && core.every((crd) => CHANNELS.some((each) => each === crd.channel)))
    return { release: { version, channel }, findings: [] };
  const nearest = { version: version ?? nearestVersion(said), channel };
  return {
    release: nearest,
    findings: [clusterFindings['release-unknown']({ said: `${said} ${core[0]?.channel ?? ''}`.trim(), ...nearest })],
  };
}

/** `1.4` of `v1.4.1`. */
function minorOf(version: string): string {
  return /^v?(\d+\.\d+)/.exec(version)?.[1] ?? '';
}

/** An older release is written for as the oldest that is known, a newer one as the newest. */
function nearestVersion(said: string): Release['version'] {
  const [oldest] = GATEWAY_API_VERSIONS;
  const newest = GATEWAY_API_VERSIONS.at(-1) ?? oldest;
  return said !== '' && byRelease(said, newest) > 0 ? newest : oldest;
}

/** Number by number, so that 1.10 is after 1.9; what is no version comes first. */
function byRelease(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => [...text.matchAll(/\d+/g)].map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? -1) - (right?.[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return compareText(a, b);
}
