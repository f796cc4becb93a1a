import { GATEWAY_API_GROUP } from '../../gateway/fields.ts';
import type { Release } from '../../gateway/release.ts';
import type { Finding } from '../../ledger/finding.ts';
import type { Json } from '../../model/json.ts';
import type { SourceFile } from '../../model/source.ts';
import { InputError, type Io } from '../io.ts';
import { clusterFindings } from './findings.ts';
import { CRDS_TEMPLATE, crdsIn, type InstalledCrd, installedRelease } from './installed.ts';
import { type ClusterOptions, type Kubectl, kubectlOf, type Said } from './kubectl.ts';
import { builtInKinds, customKinds, type LiveKind } from './live-kinds.ts';
import { liveFiles, objectsIn, type Passing, withoutBookkeeping, withoutPassing } from './live-objects.ts';
import { SECRETS_FIELDS, SECRETS_TEMPLATE, secretsIn } from './live-secrets.ts';

export interface Cluster {
  /** One for each object. */
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
  /** Something without which the result cannot be trusted was not read. */
  readonly unread: boolean;
  /** Kinds that were not read everywhere, as kubectl calls them. */
  readonly unknown: readonly string[];
  /** No namespace was chosen. */
  readonly everywhere: boolean;
  /** The Gateway API in it; null where there is none, or nobody may look. */
  readonly release: Release | null;
  /** null: nobody may look. */
  readonly crds: readonly InstalledCrd[] | null;
  readonly kubectl: Kubectl;
}

/**
 * Reads what the conversion needs from a cluster, through the user's kubectl. What one kind refuses costs the others nothing.
 * @param asked the release that is written for where the cluster does not say
 * @throws UsageError without kubectl, InputError where the cluster does not answer
 */
export async function readCluster(options: ClusterOptions, asked: Release, io: Io): Promise<Cluster> {
  const kubectl = kubectlOf(options, io.env);
  const version = await kubectl('version', ['-o', 'json']);
  if (version.kind === 'failed') throw new InputError(`kubectl does not reach the cluster: ${version.reason}`);
  const [resources, builtIn, secrets, crds] = await Promise.all([
    kubectl('api-resources', ['--verbs=list', '-o', 'name']),
    readKinds(builtInKinds(options.selector), options.namespace, kubectl),
    readSecrets(options.namespace, kubectl),
    readCrds(kubectl),
  ]);
  const parts = [...builtIn, ...(await readKinds(customKinds(resources.text), options.namespace, kubectl))];
  const installed = crds.crds === null ? null : installedRelease(crds.crds, asked);
  const { kept, passing } = withoutPassing(parts.flatMap(({ objects }) => objects));
  return {
    files: liveFiles([...kept, ...secrets.objects]),
    findings: [
      ...passingFindings(passing),
      ...(resources.kind === 'failed' ? [clusterFindings['no-discovery']({ reason: resources.reason })] : []),
      ...parts.flatMap(({ findings }) => findings),
      ...secrets.findings,
      ...crds.findings,
      ...(installed?.findings ?? []),
      ...narrowed(options),
    ],
    unread: parts.some(({ findings }) => findings.some(({ code }) => code === clusterFindings.unread.code)),
    unknown: [
      ...parts.flatMap(({ unknown }) => unknown),
      ...secrets.unknown,
      ...(resources.kind === 'failed' ? ['certificates.cert-manager.io'] : []),
    ],
    everywhere: options.namespace.length === 0,
    release: installed?.release ?? null,
    crds: crds.crds,
    kubectl,
  };
}

function passingFindings({ solvers, leaving, challenged }: Passing): readonly Finding[] {
  const said = (names: readonly string[]) => ({ ingresses: listed(names) });
  return [
    ...(solvers.length === 0 ? [] : [clusterFindings.solvers(said(solvers))]),
    ...(leaving.length === 0 ? [] : [clusterFindings.leaving(said(leaving))]),
    ...(challenged.length === 0 ? [] : [clusterFindings.challenged(said(challenged))]),
  ];
}

function narrowed({ namespace, selector }: ClusterOptions): readonly Finding[] {
  return [
    ...(namespace.length === 0 ? [] : [clusterFindings['some-namespaces']({ namespaces: listed(namespace) })]),
    ...(selector === undefined ? [] : [clusterFindings.selected({ selector })]),
  ];
}

interface Part {
  readonly objects: readonly Json[];
  readonly findings: readonly Finding[];
  /** Kinds that were not read everywhere. */
  readonly unknown: readonly string[];
}

/** The Gateway API objects of a cluster, for what compares with them alone. @throws InputError where they cannot be read */
export async function readGatewayApi(options: ClusterOptions, io: Io): Promise<readonly SourceFile[]> {
  const kubectl = kubectlOf(options, io.env);
  const resources = await kubectl('api-resources', ['--verbs=list', `--api-group=${GATEWAY_API_GROUP}`, '-o', 'name']);
  if (resources.kind === 'failed') throw new InputError(`kubectl does not reach the cluster: ${resources.reason}`);
  const [parts, namespaces] = await Promise.all([
    readKinds(customKinds(resources.text), options.namespace, kubectl),
    readKinds(
      builtInKinds(undefined).filter(({ resource }) => resource === 'namespaces'),
      options.namespace,
      kubectl,
    ),
  ]);
  const [gap] = parts.flatMap(({ findings }) => findings);
  if (gap !== undefined) throw new InputError(gap.message);
  // The labels of namespaces decide about listeners that choose by them; without, their names do.
  return liveFiles([...parts, ...namespaces].flatMap(({ objects }) => objects));
}

/** Kinds that are asked for alike in one call: whoever logs in anew for each has to wait for each. */
async function readKinds(kinds: readonly LiveKind[], namespaces: readonly string[], kubectl: Kubectl): Promise<readonly Part[]> {
  const alike = new Map<string, LiveKind[]>();
  for (const kind of kinds) {
    const key = JSON.stringify([isEverywhere(kind, namespaces), kind.args]);
    alike.set(key, [...(alike.get(key) ?? []), kind]);
  }
  const parts = [...alike.values()].map(async (group): Promise<readonly Part[]> => {
    const together = partOf(await Promise.all(scopesOf(group, namespaces).map((scope) => get(group, scope, kubectl))), null);
    if (together.findings.length === 0) return [together];
    return Promise.all(group.map((kind) => readKind(kind, namespaces, kubectl)));
  });
  return (await Promise.all(parts)).flat();
}

function isEverywhere({ where }: LiveKind, namespaces: readonly string[]): boolean {
  return where === 'controllers' || namespaces.length === 0;
}

function scopesOf([first]: readonly LiveKind[], namespaces: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  return isEverywhere(first, namespaces) ? ['--all-namespaces'] : namespaces.map(inNamespace);
}

function inNamespace(name: string): string {
  return `--namespace=${name}`;
}

function get(kinds: readonly LiveKind[], scope: string, kubectl: Kubectl): Promise<Said> {
  return kubectl('get', [kinds.map(({ resource }) => resource).join(','), scope, '-o', 'json', ...(kinds[0]?.args ?? [])]);
}

/** One kind by itself, so that what is refused can be named, and in the own namespaces where all of them are refused. */
async function readKind(kind: LiveKind, namespaces: readonly string[], kubectl: Kubectl): Promise<Part> {
  const answers = await Promise.all(scopesOf([kind], namespaces).map((scope) => get([kind], scope, kubectl)));
  const [first] = answers;
  const isRefused = first?.kind === 'failed' && first.why === 'forbidden';
  if (!isRefused || namespaces.length === 0 || kind.where === 'chosen') return partOf(answers, kind);
  const own = partOf(await Promise.all(namespaces.map((name) => get([kind], inNamespace(name), kubectl))), kind);
  if (own.findings.length > 0) return own;
  return {
    ...own,
    unknown: [kind.resource],
    findings: [clusterFindings['own-namespaces']({ kind: kind.resource, namespaces: listed(namespaces) })],
  };
}

/** `kind` null: of several, of which it does not matter yet which one failed. */
function partOf(answers: readonly Said[], kind: LiveKind | null): Part {
  const failed = answers.find((answer) => answer.kind === 'failed');
  const objects = answers.flatMap((answer) => (answer.kind === 'said' ? objectsIn(answer.text) : [])).map(withoutBookkeeping);
  if (failed?.kind !== 'failed') return { objects, findings: [], unknown: [] };
  const resource = kind?.resource ?? '';
  return { objects, findings: gapOf(resource, failed.reason, kind?.lost ?? null), unknown: [resource] };
}

function gapOf(kind: string, said: string, lost: string | null): readonly Finding[] {
  // The kind is named already.
  const reason = said.replace(/^\S+ is forbidden: /, '');
  return [lost === null ? clusterFindings.unread({ kind, reason }) : clusterFindings.gap({ kind, reason, lost })];
}

async function readSecrets(namespaces: readonly string[], kubectl: Kubectl): Promise<Part> {
  const scopes = namespaces.length === 0 ? ['--all-namespaces'] : namespaces.map(inNamespace);
  const answers = await Promise.all(scopes.map((scope) => kubectl('get', ['secrets', scope, '-o', SECRETS_TEMPLATE, SECRETS_FIELDS])));
  const failed = answers.find((answer) => answer.kind === 'failed');
  const lost = 'Whether the Secrets that Ingresses name are there, and hold what is needed, is not known; nothing else depends on them.';
  return {
    objects: answers.flatMap((answer) => (answer.kind === 'said' ? secretsIn(answer.text) : [])),
    ...(failed?.kind === 'failed'
      ? { findings: gapOf('secrets', failed.reason, lost), unknown: ['secrets'] }
      : { findings: [], unknown: [] }),
  };
}

export async function readCrds(
  kubectl: Kubectl,
): Promise<{ readonly crds: readonly InstalledCrd[] | null; readonly findings: readonly Finding[] }> {
  const said = await kubectl('get', ['customresourcedefinitions.apiextensions.k8s.io', '-o', CRDS_TEMPLATE]);
  if (said.kind === 'said') return { crds: crdsIn(said.text), findings: [] };
  const lost = 'Which Gateway API is installed is not known: name it with --gateway-api and --channel.';
  return { crds: null, findings: gapOf('customresourcedefinitions', said.reason, lost) };
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
