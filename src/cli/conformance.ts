import { parseAllDocuments } from 'yaml';
import type { SupportedFeatures } from '../gateway/features.ts';
import type { Estate } from '../model/estate.ts';
import { type Json, member } from '../model/json.ts';
import type { ConvertOptions } from '../options.ts';
import { readSources } from '../read/sources.ts';
import { targetNamed } from '../targets/index.ts';
import { type Io, UsageError } from './io.ts';
import type { RawOptions } from './options.ts';

type Asked = Pick<RawOptions, 'conformance' | 'cluster'>;

/** What implementations say of themselves. */
export interface Statements {
  /** Of the implementation that a target writes for; null where nobody speaks of it. */
  readonly ofTarget: (target: string, gatewayClass: string | null) => SupportedFeatures | null;
}

interface Statement {
  readonly features: SupportedFeatures;
  /** Of the GatewayClass; null for a report. */
  readonly gatewayClass: string | null;
}

/**
 * What the destination supports: as the file says, else as the GatewayClass of the cluster does that is written for. null where
 * nobody says.
 * @throws UsageError for a file that says nothing of it
 */
export async function featuresFor(
  raw: Asked,
  { gatewayClass, target }: Pick<ConvertOptions, 'gatewayClass' | 'target'>,
  estate: Estate,
  io: Io,
): Promise<SupportedFeatures | null> {
  const features = (await statementsOf(raw, estate, io)).ofTarget(target, gatewayClass);
  if (features !== null || raw.conformance === undefined) return features;
  throw new UsageError(
    `--conformance: nothing in ${raw.conformance} is of ${gatewayClass === null ? target : `GatewayClass ${gatewayClass}`}: choose another with --target or --gateway-class`,
  );
}

/** @throws UsageError for a file that says nothing, and for a target of which several things say something */
export async function statementsOf({ conformance, cluster }: Asked, estate: Estate, io: Io): Promise<Statements> {
  if (conformance === undefined) {
    const classes = cluster === true ? estate.others.filter(({ ref }) => ref.kind === 'GatewayClass') : [];
    const live = classes.flatMap(({ value }) => statementIn(value));
    return {
      ofTarget: (target, gatewayClass) =>
        live.find((each) => each.gatewayClass === (gatewayClass ?? targetNamed(target).gatewayClassName))?.features ?? null,
    };
  }
  const { files, unread } = await readSources([conformance], { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--conformance: cannot read ${unread.join(', ')}`);
  const found = files
    .flatMap(({ file, text }) => parseAllDocuments(text, { schema: 'failsafe' }).map((document): Json => parsed(document, file)))
    .flatMap(items)
    .flatMap(statementIn);
  const [only] = found;
  if (only === undefined)
    throw new UsageError(`--conformance: ${conformance} has neither a ConformanceReport nor a GatewayClass with status.supportedFeatures`);
  return { ofTarget: (target, gatewayClass) => (found.length === 1 ? only.features : chosen(found, target, gatewayClass, conformance)) };
}

function chosen(found: readonly Statement[], name: string, gatewayClass: string | null, path: string): SupportedFeatures | null {
  const target = targetNamed(name);
  const wanted = gatewayClass ?? target.gatewayClassName;
  const classes = found.filter((each) => each.gatewayClass !== null && each.gatewayClass === wanted);
  const reports = found.filter(({ features }) => features.project != null && features.project === (target.project ?? target.name));
  const own = classes.length > 0 ? classes : reports;
  if (own.length > 1)
    throw new UsageError(
      `--conformance: ${path} has several statements about ${name}: ${own.map(({ features }) => features.source).join(', ')}; name the file of one`,
    );
  return own[0]?.features ?? null;
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

function statementIn(document: Json): readonly Statement[] {
  const kind = member(document, 'kind');
  if (kind === 'ConformanceReport') return [{ features: ofReport(document), gatewayClass: null }];
  return kind === 'GatewayClass' ? ofClass(document) : [];
}

/** Names, or objects with a name, as the API has them since 1.1. An empty list says nothing: the controller does not fill it in. */
function ofClass(value: Json): readonly Statement[] {
  const supported = names(member(member(value, 'status'), 'supportedFeatures'));
  const name = String(member(member(value, 'metadata'), 'name'));
  if (supported.length === 0) return [];
  return [{ features: { source: `GatewayClass ${name}`, supported, unsupported: [], gatewayApi: null }, gatewayClass: name }];
}

/** What belongs to the core is in no list: the profile stands for it where its tests passed. Until 1.0 profiles had shorter names. */
const CORE: ReadonlyMap<string, readonly string[]> = new Map([
  ['HTTP', ['Gateway', 'HTTPRoute', 'ReferenceGrant']],
  ['GRPC', ['Gateway', 'GRPCRoute', 'ReferenceGrant']],
  ['TLS', ['Gateway', 'TLSRoute', 'ReferenceGrant']],
  ['TCP', ['Gateway', 'TCPRoute', 'ReferenceGrant']],
  ['UDP', ['Gateway', 'UDPRoute', 'ReferenceGrant']],
]);

function ofReport(value: Json): SupportedFeatures {
  const list = member(value, 'profiles');
  const all: readonly Json[] = Array.isArray(list) ? list : [];
  // What a mesh can is about other traffic, though some of its features have the same names.
  const profiles = all.flatMap((profile) => {
    const kind = String(member(profile, 'name')).replace(/^GATEWAY-/, '');
    const core = CORE.get(kind);
    return core === undefined ? [] : [{ profile, core }];
  });
  const passed = profiles.filter(({ profile }) => member(member(profile, 'core'), 'result') !== 'failure');
  const listed = (key: string) => profiles.flatMap(({ profile }) => names(member(member(profile, 'extended'), key)));
  const tests = (key: string) => profiles.flatMap(({ profile }) => names(member(member(profile, 'core'), key)));
  const implementation = member(value, 'implementation');
  const text = (key: string) => String(member(implementation, key) ?? '');
  const version = member(value, 'gatewayAPIVersion');
  const supported = [...new Set([...passed.flatMap(({ core }) => core), ...listed('supportedFeatures')])];
  return {
    source: `the conformance report of ${text('project')} ${text('version')}`.trim(),
    supported,
    unsupported: [...new Set(listed('unsupportedFeatures'))].filter((name) => !supported.includes(name)),
    gatewayApi: typeof version === 'string' ? version : null,
    project: text('project') || null,
    leftOut: [...new Set([...tests('skippedTests'), ...tests('failedTests')])].sort(),
  };
}

function names(list: Json | undefined): readonly string[] {
  return (Array.isArray(list) ? list : []).flatMap((item) => {
    const name = typeof item === 'string' ? item : member(item, 'name');
    return typeof name === 'string' ? [name] : [];
  });
}
