import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressRanges, parseRange } from '../../rules/nginx/address-ranges.ts';
import { annotated } from './annotated.ts';

describe('ranges', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3/32'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.168.130.1/22', '192.168.128.0/22'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::1', '::1/128'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::ffff:10.0.0.1', '::ffff:a00:1/128'],
    ['1::', '1::/128'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0/128'],
    ['', null],
    ['10.0.0', null],
    ['10.0.0.256', null],
    ['10.0.0.01', null],
    ['10.0.0.0/33', null],
    ['10.0.0.0/08', null],
    ['10.0.0.0/', null],
    ['10.0.0.0/8/8', null],
    ['1::2::3', null],
    ['1:2:3:4:5:6:7:8:9', null],
    ['1:2:3:4:5:6:7:8::', null],
    ['12345::', null],
    [':1', null],
    ['a.test', null],
  ])('%s is %s', (text, range) => expect(parseRange(text)).toBe(range));

  it('stay what they are when parsed again', () => {
    const words = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 });
    void fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 128 }), (parts, prefix) => {
        const once = parseRange(`${parts.map((part) => part.toString(16)).join(':')}/${prefix}`);
        expect(once).not.toBeNull();
        expect(parseRange(once ?? '')).toBe(once);
      }),
    );
  });

  it('come sorted and once; an empty item is invalid', () => {
    expect(addressRanges.parse('10.2.0.0/16, 10.1.0.1,10.2.1.1/16')).toEqual({ ok: true, value: ['10.1.0.1/32', '10.2.0.0/16'] });
    expect(addressRanges.parse('10.0.0.1,').ok).toBe(false);
  });
});

describe('lists of client addresses', () => {
  it('deny before they allow', () => {
    expect(annotated({ 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.0.0.1' }).intents).toEqual([
      { kind: 'denyList', ranges: ['10.0.0.1/32'], entries: ['denylist-source-range'] },
      { kind: 'allowList', ranges: ['10.0.0.0/8'], entries: ['allowlist-source-range'] },
    ]);
  });

  it('prefer the new name', () => {
    const { intents, ends } = annotated({ 'allowlist-source-range': '10.0.0.0/8', 'whitelist-source-range': 'nonsense' });
    expect(intents).toMatchObject([{ ranges: ['10.0.0.0/8'] }]);
    expect(ends).toEqual({ 'whitelist-source-range': 'inert nginx/source-range/lesser-alias' });
    expect(annotated({ 'allowlist-source-range': '', 'whitelist-source-range': '10.0.0.1' }).intents).toMatchObject([
      { ranges: ['10.0.0.1/32'] },
    ]);
  });

  test.each([
    ['allowlist-source-range', '10.0.0.0/8,'],
    ['whitelist-source-range', '10.0.0.0/40'],
    ['denylist-source-range', 'example.com'],
  ])('%s "%s" answers 503 and stays closed', (name, value) => {
    const { intents, findings } = annotated({ [name]: value });
    expect(intents).toMatchObject([{ kind: 'rawAccessControl', entries: [name] }]);
    expect(findings).toMatchObject([{ code: 'nginx/reference/answers-503', security: true }]);
  });

  it('a broken list beside a good one keeps both', () => {
    const { intents } = annotated({ 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': 'x' });
    expect(intents).toMatchObject([{ kind: 'rawAccessControl' }, { kind: 'allowList' }]);
  });

  it('that admit everybody protect nothing', () => {
    expect(annotated({ 'whitelist-source-range': '0.0.0.0/0,::/0' }).ends).toEqual({
      'whitelist-source-range': 'inert nginx/source-range/admits-everybody',
    });
    expect(annotated({ 'whitelist-source-range': '0.0.0.0/0' }).ends).toEqual({
      'whitelist-source-range': 'approximated nginx/source-range/admits-all-ipv4',
    });
    expect(annotated({ 'denylist-source-range': '0.0.0.0/0' }).intents).toMatchObject([{ kind: 'denyList' }]);
  });
});

describe('rate limits', () => {
  it('share burst and exemptions', () => {
    expect(
      annotated({
        'limit-rps': '10',
        'limit-rpm': '100',
        'limit-connections': '3',
        'limit-burst-multiplier': '2',
        'limit-allowlist': '10.0.0.0/8',
      }).intents,
    ).toMatchObject([
      {
        kind: 'rateLimit',
        requests: 10,
        per: 'second',
        burst: 2,
        exempt: ['10.0.0.0/8'],
        status: 503,
        entries: ['limit-rps', 'limit-burst-multiplier', 'limit-allowlist'],
      },
      { kind: 'rateLimit', requests: 100, per: 'minute', burst: 2, entries: ['limit-rpm', 'limit-burst-multiplier', 'limit-allowlist'] },
      { kind: 'connectionLimit', perClient: 3, entries: ['limit-connections', 'limit-allowlist'] },
    ]);
  });

  it('burst five times by default', () => {
    const { intents, ends } = annotated({ 'limit-rps': '10', 'limit-burst-multiplier': 'x', 'limit-whitelist': '10.0.0.1' });
    expect(intents).toMatchObject([{ burst: 5, exempt: ['10.0.0.1/32'] }]);
    expect(ends).toEqual({ 'limit-burst-multiplier': 'inert nginx/value/invalid' });
  });

  test.each([
    [{ 'limit-rps': '0' }, { 'limit-rps': 'inert nginx/rate-limit/limits-nothing' }],
    [{ 'limit-rpm': '-5' }, { 'limit-rpm': 'inert nginx/rate-limit/limits-nothing' }],
    [{ 'limit-allowlist': '10.0.0.1' }, { 'limit-allowlist': 'inert nginx/value/without-partner' }],
    [
      { 'limit-burst-multiplier': '3', 'limit-connections': '0' },
      { 'limit-burst-multiplier': 'inert nginx/value/without-partner', 'limit-connections': 'inert nginx/rate-limit/limits-nothing' },
    ],
  ])('%o limits nothing', (annotations, ends) => {
    expect(annotated(annotations)).toMatchObject({ intents: [], ends });
  });

  it('keeps an alias that is not used out of it', () => {
    const { intents, ends } = annotated({ 'limit-rps': '1', 'limit-allowlist': '10.0.0.1', 'limit-whitelist': 'nonsense' });
    expect(intents).toMatchObject([{ exempt: ['10.0.0.1/32'] }]);
    expect(ends).toEqual({ 'limit-whitelist': 'inert nginx/rate-limit/lesser-alias' });
  });

  test.each([
    { 'limit-rps': '10/s' },
    { 'limit-rpm': '1.5' },
    { 'limit-connections': 'many' },
    { 'limit-rps': '1', 'limit-allowlist': '10.0.0' },
    { 'limit-whitelist': 'x' },
  ])('%o drops the Ingress', (annotations) => expect(annotated(annotations).refused).toBe('nginx/value/refused'));
});
