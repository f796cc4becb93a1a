import { parseAllDocuments } from 'yaml';
import type { SupportedFeatures } from '../gateway/features.ts';
import type { Estate } from '../model/estate.ts';
import { type Json, member } from '../model/json.ts';
import type { ConvertOptions } from '../options.ts';
import { readSources } from '../read/sources.ts';
import { targetNamed } from '../targets/index.ts';
import { type Io, UsageError } from './io.ts';
import type { RawOptions } from './options.ts';

/**
 * What the destination supports: as the file says, else as the GatewayClass of the cluster does that is written for. null where
 * nobody says.
 * @throws UsageError for a file that says nothing of it
 */
export async function featuresFor(
  raw: Pick<RawOptions, 'conformance' | 'cluster'>,
  { gatewayClass, target }: ConvertOptions,
  estate: Estate,
  io: Io,
): Promise<SupportedFeatures | null> {
  const { gatewayClassName } = targetNamed(target);
  const wanted = gatewayClass ?? gatewayClassName;
  if (raw.conformance === undefined) {
    const live = estate.others.find(({ ref }) => ref.kind === 'GatewayClass' && ref.name === wanted);
    return live === undefined || raw.cluster !== true ? null : ofClass(live.value);
  }
  const { files, unread } = await readSources([raw.conformance], { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--conformance: cannot read ${unread.join(', ')}`);
  const documents = files.flatMap(({ file, text }) => parseAllDocuments(text).map((document): Json => parsed(document, file)));
  const found = documents.flatMap(items).flatMap((document) => {
    const features = member(document, 'kind') === 'ConformanceReport' ? ofReport(document) : ofClass(document);
    return features === null ? [] : [{ features, name: member(member(document, 'metadata'), 'name') }];
  });
  const own = found.length > 1 ? found.filter(({ name }) => name === wanted) : found;
  const [only] = own;
  if (only !== undefined && own.length === 1) return only.features;
  throw new UsageError(
    found.length === 0
      ? `--conformance: ${raw.conformance} has neither a ConformanceReport nor a GatewayClass with status.supportedFeatures`
      : `--conformance: ${raw.conformance} has several of them: choose a GatewayClass with --gateway-class`,
  );
}

function parsed(document: ReturnType<typeof parseAllDocuments>[number], file: string): Json {
  const [error] = document.errors;
  if (error !== undefined) throw new UsageError(`--conformance: ${file}: ${error.message.split('\n', 1)[0]}`);
  return document.toJS() as Json;
}

function items(document: Json): readonly Json[] {
  const list = member(document, 'items');
  return Array.isArray(list) ? list : [document];
}

/** Names, or objects with a name, as the API has them since 1.1. An empty list says nothing: the controller does not fill it in. */
function ofClass(value: Json): SupportedFeatures | null {
  if (member(value, 'kind') !== 'GatewayClass') return null;
  const supported = names(member(member(value, 'status'), 'supportedFeatures'));
  const name = String(member(member(value, 'metadata'), 'name'));
  return supported.length === 0 ? null : { source: `GatewayClass ${name}`, supported, unsupported: [], gatewayApi: null };
}

/** What belongs to the core is in no list: the profile stands for it where its tests passed. */
const CORE: Readonly<Record<string, readonly string[]>> = {
  'GATEWAY-HTTP': ['Gateway', 'HTTPRoute', 'ReferenceGrant'],
  'GATEWAY-GRPC': ['Gateway', 'GRPCRoute', 'ReferenceGrant'],
  'GATEWAY-TLS': ['Gateway', 'TLSRoute', 'ReferenceGrant'],
  'GATEWAY-TCP': ['Gateway', 'TCPRoute', 'ReferenceGrant'],
  'GATEWAY-UDP': ['Gateway', 'UDPRoute', 'ReferenceGrant'],
};

function ofReport(value: Json): SupportedFeatures {
  const list = member(value, 'profiles');
  const profiles: readonly Json[] = Array.isArray(list) ? list : [];
  const listed = (key: string) => profiles.flatMap((profile) => names(member(member(profile, 'extended'), key)));
  const core = profiles
    .filter((profile) => member(member(profile, 'core'), 'result') !== 'failure')
    .flatMap((profile) => CORE[String(member(profile, 'name'))] ?? []);
  const implementation = member(value, 'implementation');
  const text = (key: string) => String(member(implementation, key) ?? '');
  const version = member(value, 'gatewayAPIVersion');
  return {
    source: `the conformance report of ${text('project')} ${text('version')}`.trim(),
    supported: [...new Set([...core, ...listed('supportedFeatures')])],
    unsupported: listed('unsupportedFeatures'),
    gatewayApi: typeof version === 'string' ? version : null,
  };
}

function names(list: Json | undefined): readonly string[] {
  return (Array.isArray(list) ? list : []).flatMap((item) => {
    const name = typeof item === 'string' ? item : member(item, 'name');
    return typeof name === 'string' ? [name] : [];
  });
}
