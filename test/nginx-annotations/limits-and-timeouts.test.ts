import { describe, expect, it, test } from 'vitest';
import { annotated, configMap } from './annotated.ts';

const controller = (data: Readonly<Record<string, string>>) => configMap('ingress-nginx/ingress-nginx-controller', data);

describe('request bodies', () => {
  test.each([
    ['8m', 8 * 1024 ** 2],
    ['8M', 8 * 1024 ** 2],
    ['1g', 1024 ** 3],
    ['512', 512],
    ['64k', 65_536],
    ['0', 0],
    ['8 m', 8 * 1024 ** 2],
  ])('%s', (value, bytes) => {
    expect(annotated({ 'proxy-body-size': value }).intents).toEqual([{ kind: 'bodySize', bytes, entries: ['proxy-body-size'] }]);
  });

  test.each([
    ['1m', 'inert nginx/value/default', []],
    ['1024k', 'inert nginx/value/default', []],
    ['8mb', 'inert nginx/value/invalid', ['nginx/value/invalid']],
    ['8 MiB', 'inert nginx/value/invalid', ['nginx/value/invalid']],
    ['-1', 'inert nginx/value/invalid', ['nginx/value/invalid']],
    ['100b', 'inert nginx/value/invalid', ['nginx/value/invalid']],
  ])('%s has no effect', (value, end, codes) => {
    expect(annotated({ 'proxy-body-size': value })).toMatchObject({ intents: [], ends: { 'proxy-body-size': end }, codes });
  });

  it('are those of the ConfigMap unless the Ingress says otherwise', () => {
    const settings = controller({ 'proxy-body-size': '8m' });
    expect(annotated({}, settings).intents).toMatchObject([{ kind: 'bodySize', bytes: 8 * 1024 ** 2 }]);
    expect(annotated({ 'proxy-body-size': '2m' }, settings).intents).toMatchObject([{ kind: 'bodySize', bytes: 2 * 1024 ** 2 }]);
    expect(annotated({ 'proxy-body-size': '1m' }, settings).intents).toEqual([]);
    // The controller logs it and takes its default; no Ingress is refused for it.
    expect(annotated({}, controller({ 'custom-http-errors': 'all' }))).toMatchObject({ intents: [], refused: null });
  });
});

describe('timeouts', () => {
  it('are whole seconds; pauses, not totals', () => {
    expect(annotated({ 'proxy-connect-timeout': '10', 'proxy-read-timeout': '3600', 'proxy-send-timeout': '120' }).intents).toEqual([
      { kind: 'connectTimeout', ms: 10_000, entries: ['proxy-connect-timeout'] },
      { kind: 'idleTimeout', direction: 'read', ms: 3_600_000, entries: ['proxy-read-timeout'] },
      { kind: 'idleTimeout', direction: 'send', ms: 120_000, entries: ['proxy-send-timeout'] },
    ]);
  });

  test.each([
    ['proxy-connect-timeout', '5', 'default'],
    ['proxy-read-timeout', '60', 'default'],
    ['proxy-send-timeout', '60', 'default'],
    ['proxy-read-timeout', '60s', 'invalid'],
    ['proxy-read-timeout', '1.5', 'invalid'],
    ['proxy-read-timeout', '-1', 'invalid'],
    ['proxy-read-timeout', ' 30', 'invalid'],
  ])('%s "%s" is the %s', (name, value, code) => {
    expect(annotated({ [name]: value })).toMatchObject({ intents: [], ends: { [name]: `inert nginx/value/${code}` } });
  });
});

describe('retries', () => {
  it('name conditions, tries and time', () => {
    expect(
      annotated({
        'proxy-next-upstream': 'error http_502 non_idempotent',
        'proxy-next-upstream-tries': '5',
        'proxy-next-upstream-timeout': '10',
      }).intents,
    ).toEqual([
      {
        kind: 'retry',
        on: ['error', 'http_502', 'non_idempotent'],
        tries: 5,
        totalMs: 10_000,
        entries: ['proxy-next-upstream', 'proxy-next-upstream-timeout', 'proxy-next-upstream-tries'],
      },
    ]);
  });

  test.each([
    [
      { 'proxy-next-upstream': 'off', 'proxy-next-upstream-tries': '5' },
      [{ on: [], tries: 1, totalMs: 0, entries: ['proxy-next-upstream'] }],
      { 'proxy-next-upstream-tries': 'inert nginx/retries/off' },
    ],
    [{ 'proxy-next-upstream-tries': '0' }, [{ on: ['error', 'timeout'], tries: 0 }], {}],
    [{ 'proxy-next-upstream-tries': '1' }, [{ tries: 1 }], {}],
    [
      { 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '3', 'proxy-next-upstream-timeout': '0' },
      [],
      {
        'proxy-next-upstream': 'inert nginx/value/default',
        'proxy-next-upstream-tries': 'inert nginx/value/default',
        'proxy-next-upstream-timeout': 'inert nginx/value/default',
      },
    ],
    [{ 'proxy-next-upstream': 'error,timeout' }, [], { 'proxy-next-upstream': 'inert nginx/value/invalid' }],
    [{ 'proxy-next-upstream': 'error http_418' }, [], { 'proxy-next-upstream': 'inert nginx/value/invalid' }],
  ])('%o', (annotations, intents, ends) => expect(annotated(annotations)).toMatchObject({ intents, ends }));
});

describe('buffering', () => {
  it('is one statement', () => {
    expect(
      annotated({
        'proxy-buffering': 'on',
        'proxy-request-buffering': 'off',
        'proxy-buffers-number': '8',
        'proxy-buffer-size': '16k',
        'client-body-buffer-size': '1m',
      }).intents,
    ).toEqual([
      {
        kind: 'buffering',
        request: false,
        response: true,
        parameters: { clientBodyBufferSize: '1048576', bufferSize: '16384', buffersNumber: '8' },
        entries: ['proxy-request-buffering', 'proxy-buffering', 'client-body-buffer-size', 'proxy-buffer-size', 'proxy-buffers-number'],
      },
    ]);
  });

  test.each([
    ['proxy-buffering', 'off', 'inert nginx/value/default'],
    ['proxy-buffering', 'On', 'inert nginx/value/invalid'],
    ['proxy-request-buffering', 'on', 'inert nginx/value/default'],
    ['proxy-buffer-size', '4k', 'inert nginx/value/default'],
    ['proxy-buffer-size', '1g', 'inert nginx/buffering/not-written'],
    ['proxy-buffers-number', '8', 'inert nginx/value/without-partner'],
    ['proxy-busy-buffers-size', '8k', 'inert nginx/value/without-partner'],
    ['proxy-max-temp-file-size', '0', 'inert nginx/value/without-partner'],
    ['client-body-buffer-size', '8k', 'inert nginx/value/default'],
    ['client-body-buffer-size', '10b', 'inert nginx/buffering/not-written'],
  ])('%s "%s" has no effect', (name, value, end) => {
    expect(annotated({ [name]: value })).toMatchObject({ intents: [], ends: { [name]: end } });
  });

  it('with a body buffer of no size drops the Ingress', () => {
    expect(annotated({ 'client-body-buffer-size': '1mb' }).refused).toBe('nginx/value/refused');
  });
});

describe('bandwidth', () => {
  it('is in kilobytes and needs buffered responses', () => {
    expect(annotated({ 'limit-rate': '100', 'limit-rate-after': '5', 'proxy-buffering': 'on' }).intents).toContainEqual({
      kind: 'bandwidthLimit',
      bytesPerSecond: 102_400,
      after: 5120,
      entries: ['limit-rate', 'limit-rate-after'],
    });
    expect(annotated({ 'limit-rate': '100' }, controller({ 'proxy-buffering': 'on' })).intents).toContainEqual(
      expect.objectContaining({ kind: 'bandwidthLimit', bytesPerSecond: 102_400 }),
    );
    expect(annotated({ 'limit-rate': '100', 'limit-rate-after': '5' })).toMatchObject({
      intents: [],
      ends: { 'limit-rate': 'inert nginx/bandwidth-limit/unbuffered', 'limit-rate-after': 'inert nginx/bandwidth-limit/unbuffered' },
    });
    expect(annotated({ 'limit-rate': '0', 'limit-rate-after': '5' }).ends).toEqual({
      'limit-rate': 'inert nginx/value/default',
      'limit-rate-after': 'inert nginx/value/without-partner',
    });
  });
});
