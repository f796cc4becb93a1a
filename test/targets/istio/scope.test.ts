import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RouteRule } from '../../../src/route/table.ts';
import { scopeOf } from '../../../src/targets/istio/scope.ts';
import { estateOf } from '../../read/estate-of.ts';
import { ingress } from '../standard/lowering.ts';

const TABLE = { vendor: 'kubernetes', loadBalancer: { name: 'public', namespace: null, className: null, ingresses: [] } } as const;

const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const rules = fc.uniqueArray(fc.record({ kind: fc.constantFrom('exact', 'prefix'), value: path, isProtected: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
  selector: ({ kind, value }) => `${kind} ${value}`,
});

interface Drawn {
  readonly kind: 'exact' | 'prefix';
  readonly value: string;
  readonly isProtected: boolean;
}

function ruleOf({ kind, value }: Drawn): RouteRule {
  return {
    id: `${kind} ${value}`,
    ingress,
    scheme: null,
    match: { path: { kind, value }, headers: [], queryParams: [], cookies: [], methods: [], sourceRanges: [] },
    action: { kind: 'forward', backends: [], rewrite: null },
    httpsRedirect: null,
    intents: [],
    entries: [],
  };
}

const bare = (value: string) => value.replace(/\/+$/, '');
const takes = ({ kind, value }: Drawn, request: string) =>
  request === value || (kind === 'prefix' && (request === bare(value) || request.startsWith(`${bare(value)}/`)));

/** As a Gateway ranks them. */
function winner(drawn: readonly Drawn[], request: string): Drawn | undefined {
  const rank = ({ kind, value }: Drawn) => (kind === 'exact' ? 1000 : bare(value).length);
  return drawn.filter((each) => takes(each, request)).toSorted((a, b) => rank(b) - rank(a))[0];
}

const patterns = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const matches = (pattern: string, request: string) =>
  pattern === request || (pattern.endsWith('*') && request.startsWith(pattern.slice(0, -1)));

describe('the scope of a rule', () => {
  it('takes its requests and nobody else’s', () => {
    void fc.assert(
      fc.property(rules, path, (drawn, request) => {
        const made = drawn.map(ruleOf);
        const alike = (other: RouteRule) => drawn[made.indexOf(other)]?.isProtected === true;
        const table = {
          host: 'a.test',
          wildcard: 'one-label',
          ports: [],
          gatewayClass: null,
          certificate: { kind: 'none' },
          rules: made,
          owner: null,
          intents: [],
          passthrough: null,
        } as const;
        const operations = made.flatMap((rule, index) => {
          if (drawn[index]?.isProtected !== true) return [];
          const scope = scopeOf(
            {
              rule,
              host: 'a.test',
              ports: [],
              gatewayClass: null,
              table: { ...TABLE, hosts: [table] },
              release: { version: '1.6', channel: 'standard' },
              estate: estateOf(''),
            },
            alike,
          );
          expect(scope).not.toBeNull();
          return scope === null ? [] : [scope];
        });
        const isRefused = operations.some((operation) => {
          const [paths, notPaths] = [patterns(operation['paths']), patterns(operation['notPaths'])];
          const isTaken = paths.length === 0 || paths.some((pattern) => matches(pattern, request));
          return isTaken && !notPaths.some((pattern) => matches(pattern, request));
        });
        const won = winner(drawn, request);
        if (won !== undefined) expect(isRefused).toBe(won.isProtected);
      }),
      { numRuns: 2000, seed: 9 },
    );
  });
});
