import { accessFiles, secretAccess } from '../../emit/access.ts';
import { type Change, changesTo } from '../../emit/changes.ts';
import { codeOwners, type FolderOwner, ownerless, ownersOfNothing } from '../../emit/code-owners.ts';
import { foldersOf } from '../../emit/folders.ts';
import { kustomizations } from '../../emit/kustomization.ts';
import { layout, stream } from '../../emit/layout.ts';
import { markedMarkdown } from '../../emit/marker.ts';
import { secretPath } from '../../emit/secret-copies.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import { render } from '../../report/index.ts';
import { changeSummary, keptLines } from '../change-text.ts';
import { type Run, runConversion } from '../conversion.ts';
import { exitCode } from '../exit-code.ts';
import { colorLevel, type Io, UsageError } from '../io.ts';
import type { RawOptions } from '../options.ts';
import { applyChanges, holdsSecrets, readFolder } from '../output-folder.ts';
import { IN_FULL, type ReportRequest, reportRequests, tell, writeReports } from '../reports.ts';

export interface ConvertRawOptions extends RawOptions {
  readonly outDir?: string;
  readonly force?: true;
  readonly diff?: true;
  readonly writeSecrets?: true;
  readonly write: 'folder' | 'sibling';
  readonly kustomization?: true;
  readonly rbac?: true;
  readonly owner: readonly string[];
}

/** Manifests to standard output or a folder, the report for people to standard error. */
export async function convertCommand(paths: readonly string[], raw: ConvertRawOptions, io: Io): Promise<number> {
  const requests = reportRequests(raw);
  const reportOnStdout = requests.some(({ file }) => file === null);
  rejectContradictions(raw, reportOnStdout);
  const { outDir } = raw;
  const owners = ownersOf(raw.owner);
  const run = await runConversion(paths, raw, io, { outDir: outDir ?? null, writeSecrets: raw.writeSecrets === true });
  if (raw.against === 'cluster') await againstCluster(run, raw, io);
  else if (raw.write === 'sibling') await besideIngresses(run, raw, io);
  else if (outDir === undefined) io.stdout(stream(run.objects));
  if (outDir !== undefined && raw.against === undefined) await toFolder(outDir, run, owners, raw, io);
  if (raw.diff !== true && !isTextOnStdout(requests)) await tell(run.report, raw, io);
  await writeReports(requests, run.report, raw, io);
  return exitCode(run);
}

function rejectContradictions(raw: ConvertRawOptions, reportOnStdout: boolean): void {
  if (raw.writeSecrets && raw.outDir === undefined)
    throw new UsageError('--write-secrets needs a folder, since values are never printed: name an --out-dir');
  if (raw.against !== undefined && raw.diff !== true) throw new UsageError('--against says what --diff compares with: add --diff');
  if (raw.against !== undefined) {
    if (reportOnStdout) throw new UsageError('standard output carries the diff: give the report a file');
  } else if (raw.outDir === undefined && raw.write !== 'sibling') {
    if (raw.kustomization) throw new UsageError('--kustomization is about files under --out-dir: name that folder');
    if (raw.rbac) throw new UsageError('--rbac is about files under --out-dir: name that folder');
    if (raw.diff) throw new UsageError('--diff compares with what stands under --out-dir: name that folder, or say --against cluster');
    if (raw.force) throw new UsageError('--force is about files under --out-dir: name that folder');
    if (reportOnStdout)
      throw new UsageError(
        'standard output carries the manifests: give the report a file (--report json=report.json) or name an --out-dir',
      );
  } else if (raw.outDir === '') throw new UsageError('--out-dir names no folder');
  else if (raw.diff && reportOnStdout) throw new UsageError('standard output carries the diff: give the report a file');
}

const OWNED = /^(?:access|(?:infrastructure|gateways|routes|secrets)(?:\/[a-z0-9]([-a-z0-9]*[a-z0-9])?)?)$/;

function ownersOf(texts: readonly string[]): readonly FolderOwner[] {
  return texts.map((text) => {
    const [, folder = '', owner = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    if (!OWNED.test(folder) || !/^\S+(?: \S+)*$/.test(owner))
      throw new UsageError(
        `--owner takes FOLDER=OWNER with infrastructure, gateways, routes, secrets, one of these with /NAMESPACE, or access, not "${text}"`,
      );
    return { folder, owner };
  });
}

/** Said once is enough. */
function isTextOnStdout(requests: readonly ReportRequest[]): boolean {
  return requests.some(({ format, file }) => format === 'text' && file === null);
}

/** In which output the objects for application developers stand. */
function isBeside(run: Run, { write, outDir }: ConvertRawOptions): (planned: PlannedObject) => boolean {
  const folderOf = foldersOf(run.objects);
  return (planned) => write === 'sibling' && (outDir === undefined || folderOf(planned).startsWith('routes/'));
}

/** New files beside those of the Ingresses, which stay as they are. With `--out-dir` the Gateways go there. */
async function besideIngresses(run: Run, raw: ConvertRawOptions, io: Io): Promise<void> {
  const [{ existingSiblings, rejectLoose, unlistedIn }, { siblings, strangers }] = await Promise.all([
    import('../siblings.ts'),
    import('../../emit/siblings.ts'),
  ]);
  const own = run.objects.filter(isBeside(run, raw));
  rejectLoose(own);
  const wanted = siblings(own);
  const files = run.conversion.estate.ingresses.filter(({ ref }) => ref.at.field === undefined).map(({ ref }) => ref.at.file);
  const changes = changesTo(await existingSiblings(files, wanted.keys()), wanted, { force: raw.force === true, remove: !run.unreadable });
  if (raw.diff) await showDiff(changes, raw, io);
  else await applyChanges('.', changes);
  if (raw.quiet === true) {
    io.stderr(keptLines(changes));
    return;
  }
  const added = changes.filter(({ kind }) => kind === 'added').map(({ path }) => path);
  for (const { kustomization, name } of await unlistedIn(added))
    io.stderr(`gateshift: ${kustomization} does not name ${name}: add it to resources\n`);
  for (const [path, objects] of strangers(own)) {
    const names = objects.map(
      ({ object: { kind, metadata } }) => `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`,
    );
    io.stderr(
      `gateshift: ${path} holds what is of no namespace of the Ingresses beside it (${names.join(', ')}): whoever applies it has to have rights there${raw.outDir === undefined ? '; --out-dir puts Gateways into folders of their own' : ''}\n`,
    );
  }
  io.stderr(`${changeSummary(changes, raw.diff !== true, raw.verbose === true)}\n${raw.diff ? '' : '\n'}`);
}

async function toFolder(outDir: string, run: Run, owners: readonly FolderOwner[], raw: ConvertRawOptions, io: Io): Promise<void> {
  const say = (changes: readonly Change[], end: string) => {
    io.stderr(raw.quiet === true ? keptLines(changes) : `${changeSummary(changes, raw.diff !== true, raw.verbose === true)}\n${end}`);
  };
  if (run.empty) {
    // Most likely a wrong path: what an earlier run wrote is not taken away for that.
    if (raw.quiet !== true) io.stderr('Nothing was written: there is no Ingress to convert\n\n');
    return;
  }
  const beside = isBeside(run, raw);
  const objects = run.objects.filter((planned) => !beside(planned));
  const manifests = layout(objects, run.objects);
  const copies = run.conversion.plan.secrets.map(({ copy }) => copy).filter((copy) => run.secretFiles.has(secretPath(copy)));
  const wanted = new Map([
    ...manifests,
    ...(raw.kustomization ? kustomizations([...manifests.keys()]) : []),
    ...(raw.rbac ? [...accessFiles(objects, run.objects), ...secretAccess(copies)] : []),
    ...(owners.length === 0 ? [] : [['CODEOWNERS', codeOwners(owners, outDir)] as const]),
    ...(await folderReports(run)),
    ...[...run.secretFiles].map(([path, text]) => [path, text.open()] as const),
  ]);
  if (owners.length > 0 && raw.quiet !== true) {
    const folders = [...wanted.keys()].flatMap((path) => (path.includes('/') ? [path.slice(0, path.lastIndexOf('/'))] : []));
    for (const folder of ownersOfNothing(owners, folders)) io.stderr(`gateshift: --owner ${folder}: nothing is written to that folder\n`);
    const open = ownerless(owners, folders);
    if (open.length > 0) io.stderr(`gateshift: nobody owns ${open.map((folder) => `${folder}/`).join(', ')}: name them with --owner\n`);
  }
  const changes = changesTo(await readFolder(outDir), wanted, { force: raw.force === true, remove: !run.unreadable });
  if (raw.diff) {
    // Never what holds values, nor what an earlier run wrote of them.
    const manifests = changes.filter(({ path }) => path.endsWith('.yaml') && !holdsSecrets(path));
    await showDiff(manifests, raw, io);
    say(changes, '');
    return;
  }
  await applyChanges(outDir, changes);
  say(changes, '\n');
}

/** What `kubectl apply` would change. */
async function showDiff(changes: readonly Change[], raw: ConvertRawOptions, io: Io): Promise<void> {
  const { diffText } = await import('../diff-text.ts');
  io.stdout(diffText(changes, colorLevel(raw.color, io.stdoutIsTerminal, io.env)));
}

async function againstCluster(run: Run, raw: ConvertRawOptions, io: Io): Promise<void> {
  const [{ liveDiff }, { kubectlOf }] = await Promise.all([import('../cluster/live-diff.ts'), import('../cluster/kubectl.ts')]);
  const kubectl = run.cluster?.kubectl ?? kubectlOf(raw, io.env);
  const { changes, unchanged, unread } = await liveDiff(run.objects, kubectl, run.cluster?.crds ?? null);
  await showDiff(changes, raw, io);
  for (const { kind, reason } of unread) io.stderr(`gateshift: ${kind} could not be compared with: ${reason}\n`);
  if (raw.quiet === true) return;
  const count = (wanted: Change['kind']) => changes.filter(({ kind }) => kind === wanted).length;
  io.stderr(
    `kubectl apply would create ${count('added')}, change ${count('changed')} and leave ${unchanged} as they are; it deletes nothing\n`,
  );
}

/** report.md and report.json stand beside the manifests. */
async function folderReports({ report }: Run): Promise<readonly (readonly [string, string])[]> {
  return [
    ['report.md', markedMarkdown(await render('markdown', report, IN_FULL))],
    ['report.json', await render('json', report, IN_FULL)],
  ];
}
