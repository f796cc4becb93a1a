import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/intent/intent.ts';
import type { Target } from '../../src/targets/contract.ts';
import { portable } from './portable-target.ts';
import { allowList, backend, codes, entry, host, httpsRedirect, ingress, outcomes, plan, rule, secret, served, table } from './tables.ts';

const web = ingress();
const other = ingress('other');
const closed = () => ({ intents: [allowList(web)] });
const jwt: Intent = { kind: 'jwt', issuer: 'i', jwksUri: 'u', parameters: {}, entries: [] };
const without: Target = { ...portable, regexPaths: 'none' };
const ordered: Target = { ...portable, regexPaths: 'ordered' };

const one = (rules: ReturnType<typeof rule>[], setting: Parameters<typeof plan>[1] = {}) => plan(table([host('a.test', rules)]), setting);

describe('a protection that cannot be written', () => {
  it('withholds its rule, and a guard keeps the open rule from answering', () => {
    const rules = [rule(web, '/admin', closed()), rule(other, '/')];
    const made = one(rules);
    expect(served(made)).toEqual(['a.test [http] / → web', 'a.test [http] /admin → error']);
    expect(made.withheld).toMatchObject([{ ingress: web, host: 'a.test', path: '/admin', reason: { code: 'plan/withheld' } }]);
    expect(outcomes(made, rules[0]?.entries[0] ?? entry(web, 'none'))).toEqual(['unmapped']);
    expect(outcomes(made, rules[0]?.intents[0]?.entries[0] ?? entry(web, 'none'))).toEqual(['unmapped']);
  });

  it('leaves nothing where nothing else is open', () => {
    expect(one([rule(web, '/admin', closed())]).objects).toEqual([]);
  });

  it('keeps longer open paths, as the controller does', () => {
    expect(served(one([rule(web, '/admin/public'), rule(web, '/admin', closed()), rule(web, '/')]))).toEqual([
      'a.test [http] /admin/public → web',
      'a.test [http] /admin → error',
      'a.test [http] / → web',
    ]);
  });

  it('is lost on demand, and told', () => {
    const made = one([rule(web, '/admin', closed()), rule(web, '/')], { options: { onSecurityLoss: 'emit' } });
    expect(served(made)).toEqual(['a.test [http] /admin → web', 'a.test [http] / → web']);
    expect(made.withheld).toEqual([]);
    expect(codes(made)).toContain('plan/protection-lost');
  });

  it('holds for a whole host', () => {
    const made = plan(
      table([host('a.test', [rule(web, '/a'), rule(web, '/')], { intents: [allowList(web)] }), host('b.test', [rule(web, '/')])]),
    );
    expect(served(made)).toEqual(['b.test [http] / → web']);
    expect(made.withheld).toHaveLength(2);
  });

  it('is none where the rule redirects: nothing stands behind it', () => {
    const action = {
      kind: 'redirect',
      redirect: { status: 301, scheme: null, host: 'x.test', port: null, path: { kind: 'keep' }, query: { kind: 'keep' }, entries: [] },
    } as const;
    expect(served(one([rule(web, '/', { ...closed(), action })]))).toEqual(['a.test [http] / → x.test 301']);
  });

  it('withholds although something else prevents the rule as well', () => {
    const unresolved = { kind: 'forward', backends: [backend(web, 'web', { port: null })], rewrite: null } as const;
    const made = one([rule(web, '/a', { ...closed(), action: unresolved }), rule(web, '/b//c', closed()), rule(web, '/b'), rule(web, '/')]);
    expect(made.withheld.map(({ path }) => path)).toEqual(['/a', '/b//c', '/b']);
    expect(served(made)).toEqual(['a.test [http] /a → error', 'a.test [http] /b → error', 'a.test [http] / → web']);
  });
});

describe('case-insensitive patterns', () => {
  it('are guarded in every spelling, and what overlaps is ranked among them', () => {
    expect(served(one([rule(web, '~/admin', closed()), rule(web, '~/')]))).toEqual([
      'a.test [http] ~(?i)/admin.*, /admin → error',
      'a.test [http] ~/.* → web',
    ]);
  });

  it('take an open rule with them that is ranked above the guard', () => {
    // Lookahead: only what comes before it can be guarded, and the open rule is longer than that.
    const made = one([rule(web, '~/api/(?!public)[a-z/]+', closed()), rule(web, '~/api/v1/users'), rule(web, '~/')]);
    expect(served(made)).toEqual([
      'a.test [http] ~(?i)/api/.* → error',
      'a.test [http] ~(?i)/api/v1/users.*, /api/v1/users → error'.replace(', /api/v1/users', ''),
      'a.test [http] ~/.* → web',
    ]);
    expect(codes(made)).toContain('plan/covered-by-withheld');
  });

  it('take an open rule with them that cannot be a pattern itself', () => {
    const rewrite = { kind: 'regex', pattern: '/(.*)', replacement: '/app/$1', caseInsensitive: true, entries: [] } as const;
    const open = rule(web, '~/(.*)', { action: { kind: 'forward', backends: [backend(web)], rewrite } });
    const made = one([rule(web, '~/admin', closed()), open]);
    expect(served(made)).toEqual([]);
    expect(made.withheld.map(({ path, reason }) => `${path} ${reason.code}`)).toEqual([
      '/admin plan/withheld',
      '/(.*) plan/covered-by-withheld',
    ]);
    expect(served(one([rule(web, '~/admin', closed()), open], { target: ordered }))).toHaveLength(2);
  });

  it('close whatever may be meant on a target without patterns', () => {
    const made = one([rule(web, '~/admin', closed()), rule(web, '~/')], { target: without });
    expect(served(made)).toEqual([]);
    expect(made.withheld).toHaveLength(2);
  });

  it('do not take longer open rules with them that the controller tries first', () => {
    expect(served(one([rule(web, '~/admin/public'), rule(web, '~/admin', closed()), rule(web, '~/')]))).toEqual([
      'a.test [http] ~(?i)/admin/public.* → web',
      'a.test [http] ~(?i)/admin.*, /admin → error',
      'a.test [http] ~/.* → web',
    ]);
  });
});

describe('an open rule that the controller tries after a protected one', () => {
  it('gives way where Gateway API would try it first', () => {
    const made = one([rule(web, '/', closed()), rule(web, '/open')]);
    expect(served(made)).toEqual([]);
    expect(made.withheld.map(({ path }) => path)).toEqual(['/', '/open']);
  });

  it('gives way to a rule whose protection was written, too', () => {
    const rules = [rule(web, '/', { intents: [jwt] }), rule(web, '/open'), rule(web, '/same', { intents: [{ ...jwt, entries: [] }] })];
    expect(served(one(rules))).toEqual(['a.test [http] / → web', 'a.test [http] /open → error', 'a.test [http] /same → web']);
  });

  it('gives way over http to a redirect to https', () => {
    const rules = [rule(web, '/', { httpsRedirect: httpsRedirect(web) }), rule(web, '/plain')];
    const made = plan(table([host('a.test', rules, { certificate: secret(web) })]));
    expect(served(made)).toEqual([
      'a.test [https] / → web',
      'a.test [https] /plain → web',
      'a.test [http] / → https 308',
      'a.test [http] /plain → error',
    ]);
  });

  it('gives way to an error of the controller', () => {
    const refuse = (status: number) => ({ action: { kind: 'respond' as const, status, contentType: null, body: null } });
    for (const status of [403, 404]) {
      expect(served(one([rule(web, '/secret', refuse(status)), rule(web, '/')]))).toEqual([
        'a.test [http] /secret → error',
        'a.test [http] / → web',
      ]);
      expect(served(one([rule(web, '/', refuse(status)), rule(web, '/open')]))).toEqual([]);
    }
  });

  it('stays where it is reached on the controller', () => {
    expect(served(one([rule(web, '/open'), rule(web, '/', closed())]))).toEqual(['a.test [http] /open → web', 'a.test [http] / → error']);
  });
});

describe('a guard that is wider than its rule', () => {
  it('closes an open rule with the same match when something is protected', () => {
    const made = one([rule(web, '~/v(?=[0-9])', closed()), rule(web, '/')], { target: without });
    expect(served(made)).toEqual([]);
    expect(codes(made)).toContain('plan/covered-by-withheld');
  });

  it('yields to it when nothing is', () => {
    const made = one([rule(web, '~/v(?=[0-9])'), rule(web, '/')], { target: without });
    expect(served(made)).toEqual(['a.test [http] / → web']);
    expect(codes(made)).toContain('plan/path-not-expressible');
  });

  it('is not written for a condition that nobody needs closed', () => {
    const ranges = { match: { sourceRanges: ['10.0.0.0/8'] } };
    expect(served(one([rule(web, '/', ranges), rule(web, '/', { service: 'all' })]))).toEqual(['a.test [http] / → all']);
    const refuse = { action: { kind: 'respond' as const, status: 403, contentType: null, body: null } };
    expect(served(one([rule(web, '/', { ...ranges, ...refuse }), rule(web, '/')]))).toEqual([]);
    expect(served(one([rule(web, '/', { ...ranges, ...closed() }), rule(web, '/')]))).toEqual([]);
  });

  it('does not beat longer literal paths where nothing is protected', () => {
    const unresolved = { kind: 'forward', backends: [backend(web, 'web', { port: null })], rewrite: null } as const;
    expect(served(one([rule(web, '~/api/v2'), rule(web, '~/api', { action: unresolved }), rule(web, '~/')]))).toEqual([
      'a.test [http] /api/v2 → web',
      'a.test [http] /api → error',
      'a.test [http] / → web',
    ]);
  });
});
