import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { outputOf } from '../../src/output.ts';
import { sourceLines } from '../../src/read/lines.ts';
import type { PageData } from '../../src/report/html/page-data.ts';
import { report } from '../../src/report/html/report.ts';
import type { ReportInput } from '../../src/report/input.ts';
import { reported } from '../../src/reported.ts';
import { ingress } from '../cli/session.ts';
import { hostileText } from '../hostile-text.ts';
import { browserScriptModule } from '../tools/browser-script.mjs';
import { CHROMIUM, Page } from './chromium.ts';
import { at, entry, finding, ingressRef, input } from './report-input.ts';

const NASTY = '</script><img src=x onerror=alert(1)>"\'&<!--';

function estate(manifests: readonly string[], more: Partial<ReportInput> = {}): ReportInput {
  const files = manifests.map((text, index) => ({ file: `app-${index}.yaml`, text }));
  const conversion = convertManifests(files);
  return { ...reported(conversion, outputOf(conversion), { findings: [], lineOf: sourceLines(files) }), ...more };
}

const small = () =>
  estate([
    ingress('web', { 'proxy-body-size': '8m' }),
    ingress('admin', { 'auth-type': 'basic', 'auth-secret': 'users' }),
    ingress('blog', { 'x-nasty': NASTY }).replace('namespace: shop', 'namespace: blog'),
  ]);

const dataOf = (html: string): PageData => JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1] ?? '');

/** Elements and attributes as a browser's tokenizer sees them, outside of script and style. */
function tagsOf(html: string): readonly string[] {
  const visible = html.replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1</$2>');
  return [...visible.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag);
}

describe('the HTML report', () => {
  it('is one file that loads nothing and runs nothing but its own script', () => {
    const html = report(small());
    const tags = tagsOf(html);
    expect(tags.filter((tag) => /\s(?:src|on\w+|style|srcset|action|background)\s*=/i.test(tag))).toEqual([]);
    expect(tags.filter((tag) => /^<(?:img|iframe|object|embed|base|video|audio|source)\b/i.test(tag))).toEqual([]);
    for (const tag of tags.filter((each) => each.includes('href') && !each.startsWith('<link'))) expect(tag).toMatch(/href="#/);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(html) ?? [];
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(tags.filter((tag) => tag.startsWith('<link'))).toEqual(['<link rel="icon" href="data:,">']);
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('shows withheld routes first, with the line and what to do, without any script', () => {
    const html = report(small());
    const [, overview = ''] = /<div id="overview">([\s\S]*?)<div id="view"/.exec(html) ?? [];
    expect(overview.indexOf('Withheld routes')).toBeLessThan(overview.indexOf('How every setting ended'));
    expect(overview).toContain('<code>admin.example.com/</code>');
    expect(overview).toContain('<code>- path: /</code>');
    expect(overview).toContain('<b>What to do</b>');
    for (const part of ['Target', 'Vendor', 'Namespace']) expect(overview).toContain(`<th scope="col">${part}</th>`);
    expect(overview).toContain('href="#/ns/blog"');
  });

  it('holds every setting, finding and route once', () => {
    const all = small();
    const data = dataOf(report(all));
    expect([data.settings.length, data.routes.length, data.ingresses.length]).toEqual([all.ledger.entries.length, all.routes.length, 3]);
    const text = (position: number) => data.strings[position];
    expect(data.settings.map(([, key, value, , line]) => [text(key), text(value), line])).toContainEqual([
      'nginx.ingress.kubernetes.io/x-nasty',
      NASTY,
      7,
    ]);
    expect(new Set(data.strings).size).toBe(data.strings.length);
    expect(data.routes.map(([row, host, state]) => [text(data.ingresses[row]?.[1] ?? -1), text(host), text(state)]).sort()).toEqual([
      ['admin', 'admin.example.com', 'withheld'],
      ['blog', 'blog.example.com', 'same'],
      ['web', 'web.example.com', 'changed'],
    ]);
  });

  it('takes no text of the input for markup', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.constant(NASTY), fc.string()), (hostile) => {
        const web = { ...ingressRef(hostile), namespace: hostile, at: at(hostile, 1) };
        const bad = finding('plan/withheld', { message: hostile, help: hostile, at: at(hostile, 1), ingress: web, level: 'error' });
        const all = input({
          ingresses: [web],
          entries: [entry(web, hostile, 'unmapped', { finding: bad })],
          findings: [bad],
          lines: { 1: hostile },
        });
        const html = report({
          ...all,
          withheld: [{ ingress: web, host: hostile, path: hostile, reason: bad }],
          waived: [{ finding: bad, reason: hostile, until: null, by: 'config' }],
        });
        const plain = report({
          ...input({ ingresses: [ingressRef('a')], entries: [entry(ingressRef('a'), 'a', 'unmapped', { finding: bad })] }),
          withheld: [{ ingress: ingressRef('a'), host: 'a', path: '/', reason: bad }],
        });
        const kinds = (text: string) => new Set(tagsOf(text).map((tag) => /^<[a-z0-9]+/i.exec(tag)?.[0]));
        expect([...kinds(html)].filter((kind) => !kinds(plain).has(kind) && !['<ul', '<li', '<span'].includes(kind ?? ''))).toEqual([]);
        expect(html.match(/<\/script>/g)).toHaveLength(2);
        expect(() => dataOf(html)).not.toThrow();
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it('is the same for the same input', () => {
    expect(report(small())).toBe(report(small()));
  });

  it('has the script that its sources make: run `npm run browser` after a change', async () => {
    expect(readFileSync(join(import.meta.dirname, '../../src/report/html/browser-script.ts'), 'utf8')).toBe(await browserScriptModule());
  });
});

const MANY = 5000;

/** Five thousand Ingresses of twenty teams, as a finished run would hand them over. */
function many(): ReportInput {
  const refs = Array.from({ length: MANY }, (_, index) => ({
    ...ingressRef(`app-${index}`, index * 30 + 1),
    namespace: `team-${index % 20}`,
  }));
  const findings = refs.map((ref, index) =>
    finding(`a/b/${index % 9}`, {
      ingress: ref,
      at: at('all.yaml', index + 1),
      level: index % 50 === 0 ? 'error' : 'warning',
      help: 'Do it.',
    }),
  );
  const entries = refs.flatMap((ref, index) => [
    ...Array.from({ length: 11 }, (_, part) => entry(ref, `spec.rules[0].http.paths[${part}].path`, 'converted')),
    entry(ref, 'proxy-body-size', 'unmapped', { finding: findings[index] ?? null }),
  ]);
  const routes = refs.flatMap((ref, index): ReportInput['routes'] => [
    {
      ingress: ref,
      vendor: 'nginx',
      host: `app-${index}.example.com`,
      before: { path: 'Prefix /', to: ['web:80'] },
      after: [{ route: `HTTPRoute ${ref.namespace}/${ref.name}`, path: 'PathPrefix /', to: ['web:80'] }],
      state: index % 100 === 0 ? 'changed' : 'same',
      codes: index % 100 === 0 ? ['a/b/0'] : [],
    },
  ]);
  return { ...input({ ingresses: refs, entries, findings }), routes };
}

describe('the HTML report of 5,000 Ingresses', () => {
  it('is below 8 MB', () => {
    expect(Buffer.byteLength(report(many()))).toBeLessThan(8_000_000);
  });
});

describe.skipIf(CHROMIUM === null)('in a headless Chromium (skipped where none is installed)', () => {
  let folder: string;
  let page: Page;
  const urlOf = (name: string, all: ReportInput) => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, report(all));
    return pathToFileURL(file).href;
  };
  const goTo = async (hash: string) => {
    await page.evaluate(`new Promise((done) => { location.hash = ${JSON.stringify(hash)}; setTimeout(done, 50); })`);
  };
  const textOf = (selector: string) => page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
  const count = (selector: string) => page.evaluate<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gateshift-html-'));
    page = new Page(CHROMIUM ?? '');
    await page.open(urlOf('small', small()));
  }, 60_000);

  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('opens every page without an error, a message or a request', async () => {
    for (const [hash, heading] of [
      ['#/findings', 'Findings'],
      ['#/routes', 'Routes, before and after'],
      ['#/settings', 'Settings'],
      ['#/ns/blog', 'Namespace blog'],
      ['#/ns/%E0%A4%A', 'Namespace %E0%A4%A'],
    ] as const) {
      await goTo(hash);
      expect(await textOf('#view h2')).toBe(heading);
    }
    await goTo('#/');
    expect(await page.evaluate("document.getElementById('view').hidden")).toBe(true);
    expect(page.complaints).toEqual([]);
  });

  it('filters what is typed and ticked, and keeps it in the address', async () => {
    await goTo('#/settings');
    const all = await count('#view tbody tr');
    await page.press('/');
    await page.evaluate('new Promise((done) => setTimeout(done, 50))');
    for (const letter of 'nasty') await page.press(letter);
    await page.evaluate('new Promise((done) => setTimeout(done, 400))');
    expect(await count('#view tbody tr')).toBe(1);
    expect(await textOf('#view td.value')).toBe(NASTY);
    expect(await page.evaluate('location.hash')).toBe('#/settings?q=nasty');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await goTo('#/settings?outcome=unmapped');
    expect(await page.evaluate("document.querySelector('input[value=unmapped]').checked")).toBe(true);
    const unmapped = await count('#view tbody tr');
    expect(unmapped > 0 && unmapped < all).toBe(true);
    await page.evaluate("document.querySelector('input[value=converted]').click()");
    expect(await page.evaluate('location.hash')).toBe('#/settings?outcome=unmapped&outcome=converted');
    expect(await count('#view tbody tr')).toBeGreaterThan(unmapped);
    expect(page.complaints).toEqual([]);
  });

  it('shows of a namespace only what is its own', async () => {
    await goTo('#/ns/blog');
    expect(await textOf('#view')).toContain('blog.example.com');
    expect(await textOf('#view')).not.toContain('admin.example.com');
    await goTo('#/ns/shop');
    expect(await textOf('#view ul.items')).toContain('admin.example.com/');
  });

  it('draws host, path and backend of both sides, and what changed', async () => {
    await goTo('#/routes?q=web.example.com');
    expect(await count('#view .host svg')).toBe(1);
    const texts = await page.evaluate<string[]>("[...document.querySelectorAll('#view svg text')].map((each) => each.textContent)");
    expect(texts).toEqual(expect.arrayContaining(['web.example.com', 'Prefix /', 'web:80', 'PathPrefix /']));
    expect(await count('#view svg g.changed path.across')).toBe(1);
    await page.evaluate("document.querySelector('#view details').open = true; new Promise((done) => setTimeout(done, 50))");
    expect(await textOf('#view details table')).toContain('standard/body-size/no-field');
  });

  it('can be used with the keyboard alone', async () => {
    await page.open(urlOf('fresh', small()));
    await page.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    for (let presses = 0; presses < 4; presses++) await page.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^Routes/);
    await page.press('Enter');
    await page.evaluate('new Promise((done) => setTimeout(done, 50))');
    expect(await textOf('#view h2')).toBe('Routes, before and after');
    expect(await page.evaluate("document.querySelector('nav a[aria-current]').textContent")).toMatch(/^Routes/);
  });

  it('is light or dark as the reader has it, and black on white on paper', async () => {
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const seen: string[] = [];
    for (const value of ['light', 'dark']) {
      await page.send('Emulation.setEmulatedMedia', { media: 'screen', features: [{ name: 'prefers-color-scheme', value }] });
      seen.push(await background());
    }
    await page.send('Emulation.setEmulatedMedia', { media: 'print', features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
    expect([...seen, await background()]).toEqual(['rgb(255, 255, 255)', 'rgb(20, 22, 26)', 'rgb(255, 255, 255)']);
    expect(await page.evaluate("getComputedStyle(document.querySelector('nav')).display")).toBe('none');
    const { data } = await page.send('Page.printToPDF');
    expect(String(data).length).toBeGreaterThan(10_000);
    await page.send('Emulation.setEmulatedMedia', { media: '', features: [] });
  });

  it('asks a server for nothing but itself', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'text/html').end(report(small()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const before = page.complaints.length;
    await page.open(`http://127.0.0.1:${port}/report`);
    await goTo('#/routes');
    await page.evaluate('new Promise((done) => setTimeout(done, 200))');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(asked).toEqual(['/report']);
    expect(page.complaints.slice(before).filter((complaint) => !complaint.startsWith(`request http://127.0.0.1:${port}/report`))).toEqual(
      [],
    );
    page.complaints.length = 0;
  });

  it('answers at once with 5,000 Ingresses', async () => {
    await page.open(urlOf('many', many()));
    expect(page.complaints).toEqual([]);
    expect(await count('*')).toBeLessThan(5_000);
    for (const hash of ['#/findings', '#/routes', '#/settings', '#/ns/team-7', '#/settings?q=team-7+app-4007']) {
      const took = await page.evaluate<number>(
        `new Promise((done) => { const start = performance.now(); addEventListener('hashchange', () => done(performance.now() - start), { once: true }); location.hash = ${JSON.stringify(hash)}; })`,
      );
      expect(took, hash).toBeLessThan(5_000);
    }
    expect(await textOf('#view .found')).toBe('12 settings');
    expect(await count('*')).toBeLessThan(5_000);
  }, 60_000);
});
