// `npm run bench -- [REVISION] [INGRESSES]`: this checkout against another revision (HEAD), as ratios. Both are built, then
// run in turns, so that whatever else the machine does falls on both alike.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 15;
const root = fileURLToPath(new URL('../../', import.meta.url));
const [revision = 'HEAD', count = '500'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'gateshift-bench-'));

try {
  const before = checkedOut(revision);
  const input = join(folder, 'in.yaml');
  writeFileSync(input, Array.from({ length: Number(count) }, (_, index) => ingress(index)).join('---\n'));
  for (const checkout of [before, root]) execFileSync(process.execPath, ['test/tools/build.mjs'], { cwd: checkout, stdio: 'ignore' });
  report('--version', before, ['--version']);
  report(`convert, ${count} Ingresses`, before, ['convert', input, '-q']);
  ratio(`verify, ${count} Ingresses, to convert`, ['verify', input], ['convert', input, '-q']);
} finally {
  rmSync(folder, { recursive: true });
}

/** The revision's files, beside this checkout's node_modules. */
function checkedOut(name) {
  const target = join(folder, 'before');
  mkdirSync(target);
  const archive = execFileSync('git', ['archive', name], { cwd: root, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', target], { input: archive });
  symlinkSync(resolve(root, 'node_modules'), join(target, 'node_modules'));
  return target;
}

function report(title, before, args) {
  const times = { before: [], after: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.before.push(timed(before, args));
    times.after.push(timed(root, args));
  }
  const [was, is] = [median(times.before), median(times.after)];
  process.stdout.write(`${title}: ${(is / was).toFixed(2)} × ${revision} (${was.toFixed(0)} ms, now ${is.toFixed(0)} ms)\n`);
}

/** Of this checkout alone: one command against another, in turns. */
function ratio(title, args, base) {
  const times = { args: [], base: [] };
  for (let round = 0; round < ROUNDS / 3; round++) {
    times.args.push(timed(root, args));
    times.base.push(timed(root, base));
  }
  process.stdout.write(`${title}: ${(median(times.args) / median(times.base)).toFixed(2)} ×\n`);
}

/** Wall time of one run in ms. The exit status is not looked at: findings are no failure here. */
function timed(checkout, args) {
  const start = performance.now();
  try {
    execFileSync(process.execPath, [join(checkout, 'bin/gateshift.js'), ...args], { stdio: 'ignore' });
  } catch (error) {
    if (error.status === null || error.status > 1) throw error;
  }
  return performance.now() - start;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ingress(index) {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-${index}
  namespace: team-${index % 20}
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/proxy-read-timeout: "${30 + (index % 60)}"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [app-${index}.example.com]
      secretName: app-${index}
  rules:
    - host: app-${index}.example.com
      http:
        paths:
          - { path: "/api(/|$)(.*)", pathType: ImplementationSpecific, backend: { service: { name: api, port: { number: 8080 } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;
}
