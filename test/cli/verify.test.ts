import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonVerification } from '../../src/prove/json.ts';
import { readRequests } from '../../src/prove/request-json.ts';
import { gateshift, ingress, temporaryFolder } from './session.ts';

/** Ingresses in a folder, converted beside it. */
async function converted(files: Readonly<Record<string, string>>): Promise<{ readonly input: string; readonly out: string }> {
  const input = temporaryFolder(files);
  const out = join(temporaryFolder(), 'out');
  await gateshift(['convert', input, '--out-dir', out, '--gateway-class', 'c']);
  return { input, out };
}

/** The one file below the folder whose name holds the text. */
function fileOf(folder: string, part: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml') && path.includes(part));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} files called ${part}: ${found.join(', ')}`);
  return join(folder, found[0]);
}

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, edited);
}

describe('verify', () => {
  it('exits 0 when every difference was announced, and tells the sums', async () => {
    const { code, stdout } = await gateshift(['verify', '-'], { stdin: ingress('web') });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\d,]+ requests compared, [\d,]+ the same/);
  });

  it('exits 1 for a protection that is written without, although the conversion says so', async () => {
    const { code, stdout } = await gateshift(['verify', '-', '--on-security-loss', 'emit'], {
      stdin: ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' }),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('protection lost: GET http://web.example.com/');
    expect(stdout).toMatch(/\d+ requests reach a backend without the protection they had/);
  });

  it('says how many were protected when none lost it', async () => {
    const { code, stdout } = await gateshift(['verify', '-'], { stdin: ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' }) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d+ of them were protected .*, and none reaches a backend without/);
  });

  it('exits 3 without input', async () => {
    expect((await gateshift(['verify', temporaryFolder({ 'a.yaml': '' })])).code).toBe(3);
  });

  it('writes the comparison and its requests as JSON', async () => {
    const folder = temporaryFolder();
    const [json, requests] = [join(folder, 'v.json'), join(folder, 'r.json')];
    await gateshift(['verify', '-', '--json', json, '--requests-out', requests], { stdin: ingress('web') });
    const verification = jsonVerification.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(verification.summary.requests).toBeGreaterThan(10);
    expect(readRequests(readFileSync(requests, 'utf8'))).toEqual(readRequests(readFileSync(json, 'utf8')));
  });

  it('says which file cannot be written', async () => {
    const { code, stderr } = await gateshift(['verify', '-', '--json', '/nowhere/at/all.json'], { stdin: ingress('web') });
    expect(code).toBe(2);
    expect(stderr).toContain('/nowhere/at/all.json');
  });
});

describe('verify --against', () => {
  const files = { 'web.yaml': ingress('web', {}, '/app'), 'api.yaml': ingress('api') };

  it('finds nothing in what convert wrote', async () => {
    const { input, out } = await converted(files);
    expect(await gateshift(['verify', input, '--against', out])).toMatchObject({ code: 0, stderr: '' });
  });

  it('finds what people opened by hand of what was withheld whole', async () => {
    const files = { 'web.yaml': ingress('web', { 'auth-type': 'basic', 'auth-secret': 'users' }) };
    const { input, out } = await converted(files);
    const open = await converted({ 'web.yaml': ingress('web') });
    expect(readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('httproute'))).toEqual([]);
    const { code, stdout } = await gateshift(['verify', input, '--against', open.out]);
    expect(code).toBe(1);
    expect(stdout).toContain('protection lost: GET http://web.example.com/');
  });

  it('finds an edited backend, with file and line on both sides', async () => {
    const { input, out } = await converted(files);
    const route = fileOf(join(out, 'routes'), 'web');
    edit(route, 'name: web\n', 'name: other\n');
    const { code, stdout } = await gateshift(['verify', input, '--against', out]);
    expect(code).toBe(1);
    const line =
      readFileSync(route, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('type: PathPrefix')) + 1;
    expect(stdout).toContain('wrong backend: GET http://web.example.com/app\n');
    expect(stdout).toContain(`${join(input, 'web.yaml')}:9)`);
    expect(stdout).toMatch(new RegExp(`HTTPRoute shop/web-web-example-com rules\\[0\\] \\(${route.replaceAll('.', '\\.')}:${line}\\)`));
    expect(stdout).toContain('nothing announced this');
  });

  it('finds a widened prefix and a removed object', async () => {
    const { input, out } = await converted(files);
    edit(fileOf(join(out, 'routes'), 'web'), 'value: /app', 'value: /');
    expect((await gateshift(['verify', input, '--against', out])).stdout).toContain('wider than before: GET http://web.example.com/\n');
    writeFileSync(fileOf(join(out, 'routes'), 'api'), '');
    expect((await gateshift(['verify', input, '--against', out])).stdout).toContain('narrower than before: GET http://api.example.com/\n');
  });

  it('takes the later of two objects of one name, with labels of namespaces that stand beside them', async () => {
    const { input, out } = await converted(files);
    const gateway = fileOf(join(out, 'gateways'), 'gateway');
    edit(gateway, /from: Same/g, 'from: Selector\n          selector: { matchLabels: { team: shop } }');
    expect((await gateshift(['verify', input, '--against', out])).code).toBe(1);
    writeFileSync(join(out, 'zz.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: shop } }\n');
    expect((await gateshift(['verify', input, '--against', out])).code).toBe(0);
    const route = readFileSync(fileOf(join(out, 'routes'), 'api'), 'utf8');
    writeFileSync(join(out, 'zz-2.yaml'), route.replace('name: api\n          port: 80', 'name: later\n          port: 80'));
    expect((await gateshift(['verify', input, '--against', out])).stdout).toContain('shop/later:80');
  });

  it('leaves aside what the API server would refuse, and says so', async () => {
    const { input, out } = await converted(files);
    edit(fileOf(join(out, 'routes'), 'web'), 'type: PathPrefix', 'type: Prefix');
    const { code, stderr } = await gateshift(['verify', input, '--against', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /web.*\.yaml:\d+: HTTPRoute shop\/web-web-example-com is left aside, as the API server would refuse it: spec\.rules\.0\.matches\.0\.path\.type /,
    );
  });

  it('exits 3 when some of it cannot be read', async () => {
    const { input, out } = await converted(files);
    writeFileSync(join(out, 'broken.yaml'), 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: [\n');
    const { code, stderr } = await gateshift(['verify', input, '--against', out]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/--against: .*broken\.yaml:\d+/);
  });

  it.each([
    ['a folder that is not there', '/nowhere', /cannot read/],
    [
      'one without Gateway API objects',
      temporaryFolder({ 'x.yaml': 'kind: Service\napiVersion: v1\nmetadata: {name: x}\n' }),
      /no Gateway API objects/,
    ],
  ])('of %s is a mistake', async (_, folder, message) => {
    const { code, stderr } = await gateshift(['verify', '-', '--against', folder], { stdin: ingress('web') });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
