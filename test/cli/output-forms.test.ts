import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { gateshift, ingress, temporaryFolder } from './session.ts';

const other = (name: string) => ingress(name).replace('namespace: shop', 'namespace: blog');

describe('--kustomization', () => {
  it('names every manifest once, from the top', async () => {
    const out = join(temporaryFolder(), 'out');
    await gateshift(['convert', '-', '--out-dir', out, '--kustomization', '-q'], { stdin: `${ingress('web')}---\n${other('blog')}` });
    const built: string[] = [];
    const build = (folder: string) => {
      for (const name of parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).resources) {
        if (name.endsWith('.yaml')) built.push(join(folder, name));
        else build(join(folder, name));
      }
    };
    build(out);
    const all = readdirSync(out, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.name.endsWith('.yaml') && entry.name !== 'kustomization.yaml',
    );
    expect(built.sort()).toEqual(all.map((entry) => join(entry.parentPath, entry.name)).sort());
    expect(built.length).toBeGreaterThan(3);
  });

  it('goes away again without the option', async () => {
    const out = join(temporaryFolder(), 'out');
    const convert = (...more: string[]) => gateshift(['convert', '-', '--out-dir', out, '-q', ...more], { stdin: ingress('web') });
    await convert('--kustomization');
    expect(existsSync(join(out, 'routes/kustomization.yaml'))).toBe(true);
    await convert();
    expect([existsSync(join(out, 'routes/kustomization.yaml')), existsSync(join(out, 'kustomization.yaml'))]).toEqual([false, false]);
  });

  it('is applied with -k by the plan', async () => {
    const { stdout } = await gateshift(['runbook', '-', '--kustomization'], { stdin: ingress('web') });
    expect(stdout).toContain('kubectl apply -k out\n');
    expect(stdout).not.toContain('apply -R');
  });
});

describe('--rbac and --owner', () => {
  it('grants the owner of a folder what is in it, and nothing else', async () => {
    const out = join(temporaryFolder(), 'out');
    await gateshift(['convert', '-', '--out-dir', out, '--rbac', '-q'], { stdin: `${ingress('web')}---\n${other('blog')}` });
    expect(readdirSync(join(out, 'access')).sort()).toEqual([
      'gateways-gateway-system.yaml',
      'infrastructure.yaml',
      'routes-blog.yaml',
      'routes-shop.yaml',
    ]);
    const role = parse(readFileSync(join(out, 'access/routes-shop.yaml'), 'utf8'));
    expect([role.kind, role.metadata]).toEqual(['Role', { name: 'gateshift-routes', namespace: 'shop' }]);
    expect(role.rules).toEqual([
      {
        apiGroups: ['gateway.networking.k8s.io'],
        resources: ['httproutes'],
        verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
      },
    ]);
    const cluster = parse(readFileSync(join(out, 'access/infrastructure.yaml'), 'utf8'));
    expect([cluster.kind, cluster.rules[0].apiGroups, cluster.rules[0].resources]).toEqual(['ClusterRole', [''], ['namespaces']]);
  });

  it('has the owner of what is referred to consent, in the folder of that team', async () => {
    const out = join(temporaryFolder(), 'out');
    const tls = ingress('web').replace('spec:\n', 'spec:\n  tls:\n    - hosts: [web.example.com]\n      secretName: web-tls\n');
    await gateshift(['convert', '-', '--out-dir', out, '--rbac', '-q'], { stdin: `${tls}---\n${other('blog')}` });
    expect(readdirSync(join(out, 'gateways'))).toEqual(['gateway-system']);
    expect(readdirSync(join(out, 'routes/shop')).sort()).toEqual(expect.arrayContaining([expect.stringMatching(/^referencegrant-/)]));
    const role = parse(readFileSync(join(out, 'access/routes-shop.yaml'), 'utf8'));
    expect(role.rules[0].resources).toEqual(['httproutes', 'referencegrants']);
  });

  it('says which folder nobody owns, and whose folder there is not', async () => {
    const out = join(temporaryFolder(), 'out');
    const { stderr } = await gateshift(['convert', '-', '--out-dir', out, '--owner', 'routes/shpo=@a', '--owner', 'gateways=@b'], {
      stdin: ingress('web'),
    });
    expect(stderr).toContain('--owner routes/shpo: nothing is written to that folder');
    expect(stderr).toContain('nobody owns routes/shop/: name them with --owner');
  });

  it('writes the owners of folders, the broader first', async () => {
    const out = join(temporaryFolder(), 'out');
    const owners = ['--owner', 'routes/shop=@shop-team', '--owner', 'routes=@apps', '--owner', 'infrastructure=@platform @sre'];
    await gateshift(['convert', '-', '--out-dir', out, '-q', ...owners], { stdin: ingress('web') });
    const lines = readFileSync(join(out, 'CODEOWNERS'), 'utf8').split('\n').slice(1);
    expect(lines.map((line) => line.replace(out.replace(/^\//, ''), 'out'))).toEqual([
      '/out/infrastructure/ @platform @sre',
      '/out/routes/ @apps',
      '/out/routes/shop/ @shop-team',
      '',
    ]);
    expect((await gateshift(['convert', '-', '--out-dir', out, '--owner', '../x=@a'], { stdin: ingress('web') })).code).toBe(2);
  });
});

describe('--write sibling', () => {
  const kinds = (file: string) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS().kind);

  it('writes beside the Ingress and leaves its file as it is', async () => {
    const text = `# a comment\n${ingress('web')}---\n# another\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n`;
    const folder = temporaryFolder({ 'web.yaml': text, 'blog.yml': other('blog') });
    const { code, stdout } = await gateshift(['convert', folder, '--write', 'sibling']);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'web.yaml'), 'utf8')).toBe(text);
    expect(readdirSync(folder).sort()).toEqual(['blog.gateway-api.yaml', 'blog.yml', 'web.gateway-api.yaml', 'web.yaml']);
    expect(kinds(join(folder, 'web.gateway-api.yaml'))).toEqual(['HTTPRoute']);
    const again = await gateshift(['convert', folder, '--write', 'sibling']);
    expect(again.stderr).toContain('No file changes');
  });

  it('puts Gateways under --out-dir where there is one', async () => {
    const folder = temporaryFolder({ 'web.yaml': ingress('web'), 'api.yaml': ingress('api') });
    await gateshift(['convert', folder, '--write', 'sibling', '--out-dir', join(folder, 'out'), '-q']);
    expect(kinds(join(folder, 'web.gateway-api.yaml'))).toEqual(['HTTPRoute']);
    expect(existsSync(join(folder, 'out/gateways/shop/gateway-nginx.yaml'))).toBe(true);
    expect(existsSync(join(folder, 'out/routes'))).toBe(false);
  });

  it('puts what a namespace owns beside its own Ingresses, and says what is of none of them', async () => {
    const tls = ingress('web').replace('spec:\n', 'spec:\n  tls:\n    - hosts: [web.example.com]\n      secretName: web-tls\n');
    const folder = temporaryFolder({ 'a-blog.yaml': other('blog'), 'web.yaml': tls });
    const { stderr } = await gateshift(['convert', folder, '--write', 'sibling']);
    expect(kinds(join(folder, 'web.gateway-api.yaml'))).toContain('ReferenceGrant');
    expect(kinds(join(folder, 'a-blog.gateway-api.yaml'))).not.toContain('ReferenceGrant');
    expect(stderr).toMatch(
      /a-blog\.gateway-api\.yaml holds what is of no namespace of the Ingresses beside it \(.*Gateway gateway-system\/nginx/,
    );
    const apart = await gateshift(['convert', folder, '--write', 'sibling', '--out-dir', join(folder, 'out')]);
    expect(apart.stderr).not.toContain('holds what is of no namespace');
    expect(kinds(join(folder, 'web.gateway-api.yaml'))).toContain('ReferenceGrant');
  });

  it('keeps what somebody edited, and takes away what has no route any more', async () => {
    const folder = temporaryFolder({ 'web.yaml': ingress('web'), 'api.yaml': ingress('api') });
    const convert = () => gateshift(['convert', folder, '--write', 'sibling']);
    await convert();
    writeFileSync(join(folder, 'web.gateway-api.yaml'), '# mine\n', { flag: 'a' });
    writeFileSync(join(folder, 'api.yaml'), ingress('api', { 'auth-type': 'basic', 'auth-secret': 'u' }));
    const { stderr } = await convert();
    expect(readFileSync(join(folder, 'web.gateway-api.yaml'), 'utf8')).toContain('# mine');
    expect(stderr).toContain('web.gateway-api.yaml');
  });

  it('says which kustomization does not name the new file', async () => {
    const folder = temporaryFolder({ 'web.yaml': ingress('web'), 'kustomization.yaml': 'resources: [web.yaml]\n' });
    expect((await gateshift(['convert', folder, '--write', 'sibling'])).stderr).toContain(
      'kustomization.yaml does not name web.gateway-api.yaml',
    );
    expect(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).toBe('resources: [web.yaml]\n');
  });

  it('needs a file to stand beside', async () => {
    expect((await gateshift(['convert', '-', '--write', 'sibling'], { stdin: ingress('web') })).code).toBe(2);
  });
});
