import { describe, expect, it } from 'vitest';
import type { Rewrite } from '../../src/route/table.ts';
import { allowList, backend, host, ingress, outcomes, plan, rule, served, table } from './tables.ts';

const web = ingress();
const one = (rules: ReturnType<typeof rule>[]) => plan(table([host('a.test', rules)]));
const rewritten = (rewrite: Rewrite, service = 'web') => ({
  action: { kind: 'forward' as const, backends: [backend(web, service)], rewrite },
});

describe('a prefix that ends in a slash', () => {
  it('leaves the path without it to the next rule that takes it', () => {
    expect(served(one([rule(web, '/foo/', { service: 'foo' }), rule(web, '/')]))).toEqual([
      'a.test [http] /foo/ → foo',
      'a.test [http] / → web',
      'a.test [http] =/foo → web',
    ]);
  });

  it('closes it where no rule takes it', () => {
    expect(served(one([rule(web, '/foo/'), rule(web, '/bar')]))).toContain('a.test [http] =/foo → error');
  });

  it('leaves it to an exact rule, if that asks for nothing else', () => {
    expect(served(one([rule(web, '=/foo', { service: 'exact' }), rule(web, '/foo/')]))).toEqual([
      'a.test [http] =/foo → exact',
      'a.test [http] /foo/ → web',
    ]);
    const when = { service: 'exact', match: { methods: ['GET'] } };
    expect(served(one([rule(web, '=/foo', when), rule(web, '/foo/')]))).toEqual([
      'a.test [http] =/foo GET → exact',
      'a.test [http] /foo/ → web',
      'a.test [http] =/foo → error',
    ]);
  });

  it('leaves it to conditional rules in order, and then to the first without condition', () => {
    const when = { match: { headers: [{ name: 'x', value: '1', kind: 'exact' as const }] } };
    expect(
      served(one([rule(web, '/foo/'), rule(web, '/', { ...when, service: 'canary' }), rule(web, '/', { service: 'all' })])).slice(3),
    ).toEqual(['a.test [http] =/foo x:1 → canary', 'a.test [http] =/foo → all']);
  });

  it('leaves it to a rule that replaces its prefix, with the path written out', () => {
    const made = one([rule(web, '/foo/'), rule(web, '/', rewritten({ kind: 'prefix', path: '/app', entries: [] }, 'all'))]);
    expect(served(made)).toContain('a.test [http] =/foo → {"path":{"type":"ReplaceFullPath","replaceFullPath":"/app/foo"}} all');
  });

  it('leaves it to a withheld rule: closed', () => {
    const made = one([rule(web, '/foo/'), rule(web, '/bar'), rule(web, '/', { intents: [allowList(web)] })]);
    expect(served(made)).toContain('a.test [http] =/foo → error');
  });

  it('is the same prefix as the one without it, of which the rest is never reached', () => {
    const bare = rule(web, '/foo', { service: 'bare' });
    const made = one([rule(web, '/foo/'), bare]);
    expect(served(made)).toEqual(['a.test [http] /foo/ → web', 'a.test [http] =/foo → bare']);
    expect(bare.entries.flatMap((each) => outcomes(made, each))).toContain('converted');
  });

  it('is a matter of patterns, too', () => {
    const rewrite = { kind: 'regex', pattern: '/foo/(.*)', replacement: '/$1', caseInsensitive: true, entries: [] } as const;
    expect(served(one([rule(web, '~/foo/(.*)', rewritten(rewrite)), rule(web, '~/', { service: 'all' })]))).toEqual([
      'a.test [http] /foo/ → {"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/"}} web',
      'a.test [http] / → all',
      'a.test [http] =/foo → all',
    ]);
  });
});
