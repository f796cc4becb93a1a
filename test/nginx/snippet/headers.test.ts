import { describe, expect, it, test } from 'vitest';
import { ends, intentsOf, withSnippets } from './snippet-text.ts';

const response = (change: object, ...entries: readonly string[]) => ({
  kind: 'responseHeaders',
  set: [],
  add: [],
  remove: [],
  ...change,
  entries,
});
const request = (change: object, ...entries: readonly string[]) => ({
  kind: 'requestHeaders',
  set: [],
  add: [],
  remove: [],
  ...change,
  entries,
});
const value = (name: string, text: string) => [{ name, value: text }];

describe('headers of the response', () => {
  test.each([
    ['add_header X-A b always;', [response({ add: value('X-A', 'b') }, 'add_header')]],
    ['add_header X-A "b; c"; add_header x-a d;', [response({ add: value('X-A', 'b; c, d') }, 'add_header', 'add_header')]],
    ['proxy_hide_header X-A; add_header X-A b;', [response({ set: value('X-A', 'b') }, 'proxy_hide_header', 'add_header')]],
    [
      'more_set_headers "X-A: b" "X-C:d";',
      [response({ set: value('X-A', 'b') }, 'more_set_headers'), response({ set: value('X-C', 'd') }, 'more_set_headers')],
    ],
    [
      'more_set_headers "X-A:" X-B;',
      [response({ remove: ['X-A'] }, 'more_set_headers'), response({ remove: ['X-B'] }, 'more_set_headers')],
    ],
    ['more_set_headers "X-A: b"; add_header X-A c;', [response({ set: value('X-A', 'b, c') }, 'more_set_headers', 'add_header')]],
    [
      'more_clear_headers Server X-A;',
      [response({ remove: ['Server'] }, 'more_clear_headers'), response({ remove: ['X-A'] }, 'more_clear_headers')],
    ],
    ['set $v 1; add_header X-A "$v-$host-$namespace" always;', [response({ add: value('X-A', '1-a.test-default') }, 'add_header', 'set')]],
    ['expires 1h;', [response({ set: value('Cache-Control', 'max-age=3600') }, 'expires')]],
    ['expires -1;', [response({ set: value('Cache-Control', 'no-cache') }, 'expires')]],
  ])('%s', (configuration, intents) => expect(intentsOf(withSnippets({ configuration }))).toEqual(intents));

  test.each([
    ['add_header X-A b;', 'approximated success-only'],
    ['add_header X-A $upstream_cache_status;', 'unmapped not-carried-over'],
    ['add_header X-A "";', 'inert default'],
    ['more_set_headers -s 404 "X-A: b";', 'unmapped not-carried-over'],
    ['more_clear_headers "X-*";', 'unmapped not-carried-over'],
    ['expires $time;', 'unmapped not-carried-over'],
    ['expires off;', 'inert default'],
    ['add_header X-A;', 'manual misplaced'],
  ])('%s ends as %s', (configuration, end) => expect(Object.values(ends(withSnippets({ configuration })))).toEqual([end]));

  it('of the server hold where the location has none of its own', () => {
    const server = 'add_header X-S 1 always; more_set_headers "X-M: 2";';
    expect(intentsOf(withSnippets({ server }))).toEqual([
      response({ set: value('X-M', '2') }, 'more_set_headers'),
      response({ add: value('X-S', '1') }, 'add_header'),
    ]);
    const both = withSnippets({ server, configuration: 'add_header X-L 3 always;' });
    expect(intentsOf(both)).toEqual([
      response({ set: value('X-M', '2') }, 'more_set_headers'),
      response({ add: value('X-L', '3') }, 'add_header'),
    ]);
    expect(ends(both)).toEqual({ 'add_header X-S 1 always': 'inert inherited' });
    const authenticated = withSnippets({ server, annotations: { 'auth-url': 'http://auth.test' } });
    expect(ends(authenticated)).toEqual({ 'add_header X-S 1 always': 'inert inherited' });
  });
});

describe('headers of the request', () => {
  test.each([
    ['proxy_set_header X-A b;', [request({ set: value('X-A', 'b') }, 'proxy_set_header')]],
    ['proxy_set_header Origin "";', [request({ remove: ['Origin'] }, 'proxy_set_header')]],
    ['more_set_input_headers "X-A: b" "X-C:";', [request({ set: value('X-A', 'b'), remove: ['X-C'] }, 'more_set_input_headers')]],
    ['more_clear_input_headers Cookie;', [request({ remove: ['Cookie'] }, 'more_clear_input_headers')]],
  ])('%s', (configuration, intents) => expect(intentsOf(withSnippets({ configuration }))).toEqual(intents));

  test.each([
    ['proxy_set_header Host other.test;', 'unmapped sent-twice'],
    ['proxy_set_header X-Forwarded-Proto https;', 'unmapped sent-twice'],
    ['proxy_set_header X-Real-IP "";', 'inert default'],
    ['proxy_set_header X-A $http_x_a;', 'inert default'],
    ['proxy_set_header X-A $remote_user;', 'unmapped not-carried-over'],
    ['grpc_set_header X-A b;', 'inert other-protocol'],
    ['if ($arg_a) { proxy_set_header X-A b; }', 'manual misplaced'],
  ])('%s ends as %s', (configuration, end) => {
    const result = ends(withSnippets({ configuration }));
    expect(Object.entries(result).filter(([text]) => !text.startsWith('if '))).toEqual([[expect.anything(), end]]);
  });

  it('of the server reach no location', () => {
    expect(ends(withSnippets({ server: 'proxy_set_header X-A b; client_max_body_size 1m;' }))).toEqual({
      'proxy_set_header X-A b': 'inert overridden',
      'client_max_body_size 1m': 'inert overridden',
    });
  });
});
