import type { OutputObject } from '../gateway/types.ts';
import type { WrittenField } from '../ledger/outcome.ts';
import type { OtherObject } from '../model/objects.ts';
import { type Position, placeText } from '../model/position.ts';
import type { SourceFile } from '../model/source.ts';
import { readManifest } from '../prove/after/manifests.ts';
import type { VerifyOptions } from '../prove/verify.ts';
import { readEstate } from '../read/estate.ts';
import { readSources } from '../read/sources.ts';
import { plain } from '../report/plain.ts';
import { NOT_CONVERTED } from './conversion.ts';
import { type Io, UsageError } from './io.ts';
import { affordableLexemes } from './memory.ts';
import type { RawOptions } from './options.ts';

export interface EditedManifests {
  readonly objects: readonly OutputObject[];
  readonly options: Required<VerifyOptions>;
  /** Documents that could not be read: what they hold is missing from the comparison. */
  readonly unreadable: boolean;
}

/**
 * Gateway API objects as they stand in files after people edited them. Of an object that stands there twice the later one
 * counts, as for kubectl; one that the API server would refuse is left aside and told.
 */
export async function readEditedManifests(path: string, raw: RawOptions, io: Io): Promise<EditedManifests> {
  const files = path === 'cluster' ? await liveManifests(raw, io) : await filesUnder(path, io);
  const { defaultNamespace } = raw;
  const { others, namespaces, findings } = readEstate(files, { defaultNamespace, lexemes: affordableLexemes() });
  const broken = findings.filter(({ code }) => NOT_CONVERTED.includes(code));
  for (const { at, message } of broken) io.stderr(`${plain(`gateshift: --against: ${before(at)}${message}`)}\n`);
  const byName = new Map<string, { readonly object: OutputObject; readonly source: OtherObject }>();
  for (const source of others) {
    if (!source.apiVersion.startsWith('gateway.networking.k8s.io/')) continue;
    const { kind, namespace, name } = source.ref;
    const read = readManifest(source.value, namespace);
    if (read.kind === 'read') byName.set(`${kind} ${namespace}/${name}`, { object: read.object, source });
    if (read.kind !== 'malformed') continue;
    const field = read.path.join('.');
    const line = `gateshift: ${before(source.at)}${kind} ${namespace}/${name} is left aside, as the API server would refuse it: ${field} ${read.reason}`;
    io.stderr(`${plain(line)}\n`);
  }
  if (byName.size === 0 && broken.length === 0) throw new UsageError(`--against: no Gateway API objects in ${path}`);
  return {
    objects: [...byName.values()].map(({ object }) => object),
    options: {
      namespaces: new Map(namespaces.map(({ ref, labels }) => [ref.name, labels])),
      positionOf: (field) => positionIn(byName.get(`${field.kind} ${field.namespace}/${field.name}`)?.source, field),
    },
    unreadable: broken.length > 0,
  };
}

async function filesUnder(path: string, io: Io): Promise<readonly SourceFile[]> {
  const { files, unread } = await readSources([path], { stdin: io.stdin });
  if (unread.length > 0) throw new UsageError(`--against: cannot read ${unread.join(', ')}`);
  return files;
}

async function liveManifests(raw: RawOptions, io: Io): Promise<readonly SourceFile[]> {
  const { readGatewayApi } = await import('./cluster/read-cluster.ts');
  return readGatewayApi(raw, io);
}

/** Of the first leaf below the field, else of the object. */
function positionIn(source: OtherObject | undefined, { field }: WrittenField): Position | null {
  if (source === undefined) return null;
  return source.entries.find(({ name }) => name.startsWith(`${field}.`))?.at ?? source.at;
}

function before(at: Position | null): string {
  return at === null ? '' : `${placeText(at, 'line')}: `;
}
