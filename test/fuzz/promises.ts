import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type CrdSet, crdSet } from '../../src/check/crd-set.ts';
import { checkObject } from '../../src/check/crds.ts';
import type { Conversion } from '../../src/convert.ts';
import { changesTo } from '../../src/emit/changes.ts';
import { convertManifests, manifestFiles, manifestStream, toYaml } from '../../src/index.ts';
import type { Json } from '../../src/model/json.ts';
import { outputOf } from '../../src/output.ts';
import { verify } from '../../src/prove/verify.ts';
import { sourceLines } from '../../src/read/lines.ts';
import { REPORT_FORMATS, render } from '../../src/report/index.ts';
import { reported } from '../../src/reported.ts';
import type { Manifest } from './estates.ts';
import type { Use } from './uses.ts';

/** What was promised of every conversion and does not hold here, a line each. */
export async function brokenPromises(files: readonly Manifest[], use: Use, crds: string | null): Promise<readonly string[]> {
  let conversion: Conversion;
  try {
    conversion = convertManifests(files, use);
  } catch (error) {
    return [`crash: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error)}`];
  }
  return [
    ...ledger(conversion),
    ...output(conversion, use, crds),
    ...order(conversion, files, use),
    ...again(conversion, files, use),
    ...folder(conversion),
    ...behaviour(conversion, use),
    ...(await reports(conversion, files)),
  ];
}

function ledger({ estate, ledger: { entries } }: Conversion): readonly string[] {
  const own = estate.ingresses.flatMap(({ annotations, spec }) => [...annotations, ...spec]);
  const settled = new Set(entries.map(({ entry }) => entry));
  const twice = entries.length - settled.size;
  return [
    ...own.filter((entry) => !settled.has(entry)).map(({ key }) => `ledger: ${key} has no line`),
    ...(twice === 0 ? [] : [`ledger: ${twice} entries have two lines`]),
    ...entries.filter(({ finding }) => finding?.code === 'ledger/unsettled').map(({ entry }) => `ledger: ${entry.key} is unsettled`),
  ];
}

function output(conversion: Conversion, use: Use, crds: string | null): readonly string[] {
  const {
    refused,
    ledger: { findings },
  } = outputOf(conversion);
  const reasons = findings.filter(({ code }) => code === 'check/constraint').map(({ message }) => `output: ${message}`);
  const names = conversion.plan.objects.map(
    ({ object: { apiVersion, kind, metadata } }) => `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );
  const repeated = names.filter((name, index) => names.indexOf(name) !== index).map((name) => `output: ${name} is written twice`);
  const changed = conversion.plan.objects.flatMap((planned) => {
    const [document, ...more] = parseAllDocuments(toYaml(planned), { version: '1.1' });
    const isSame = JSON.stringify(document?.toJS()) === JSON.stringify(inOrder(planned.object, document?.toJS()));
    return isSame && more.length === 0 ? [] : [`output: ${planned.object.kind} does not read as it was meant`];
  });
  return [
    ...(refused.length === 0 ? [] : reasons),
    ...repeated,
    ...changed,
    ...(crds === null ? [] : violations(conversion, crdsFor(use, crds))),
  ];
}

/** With the keys of the outer levels in the order in which they were written. */
function inOrder(object: object, written: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(object));
  return sorted(plain, written);
}

function sorted(value: unknown, like: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || typeof like !== 'object' || like === null) return value;
  const others = new Map(Object.entries(like));
  const entries = new Map(Object.entries(value));
  return Object.fromEntries(
    [...others.keys(), ...entries.keys()].flatMap((key) => (entries.has(key) ? [[key, sorted(entries.get(key), others.get(key))]] : [])),
  );
}

function violations(conversion: Conversion, crds: CrdSet): readonly string[] {
  return conversion.plan.objects.flatMap(({ object }) => {
    const result = checkObject(crds, JSON.parse(JSON.stringify(object)));
    return result.kind === 'checked' ? result.violations.map(({ path, message }) => `crd: ${object.kind} ${path} ${message}`) : [];
  });
}

const sets = new Map<string, CrdSet>();

function crdsFor({ release: { version, channel } }: Use, folder: string): CrdSet {
  const own = readdirSync(folder).find((name) => name.startsWith(`gateway-api-v${version}.`)) ?? '';
  const key = join(own, channel);
  const known = sets.get(key);
  if (known !== undefined) return known;
  const others = readdirSync(folder, { withFileTypes: true }).filter(
    (each) => each.isDirectory() && !/^(?:gateway-api-|gke-cluster)/.test(each.name),
  );
  const documents = [key, ...others.map(({ name }) => name)].flatMap((name) => manifestsIn(join(folder, name)).flatMap(documentsOf));
  // Some implementations publish the CRDs of Gateway API with their own, in another release.
  const made = crdSet(
    documents.filter(({ source }) => source.startsWith(join(folder, key)) || !source.includes('gateway.networking.k8s.io')),
  );
  sets.set(key, made);
  return made;
}

function documentsOf(source: string): readonly { readonly source: string; readonly value: Json }[] {
  return parseAllDocuments(readFileSync(source, 'utf8')).map((document) => ({ source, value: document.toJS() as Json }));
}

function manifestsIn(path: string): readonly string[] {
  return existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.ya?ml$/.test(name))
        .map((name) => join(path, name))
    : [];
}

function order(conversion: Conversion, files: readonly Manifest[], use: Use): readonly string[] {
  const other = convertManifests([...files].reverse(), use);
  const codes = ({ ledger: { findings } }: Conversion) => JSON.stringify(findings.map(({ code, at }) => [code, at]));
  return [
    ...(manifestStream(other) === manifestStream(conversion) ? [] : ['order: other manifests when files come in another order']),
    ...(codes(other) === codes(conversion) ? [] : ['order: other findings when files come in another order']),
  ];
}

/** What is there already is not written again. */
const NOT_AGAIN: readonly string[] = ['Namespace', 'GatewayClass', 'BackendTLSPolicy'];

/** With our own output in the input, as in a repository that holds both: the same is written. */
function again(conversion: Conversion, files: readonly Manifest[], use: Use): readonly string[] {
  const written = [...manifestFiles(conversion)].map(([file, text]) => ({ file: `zz/${file}`, text }));
  const other = convertManifests([...files, ...written], use);
  const objects = ({ plan }: Conversion) =>
    plan.objects
      .filter(({ object: { kind } }) => !NOT_AGAIN.includes(kind))
      .map(({ object }) => JSON.stringify(object))
      .sort();
  const [before, after] = [objects(conversion), objects(other)];
  const unlike = before.find((object) => !after.includes(object)) ?? after.find((object) => !before.includes(object));
  const errors = other.ledger.findings.find(({ level, at }) => level === 'error' && at?.file.startsWith('zz/') === true);
  return [
    ...(unlike === undefined ? [] : [`again: another ${JSON.parse(unlike).kind} when the output is in the input as well`]),
    ...(errors === undefined ? [] : [`again: our own output has an error: ${errors.code}`]),
  ];
}

const PATH = /^(?:infrastructure|gateways|routes)\/(?:[a-z0-9_][a-z0-9._-]*\/)?[a-z0-9_][a-z0-9._-]*\.yaml$/;

/** Every object has a file of its own inside the folder, which is known again as ours. */
function folder(conversion: Conversion): readonly string[] {
  const { objects } = outputOf(conversion);
  const files = manifestFiles(conversion);
  const policy = { force: false, remove: true };
  const kept = [...changesTo(files, new Map(), policy)].filter(({ kind }) => kind !== 'removed');
  return [
    ...(files.size === objects.length ? [] : [`folder: ${objects.length} objects in ${files.size} files`]),
    ...[...files.keys()].filter((path) => !PATH.test(path) || path.includes('..')).map((path) => `folder: ${JSON.stringify(path)}`),
    ...(changesTo(files, files, policy).length === 0 ? [] : ['folder: a second run changes something']),
    ...kept.map(({ path }) => `folder: ${path} is not known as ours`),
  ];
}

function behaviour(conversion: Conversion, { onSecurityLoss }: Use): readonly string[] {
  const { discrepancies } = verify(
    conversion,
    conversion.plan.objects.map(({ object }) => object),
  );
  return discrepancies
    .filter(({ explained, differences }) => explained === null && !(onSecurityLoss === 'emit' && differences.includes('protection')))
    .slice(0, 1)
    .map(
      ({ differences, request, before, after }) =>
        `verify: ${differences.join('+')} ${request.scheme}://${request.host}${request.path} ${JSON.stringify(before).slice(0, 150)} → ${JSON.stringify(after).slice(0, 150)}`,
    );
}

async function reports(conversion: Conversion, files: readonly Manifest[]): Promise<readonly string[]> {
  const input = reported(conversion, outputOf(conversion), { findings: [], lineOf: sourceLines(files) });
  const broken: string[] = [];
  for (const format of REPORT_FORMATS) {
    const text = await render(format, input, { detail: 'full', colorLevel: 0, width: null });
    // Control characters, and those that turn the direction of text: a terminal or a viewer would obey them.
    const obeyed = /[^\n\t\P{Cc}]|[\u2028-\u202e\u2066-\u2069]/u.exec(text.replaceAll('\r\n', '\n'));
    if (obeyed !== null) broken.push(`report: ${format} holds ${JSON.stringify(obeyed[0])}`);
    if ((format === 'json' || format === 'sarif') && !isJson(text)) broken.push(`report: ${format} is no JSON`);
  }
  return broken;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
