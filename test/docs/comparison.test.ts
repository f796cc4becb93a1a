import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compared, peerIsThere, strengthHolds } from '../tools/compare-peers.mjs';
import { CLAIMS, STRENGTHS } from '../tools/peer-claims.mjs';
import { ROOT, readPage } from './page.ts';

const page = readPage('docs/comparison.md');
/** Without it gateshift's side alone is held. */
const withPeer = peerIsThere();
if (!withPeer) process.stdout.write('ingress2gateway is not on the path: its side of docs/comparison.md is not held\n');

describe('docs/comparison.md', () => {
  it('has a row for every claim and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, id]) => id);
    expect(rows).toEqual([...STRENGTHS, ...CLAIMS].map(({ id }) => id));
  });

  it.each(CLAIMS.map((claim) => [claim.id, claim] as const))(`%s holds${withPeer ? '' : ' on the side of gateshift'}`, (_, claim) => {
    expect(existsSync(join(ROOT, claim.input))).toBe(true);
    expect(page).toContain(claim.input);
    expect(compared(claim, withPeer).missing.map(String)).toEqual([]);
  });

  it.runIf(withPeer).each(STRENGTHS.map((strength) => [strength.id, strength] as const))('%s holds', (_, strength) => {
    expect(strengthHolds(strength)).toBe(true);
  });
});
