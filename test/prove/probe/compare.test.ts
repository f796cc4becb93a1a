import { describe, expect, it } from 'vitest';
import type { Difference } from '../../../src/ledger/finding.ts';
import { compareSeen } from '../../../src/prove/probe/compare.ts';
import { type Seen, seenText } from '../../../src/prove/probe/reply.ts';
import type { SentRequest } from '../../../src/prove/request-json.ts';
import { requestOf } from '../requests.ts';

const sent = (url: string, split = false): SentRequest => ({ ...requestOf(url), target: '/', split });
const reply = (status: number, more: Partial<Extract<Seen, { kind: 'reply' }>> = {}): Seen => ({
  kind: 'reply',
  status,
  location: null,
  headers: {},
  backend: null,
  ...more,
});
const failed: Seen = { kind: 'failed', reason: 'ECONNREFUSED' };
const http = sent('http://a.test/');

describe('two replies', () => {
  it.each<readonly [string, Seen, Seen, readonly Difference[]]>([
    ['alike', reply(200), reply(200), []],
    ['none', failed, failed, []],
    ['served, then none', reply(200), failed, ['unreachable']],
    ['none, then served', failed, reply(200), ['wider']],
    ['none, then refused', failed, reply(404), []],
    ['another success', reply(200), reply(204), ['status']],
    ['not found', reply(200), reply(404), ['narrower']],
    ['no backend', reply(200), reply(503), ['unreachable']],
    ['found', reply(404), reply(200), ['wider']],
    ['a password no longer asked', reply(401), reply(200), ['protection']],
    ['an address no longer refused', reply(403), reply(204), ['protection']],
    ['a password instead of nothing', reply(200), reply(401), ['narrower']],
    ['a password, then a way to sign in', reply(401), reply(302, { location: 'https://sso.test/' }), ['wider']],
    ['two errors', reply(404), reply(500), ['status']],
    ['the same redirect', reply(308, { location: 'https://a.test/' }), reply(308, { location: 'https://a.test/' }), []],
    ['another status', reply(308, { location: 'https://a.test/' }), reply(301, { location: 'https://a.test/' }), ['redirect']],
    ['another Location', reply(302, { location: 'https://a.test/' }), reply(302, { location: 'https://b.test/' }), ['redirect']],
    ['clear text served', reply(308, { location: 'https://a.test/' }), reply(200), ['protection']],
    ['a redirect to elsewhere lost', reply(302, { location: 'https://b.test/' }), reply(200), ['redirect']],
    ['a redirect lost to an error', reply(308, { location: 'https://a.test/' }), reply(404), ['redirect']],
    ['not modified is no redirect', reply(304), reply(304), []],
    ['another backend', reply(200, { backend: 'a' }), reply(200, { backend: 'b' }), ['wrong-backend']],
    ['no backend named', reply(200, { backend: 'a' }), reply(200), ['wrong-backend']],
    ['another header', reply(200, { headers: { 'x-a': '1' } }), reply(200, { headers: { 'x-a': '2' } }), ['headers']],
    ['a header gone', reply(200, { headers: { 'x-a': '1' } }), reply(200, { headers: { 'x-a': null } }), ['headers']],
  ])('%s', (_, before, after, differences) => {
    expect(compareSeen(before, after, http)).toEqual(differences);
  });

  it('from backends that share by weight say nothing about the backend', () => {
    const [a, b] = [reply(200, { backend: 'a' }), reply(200, { backend: 'b' })];
    expect(compareSeen(a, b, sent('http://a.test/', true))).toEqual([]);
  });

  it('over https a redirect to itself protects nothing', () => {
    expect(compareSeen(reply(308, { location: 'https://a.test/x' }), reply(200), sent('https://a.test/'))).toEqual(['redirect']);
  });

  it('are told in a line', () => {
    expect(seenText(reply(200, { backend: 'web', headers: { 'x-a': null } }))).toBe('200 from web (x-a: (absent))');
    expect(seenText(reply(308, { location: 'https://a.test/' }))).toBe('308 → https://a.test/');
    expect(seenText(failed)).toBe('no answer: ECONNREFUSED');
  });
});
