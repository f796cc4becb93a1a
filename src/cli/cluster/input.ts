import type { Release } from '../../gateway/release.ts';
import type { Finding } from '../../ledger/finding.ts';
import type { Io } from '../io.ts';
import type { InputRawOptions } from '../options.ts';
import { clusterFindings } from './findings.ts';
import { type Cluster, readCluster } from './read-cluster.ts';

export interface LiveInput {
  readonly cluster: Cluster;
  /** What is installed, where nobody named one. */
  readonly release: Release;
  readonly findings: readonly Finding[];
  /** To be said where there is no Ingress. */
  readonly empty: Finding;
}

/** What `--cluster` adds to a conversion. */
export async function liveInput(raw: InputRawOptions, io: Io): Promise<LiveInput> {
  const asked: Release = { version: raw.gatewayApi, channel: raw.channel };
  const cluster = await readCluster(raw, asked, io);
  const installed = cluster.release;
  const release = {
    version: installed !== null && raw.originOf('gatewayApi').kind === 'default' ? installed.version : asked.version,
    channel: installed !== null && raw.originOf('channel').kind === 'default' ? installed.channel : asked.channel,
  };
  const differs = installed !== null && (installed.version !== release.version || installed.channel !== release.channel);
  return {
    cluster,
    release,
    findings: [
      ...cluster.findings,
      ...(differs ? [clusterFindings['release-differs']({ asked: textOf(release), installed: textOf(installed) })] : []),
    ],
    empty: clusterFindings.empty({}),
  };
}

function textOf({ version, channel }: Release): string {
  return `${version} (${channel})`;
}
