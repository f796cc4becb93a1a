import type { Finding } from '../../ledger/finding.ts';
import type { ConvertOptions } from '../../options.ts';
import type { Io } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { clusterFindings } from './findings.ts';
import { type Cluster, readCluster } from './read-cluster.ts';

export interface LiveInput {
  readonly cluster: Cluster;
  /** With the release that is installed, where nobody named one. */
  readonly options: ConvertOptions;
  readonly findings: readonly Finding[];
  /** To be said where there is no Ingress. */
  readonly empty: Finding;
}

/** What `--cluster` adds to a conversion. */
export async function liveInput(raw: RawOptions, asked: ConvertOptions, io: Io): Promise<LiveInput> {
  const cluster = await readCluster(raw, asked.release, io);
  const installed = cluster.release;
  const release = {
    version: installed !== null && raw.originOf('gatewayApi').kind === 'default' ? installed.version : asked.release.version,
    channel: installed !== null && raw.originOf('channel').kind === 'default' ? installed.channel : asked.release.channel,
  };
  const differs = installed !== null && (installed.version !== release.version || installed.channel !== release.channel);
  return {
    cluster,
    options: { ...asked, release },
    findings: [
      ...cluster.findings,
      ...(differs ? [clusterFindings['release-differs']({ asked: textOf(release), installed: textOf(installed) })] : []),
    ],
    empty: clusterFindings.empty({}),
  };
}

function textOf({ version, channel }: ConvertOptions['release']): string {
  return `${version} (${channel})`;
}
