// `npm run compare-peers`: runs ingress2gateway, where it is on the path, and gateshift on the same examples, and says of each claim of
// docs/comparison.md whether it holds. Needs `npm run build`. Exit 1 when a claim does not hold.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLAIMS, STRENGTHS } from './peer-claims.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const INSTALL = 'go install github.com/kubernetes-sigs/ingress2gateway@v1.1.0';

export function peerIsThere() {
  return spawnSync('ingress2gateway', ['version']).status === 0;
}

/** Both sides of a claim. `missing` are the patterns that did not show; without the peer only those of gateshift are asked for. */
export function compared({ input, provider, theirs, ours, request, runs = 1 }, withPeer) {
  const ownArguments = ['bin/gateshift.js', 'convert', input, ...(provider === 'aws' ? ['--target', 'aws-alb'] : [])];
  const own = run(process.execPath, ownArguments);
  const missing = ours.filter((pattern) => !pattern.test(own.text));
  if (!withPeer) return { own, peer: null, difference: null, missing };
  const peerArguments = ['print', '--no-color', '--providers', provider, '--input-file', input, '-A'];
  const peer = run('ingress2gateway', peerArguments);
  if (runs > 1) {
    const outputs = new Set(Array.from({ length: runs }, () => run('ingress2gateway', peerArguments).stdout));
    if (outputs.size === 1) missing.push('another output of ingress2gateway');
    if (run(process.execPath, ownArguments).text !== own.text) missing.push('the same output of gateshift');
  }
  missing.push(...theirs.filter((pattern) => !pattern.test(peer.text)));
  const difference = request === null ? null : differenceOf(input, peer.stdout, request);
  if (request !== null && difference === null) missing.push(request);
  return { own, peer, difference, missing };
}

export function strengthHolds({ args, theirs }) {
  const { text } = run('ingress2gateway', args);
  return theirs.every((pattern) => pattern.test(text));
}

/** The paragraph of `gateshift verify` about what the peer wrote that has the request. */
function differenceOf(input, manifests, request) {
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-peer-'));
  const file = join(folder, 'peer.yaml');
  writeFileSync(file, manifests);
  const { text } = run(process.execPath, ['bin/gateshift.js', 'verify', input, '--against', file, '-v']);
  rmSync(folder, { recursive: true });
  return (
    text
      .replaceAll(file, 'peer.yaml')
      .split('\n\n')
      .find((paragraph) => request.test(`${paragraph}\n`)) ?? null
  );
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  return { code: status, stdout, text: `${stdout}${stderr}` };
}

/** The first line that shows a pattern. */
function evidence(patterns, { text, code }) {
  const lines = patterns.map((pattern) => pattern.exec(text)?.[0].split('\n').at(-1)?.trim() ?? `(not found: ${pattern})`);
  return `${lines.join('  ')}  (exit ${code})`;
}

function main() {
  const withPeer = peerIsThere();
  const say = (text) => process.stdout.write(`${text}\n`);
  if (!withPeer) say(`ingress2gateway is not on the path, so that only gateshift is run. To install it: ${INSTALL}\n`);
  let broken = 0;
  for (const claim of CLAIMS) {
    const { own, peer, difference, missing } = compared(claim, withPeer);
    broken += missing.length;
    say(`${missing.length === 0 ? (withPeer ? 'holds' : 'gateshift') : 'DOES NOT HOLD'}  ${claim.id}: ${claim.claim}`);
    say(`  input            ${claim.input}`);
    if (peer !== null) say(`  ingress2gateway  ${evidence(claim.theirs, peer)}`);
    say(`  gateshift        ${evidence(claim.ours, own)}`);
    if (difference !== null) say(difference.replaceAll(/^/gm, '    '));
    say('');
  }
  for (const strength of withPeer ? STRENGTHS : []) {
    const holds = strengthHolds(strength);
    broken += holds ? 0 : 1;
    say(`${holds ? 'holds' : 'DOES NOT HOLD'}  ${strength.id}: ${strength.claim}`);
  }
  process.exitCode = broken === 0 ? 0 : 1;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) main();
