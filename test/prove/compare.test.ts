import { describe, expect, it } from 'vitest';
import type { Difference } from '../../src/ledger/finding.ts';
import type { Answer, Share } from '../../src/prove/answer.ts';
import { compareAnswers } from '../../src/prove/compare.ts';
import { gravestFirst } from '../../src/prove/differences.ts';
import { guardedBackends, opens, wasGuarded } from '../../src/prove/guarded.ts';
import { requestOf } from './requests.ts';
import { host, PASSWORD, rule, table } from './routing-table.ts';

const share = (backend: string, more: Partial<Share> = {}): Share => ({ backend, weight: 1, path: '/', host: null, ...more });
const to = (...shares: readonly Share[]): Answer => ({ kind: 'backends', shares, protections: [] });
const guarded = (backend: string, ...protections: readonly string[]): Answer => ({
  kind: 'backends',
  shares: [share(backend)],
  protections,
});
const redirect = (location: string, status = 308): Answer => ({ kind: 'redirect', status, location });
const error = (status: number): Answer => ({ kind: 'error', status });
const passed = (backend: string): Answer => ({ kind: 'passthrough', shares: [share(backend)] });
const unreachable: Answer = { kind: 'unreachable' };
const undecidable: Answer = { kind: 'undecidable', because: 'x' };

const http = requestOf('http://a.test/');

describe('the classes of a difference', () => {
  it.each<readonly [string, Answer, Answer, readonly Difference[]]>([
    ['the same backend', to(share('a')), to(share('a')), []],
    ['another backend', to(share('a')), to(share('b')), ['wrong-backend']],
    ['one of two', to(share('a'), share('b')), to(share('a')), ['wrong-backend']],
    ['weights of another sum', to(share('a', { weight: 90 }), share('b', { weight: 10 })), to(share('a', { weight: 9 }), share('b')), []],
    ['a backend twice', to(share('a'), share('a')), to(share('a')), []],
    ['other weights', to(share('a', { weight: 90 }), share('b', { weight: 10 })), to(share('a'), share('b')), ['weight']],
    ['another path', to(share('a')), to(share('a', { path: '/x' })), ['wrong-path']],
    ['another host', to(share('a', { host: 'b.test' })), to(share('a')), ['headers']],
    ['the host in other case', to(share('a', { host: 'B.test' })), to(share('a', { host: 'b.test' })), []],
    ['path and weights', to(share('a', { weight: 2 }), share('b')), to(share('a'), share('b', { path: '/x' })), ['weight', 'wrong-path']],
    ['a protection', guarded('a', 'basicAuth'), guarded('a'), ['protection']],
    ['one of two protections', guarded('a', 'basicAuth', 'allowList'), guarded('a', 'allowList'), ['protection']],
    ['another protection', guarded('a', 'basicAuth'), guarded('a', 'externalAuth'), ['protection']],
    ['more protection', guarded('a'), guarded('a', 'externalAuth'), []],
    ['an open backend for a protected one', guarded('a', 'basicAuth'), guarded('b'), ['protection', 'wrong-backend']],
    ['no match', to(share('a')), error(404), ['narrower']],
    ['no usable backend', to(share('a')), error(500), ['unreachable']],
    ['no listener', to(share('a')), unreachable, ['unreachable']],
    ['a protected route withheld', guarded('a', 'basicAuth'), error(500), ['unreachable']],
    ['served where there was an error', error(404), to(share('a')), ['wider']],
    ['served where nobody listened', unreachable, to(share('a')), ['wider']],
    ['redirected elsewhere where there was an error', error(404), redirect('https://b.test/'), ['wider']],
    ['an error only after the redirect to https', error(403), redirect('https://a.test/'), ['status']],
    ['an answer of the proxy replaced', error(200), to(share('a')), ['wrong-backend']],
    ['an answer of the proxy replaced by a redirect', error(200), redirect('https://a.test/'), ['redirect']],
    ['the same redirect', redirect('https://a.test/'), redirect('https://a.test/'), []],
    ['another status', redirect('https://a.test/'), redirect('https://a.test/', 301), ['redirect']],
    ['another Location', redirect('https://a.test/'), redirect('https://b.test/'), ['redirect']],
    ['clear text served', redirect('https://a.test/'), to(share('a')), ['protection']],
    ['clear text served, port in the Location', redirect('https://a.test:8443/'), to(share('a')), ['protection']],
    ['a redirect to elsewhere lost', redirect('https://b.test/'), to(share('a')), ['redirect']],
    ['a redirect to a host that begins alike', redirect('https://a.test.b/'), to(share('a')), ['redirect']],
    ['a redirect that ends in an error', redirect('https://a.test/'), error(404), ['redirect']],
    ['a redirect nobody gives', redirect('https://a.test/'), unreachable, ['redirect', 'unreachable']],
    ['a redirect instead of the backend', to(share('a')), redirect('https://a.test/'), ['redirect']],
    ['two refusals', error(404), unreachable, []],
    ['nobody, then an error', unreachable, error(404), []],
    ['another error', error(404), error(500), ['status']],
    ['what cannot be told', to(share('a')), undecidable, ['wrong-path']],
    ['what could not be told', undecidable, to(share('a')), ['wrong-path']],
    ['the same passthrough', passed('a'), passed('a'), []],
    ['passthrough to another backend', passed('a'), passed('b'), ['wrong-backend']],
    ['TLS ended in front of a backend that ended it', passed('a'), to(share('a')), ['wrong-backend']],
    ['passthrough lost', passed('a'), unreachable, ['unreachable']],
    ['passed through, past the password', guarded('a', 'basicAuth'), passed('a'), ['protection', 'wrong-backend']],
    ['passed through where nobody listened', unreachable, passed('a'), ['wider']],
  ])('%s', (_, before, after, differences) => {
    expect(compareAnswers(before, after, http)).toEqual(differences);
  });

  it('a redirect to https on https is none of protection', () => {
    expect(compareAnswers(redirect('https://a.test/x'), to(share('a')), requestOf('https://a.test/'))).toEqual(['redirect']);
  });

  it('are told gravest first', () => {
    expect(gravestFirst(['status', 'wrong-path', 'protection', 'wider'])).toEqual(['protection', 'wider', 'wrong-path', 'status']);
  });
});

describe('the security gate', () => {
  const upgrade = { status: 308, port: 443, entries: [] };
  const backends = guardedBackends(
    table(
      host('a.test', [rule('/admin', 'admin', { intents: [PASSWORD] }), rule('/both', 'both', { intents: [PASSWORD] }), rule('/', 'both')]),
      host('b.test', [rule('/', 'secret', { httpsRedirect: upgrade })]),
      host('c.test', [rule('/', 'only-tls', { scheme: 'https' }), rule('/', 'clear', { scheme: 'http' })]),
    ),
  );

  it('knows the backends that nothing led to in the open', () => {
    expect([...backends.protected]).toEqual(['team/admin:80']);
    expect([...backends.tlsOnly]).toEqual(['team/secret:80', 'team/only-tls:80']);
  });

  it.each<readonly [string, string, Answer, Answer, boolean]>([
    ['a refused request that reaches a protected backend', 'http://a.test/ADMIN', error(404), guarded('team/admin:80'), true],
    ['that is still protected', 'http://a.test/ADMIN', error(404), guarded('team/admin:80', 'externalAuth'), false],
    ['that reaches one which was open elsewhere', 'http://a.test/x', error(404), guarded('team/both:80'), false],
    ['a TLS-only backend in clear text', 'http://d.test/', unreachable, to(share('team/secret:80')), true],
    ['a TLS-only backend over TLS', 'https://d.test/', unreachable, to(share('team/secret:80')), false],
    ['what a backend answered before', 'http://a.test/admin', guarded('team/admin:80', 'basicAuth'), guarded('team/admin:80'), false],
  ])('%s: %s', (_, url, before, after, isOpened) => {
    expect(opens(before, after, requestOf(url), backends)).toBe(isOpened);
  });

  it('counts passwords, lists and the redirect to TLS as protection', () => {
    expect(wasGuarded(guarded('a', 'allowList'), http)).toBe(true);
    expect(wasGuarded(redirect('https://a.test/'), http)).toBe(true);
    expect(wasGuarded(redirect('https://b.test/'), http)).toBe(false);
    expect(wasGuarded(to(share('a')), http)).toBe(false);
  });
});
