import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const ROUTE = 'routes/shop/httproute-web-web-example-com.yaml';

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('the output folder', () => {
  it('may lie in the input: a second run finds the same', async () => {
    const input = temporaryFolder({
      'web.yaml': ingress('web'),
      'blog.yaml': ingress('blog').replace('namespace: shop', 'namespace: blog'),
    });
    const args = ['convert', input, '--out-dir', join(input, 'out')];
    await gateshift(args);
    const files = filesIn(join(input, 'out'));
    expect(files).toContain('infrastructure/namespace-gateway-system.yaml');
    const again = await gateshift(args);
    expect(again.stderr).toContain('nothing was written');
    expect(again.stderr).toContain('2 Ingresses in 2 files');
    expect(filesIn(join(input, 'out'))).toEqual(files);
    expect((await gateshift(['check', input])).stdout).toContain('2 Ingresses in 2 files');
  });

  it('is not emptied when the path was wrong', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    const files = filesIn(out);
    const { code, stderr } = await gateshift(['convert', join(out, 'nowhere'), '--out-dir', out]);
    expect([code, filesIn(out)]).toEqual([3, files]);
    expect(stderr).toContain('Nothing was written');
  });

  it('keeps what is no longer produced while not all of the input can be read', async () => {
    const out = temporaryFolder();
    const both = `${ingress('web')}---\n${ingress('old')}`;
    await gateshift(['convert', '-', '--out-dir', out], { stdin: both });
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out], { stdin: `${ingress('web')}---\nkind: Ingress\nmetadata: [` });
    expect(stderr).toContain('routes/shop/httproute-old-old-example-com.yaml: no longer produced; left as it is');
    expect(existsSync(join(out, 'routes/shop/httproute-old-old-example-com.yaml'))).toBe(true);
  });

  it('says what it removes, with the folder that became empty', async () => {
    const out = temporaryFolder();
    const other = ingress('old').replace('namespace: shop', 'namespace: other');
    await gateshift(['convert', '-', '--out-dir', out, '--gateway-namespace', 'shop'], { stdin: `${ingress('web')}---\n${other}` });
    expect(existsSync(join(out, 'routes/other'))).toBe(true);
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out, '--gateway-namespace', 'shop'], { stdin: ingress('web') });
    expect(stderr).toContain('routes/other/httproute-old-old-example-com.yaml: no longer produced; removed');
    expect(existsSync(join(out, 'routes/other'))).toBe(false);
  });

  it('keeps an edited file that is no longer produced, even with --force, and says so', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: `${ingress('web')}---\n${ingress('old')}` });
    const old = join(out, 'routes/shop/httproute-old-old-example-com.yaml');
    writeFileSync(old, `${readFileSync(old, 'utf8')}# mine\n`);
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out, '--force'], { stdin: ingress('web') });
    expect(stderr).toContain('httproute-old-old-example-com.yaml: edited since it was written, and no longer produced');
    expect(readFileSync(old, 'utf8')).toContain('# mine');
  });

  it('calls nothing up to date while an edited file differs from what was converted, and says so to who asked for errors alone too', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    const route = join(out, ROUTE);
    writeFileSync(route, readFileSync(route, 'utf8').replace('port: 80', 'port: 81'));
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    expect(stderr).toContain(`${ROUTE}: edited since it was written; left as it is`);
    expect(stderr).not.toContain('up to date');
    for (const more of [[], ['--diff']]) {
      const quiet = await gateshift(['convert', '-', '--out-dir', out, '-q', ...more], { stdin: ingress('web') });
      expect(quiet.stderr).toBe(`gateshift: ${ROUTE}: edited since it was written; left as it is (--force overwrites it)\n`);
    }
  });

  it('writes through no link, neither file nor folder', async () => {
    const [out, elsewhere] = [temporaryFolder(), temporaryFolder({ 'target.yaml': 'kind: Mine\n' })];
    mkdirSync(join(out, 'routes/shop'), { recursive: true });
    symlinkSync(join(elsewhere, 'target.yaml'), join(out, ROUTE));
    symlinkSync(elsewhere, join(out, 'gateways'));
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out, '--force'], { stdin: ingress('web') });
    expect(stderr).toContain(`${ROUTE}: not written by gateshift; left as it is`);
    expect(readdirSync(elsewhere)).toEqual(['target.yaml']);
    expect(readFileSync(join(elsewhere, 'target.yaml'), 'utf8')).toBe('kind: Mine\n');
  });

  it('takes a checkout with Windows line ends for unchanged', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    for (const file of filesIn(out)) writeFileSync(join(out, file), readFileSync(join(out, file), 'utf8').replaceAll('\n', '\r\n'));
    expect((await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') })).stderr).toContain('nothing was written');
  });

  it('keeps a report.md that somebody worked in', async () => {
    const out = temporaryFolder();
    await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web') });
    writeFileSync(join(out, 'report.md'), `${readFileSync(join(out, 'report.md'), 'utf8')}- [x] done\n`);
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out], { stdin: ingress('web', { 'proxy-body-size': '8m' }) });
    expect(stderr).toContain('report.md: edited since');
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('[x] done');
  });

  it('that cannot be written is one line and exit 2, and leaves nothing half-written', async () => {
    const folder = temporaryFolder({ file: 'x' });
    const { code, stderr } = await gateshift(['convert', '-', '--out-dir', join(folder, 'file')], { stdin: ingress('web') });
    expect([code, stderr.split('\n').length]).toEqual([2, 2]);
    mkdirSync(join(folder, 'out', ROUTE), { recursive: true });
    const blocked = await gateshift(['convert', '-', '--out-dir', join(folder, 'out')], { stdin: ingress('web') });
    expect(blocked.stderr).toContain(`${ROUTE}: not written by gateshift`);
    expect(statSync(join(folder, 'out', ROUTE)).isDirectory()).toBe(true);
    expect(filesIn(join(folder, 'out')).filter((file) => file.includes('tmp'))).toEqual([]);
  });

  it('gets a file for each report that is named, beside the one on standard output', async () => {
    const folder = temporaryFolder();
    const { stdout, stderr } = await gateshift(
      [
        'convert',
        '-',
        '--out-dir',
        join(folder, 'out'),
        '--report',
        'text',
        '--report',
        `github=${join(folder, 'g')}`,
        '--report',
        `json=${join(folder, 'j')}`,
      ],
      { stdin: ingress('web', { 'proxy-body-size': '8m' }) },
    );
    expect(stdout).toContain('1 unmapped; 0 lost');
    expect(stderr).not.toContain('0 lost');
    expect(readFileSync(join(folder, 'g'), 'utf8')).toMatch(/^::warning /);
    expect(readFileSync(join(folder, 'j'), 'utf8')).toBe(readFileSync(join(folder, 'out/report.json'), 'utf8'));
  });
});
