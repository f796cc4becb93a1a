import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateshift, ingress, temporaryFolder } from '../cli/session.ts';

/** Shell blocks in their order, each with the heading of its step and its place in it. */
function blocks(text: string): readonly { readonly step: string; readonly place: number; readonly lines: readonly string[] }[] {
  return text.split(/^#{2,4} /m).flatMap((section) => {
    const [step = ''] = section.split('\n', 1);
    return [...section.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, body = ''], place) => ({ step, place, lines: body.split('\n') }));
  });
}

/** What commands print in a shell that has the functions of the runbook. */
function shell(text: string, commands: string): string {
  const functions = blocks(text).find(({ step }) => step === 'Before each session')?.lines ?? [];
  return execFileSync('bash', ['-c', `${functions.join('\n')}\n${commands}`], { encoding: 'utf8' });
}

const CHANGES = /^\S*kubectl(?: --context \S+)? (?:delete|patch|annotate|apply|label|edit|replace|scale)\b|^helm (?:uninstall|upgrade)/;

const certified = (name: string) =>
  ingress(name)
    .replace('namespace: shop\n', 'namespace: shop\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt\n')
    .replace('spec:\n', `spec:\n  tls:\n    - hosts: [${name}.example.com]\n      secretName: ${name}-tls\n`);

async function planOf(...manifests: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await gateshift(['runbook', '-'], { stdin: manifests.join('---\n') });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

describe('runbook', () => {
  it('changes nothing before its check, and says the way back', async () => {
    const text = await planOf(certified('web'), ingress('api', { 'proxy-body-size': '8m' }));
    const changing = blocks(text).filter(({ lines }) => lines.some((line) => CHANGES.test(line)));
    const steps = changing.map(({ step }) => step);
    expect(steps).toEqual(expect.arrayContaining(['1.1 Gateway API 1.6, standard channel', '2.1 Write and apply']));
    for (const kind of [
      'Delete shop/web',
      'Delete shop/api',
      'Free 1 Certificate',
      'Move 1 record',
      'Shorten the time to live',
      'Uninstall',
    ])
      expect(
        steps.some((step) => step.includes(kind)),
        kind,
      ).toBe(true);
    for (const { step, place, lines } of changing) {
      const section = text.slice(text.indexOf(` ${step}`)).split(/^#{2,4} /m)[0] ?? '';
      expect(section, step).toMatch(/^Back: ./m);
      // What undoes a step stands in its way back, behind the three blocks of the step.
      if (place === 0) throw new Error(`${step}: ${lines.join('\n')} stands before any check`);
      const before = blocks(text).find((other) => other.step === step && other.place === 0);
      expect(before?.lines.filter((line) => CHANGES.test(line))).toEqual([]);
    }
  });

  it('is made of commands that a shell reads', async () => {
    const odd = ingress('web').replace('path: /', 'path: "/it\'s $(touch here) `x`"');
    const text = await planOf(odd, certified('shop'), ingress('wild').replace('host: wild.example.com', 'host: "*.example.com"'));
    for (const { lines } of blocks(text))
      execFileSync('bash', ['-n'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'ignore', 'pipe'] });
    const line = text.split('\n').find((each) => each.includes('touch here')) ?? '';
    expect(shell(text, `curl() { printf '%s\\n' "$@"; }; OLD=o; NEW=n; ${line}`)).toContain("/it's $(touch here) `x`");
  });

  it('moves what is carried over first, wildcards later, and what lost a protection not at all', async () => {
    const text = await planOf(
      ingress('guarded', { 'auth-type': 'basic', 'auth-secret': 'users' }),
      ingress('lossy', { 'proxy-body-size': '8m' }),
      ingress('wild').replace('host: wild.example.com', 'host: "*.example.com"'),
      ingress('plain'),
    );
    const waves = [...text.matchAll(/^### Wave (\d+): (.*)$/gm)].map(([, , title]) => title);
    expect(waves).toEqual(['plain.example.com', '*.example.com', 'lossy.example.com']);
    expect(text).toMatch(/Not to be moved yet[\s\S]*`guarded\.example\.com`[\s\S]*1 route withheld/);
    expect(text).not.toContain('delete ingress guarded');
  });

  it('moves nothing for which no route was written', async () => {
    const text = await planOf(ingress('plain'), ingress('nobody').replace('number: 80', 'name: unknown'));
    expect([...text.matchAll(/^### Wave/gm)]).toHaveLength(1);
    expect(text).toMatch(/Not to be moved yet[\s\S]*`nobody\.example\.com`/);
    expect(text).not.toContain('delete ingress nobody');
  });

  it('moves hosts together that share an Ingress, and Ingresses that share a host', async () => {
    const second = ingress('other', {}, '/other').replace('host: other.example.com', 'host: web.example.com');
    const two = ingress('two').replace(
      'rules:\n',
      'rules:\n    - host: web.example.com\n      http: {paths: [{path: /two, pathType: Prefix, backend: {service: {name: two, port: {number: 80}}}}]}\n',
    );
    const text = await planOf(ingress('web'), second, two);
    expect([...text.matchAll(/^### Wave/gm)]).toHaveLength(1);
    expect(text).toContain('`two.example.com`, `web.example.com` | `shop/other`, `shop/two`, `shop/web`');
  });

  it('frees Certificates of the Ingress before it is deleted, and only of the Ingress', async () => {
    const text = await planOf(certified('web'));
    const free = text.indexOf('kubectl patch certificate web-tls -n shop');
    expect(free).toBeGreaterThan(0);
    expect(text.indexOf('kubectl delete ingress web -n shop --cascade=orphan')).toBeGreaterThan(free);
    expect(text.slice(free)).toContain('"op":"test","path":"/metadata/ownerReferences/0/kind","value":"Ingress"');
    expect(await planOf(ingress('web'))).not.toContain('patch certificate');
  });

  it('does not depend on the order of the input', async () => {
    const manifests = [certified('web'), ingress('api'), ingress('blog', { 'proxy-body-size': '8m' })];
    const files = (order: readonly string[]) =>
      temporaryFolder(Object.fromEntries(order.map((text) => [`${/name: (\w+)/.exec(text)?.[1]}.yaml`, text])));
    const plan = async (order: readonly string[]) => {
      const folder = files(order);
      return (await gateshift(['runbook', folder])).stdout.replaceAll(folder, 'FOLDER');
    };
    expect(await plan(manifests)).toBe(await plan([...manifests].reverse()));
  });

  it('names the options of the run in its commands', async () => {
    const folder = temporaryFolder({ 'web.yaml': ingress('web') });
    const { stdout } = await gateshift([
      'runbook',
      join(folder, 'web.yaml'),
      '--target',
      'envoy-gateway',
      '--class',
      'internal=nginx',
      '--out-dir',
      'my out',
    ]);
    expect(stdout).toContain(`gateshift convert ${folder}/web.yaml --target envoy-gateway --class internal=nginx --out-dir 'my out'`);
    expect(stdout).toContain('gatewayclass eg');
  });
});

describe('runbook -o', () => {
  it('keeps a file that was edited', async () => {
    const file = join(temporaryFolder(), 'plan.md');
    const write = (...more: string[]) => gateshift(['runbook', '-', '-o', file, ...more], { stdin: ingress('web') });
    expect([(await write()).code, (await write()).code]).toEqual([0, 0]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('- [ ]', '- [x]'));
    const kept = await write();
    expect([kept.code, kept.stderr]).toEqual([2, expect.stringContaining('was edited since it was written')]);
    expect((await write('--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain('- [x]');
  });

  it('exits 3 where there is nothing to move', async () => {
    const { code, stdout, stderr } = await gateshift(['runbook', '-'], { stdin: '' });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('0 Ingresses found');
  });
});
