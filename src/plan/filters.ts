import { LIMITS } from '../gateway/limits.ts';
import type { HeaderModifier, HTTPRouteFilter, PathModifier } from '../gateway/types.ts';
import { compareText } from '../model/position.ts';
import type { RuleParts } from '../targets/contract.ts';

/**
 * The filters of one rule, one of a kind (the API server refuses repeated ones): headers of all parts merged, host and
 * path rewrite in one URLRewrite. Later parts win where two set the same header; lists are cut at what the API takes.
 */
export function mergeFilters(parts: readonly RuleParts[], path: PathModifier | null): readonly HTTPRouteFilter[] {
  const request = cut(mergeHeaders(parts.map((part) => part.requestHeaders)));
  const response = cut(mergeHeaders(parts.map((part) => part.responseHeaders)));
  const hostname = last(parts.map((part) => part.hostname));
  const cors = last(parts.map((part) => part.cors));
  const externalAuth = last(parts.map((part) => part.externalAuth));
  const rewrite = { ...(hostname === undefined ? {} : { hostname }), ...(path === null ? {} : { path }) };
  return [
    ...(externalAuth === undefined ? [] : [{ type: 'ExternalAuth', externalAuth } as const]),
    ...(cors === undefined ? [] : [{ type: 'CORS', cors } as const]),
    ...(request === null ? [] : [{ type: 'RequestHeaderModifier', requestHeaderModifier: request } as const]),
    ...(response === null ? [] : [{ type: 'ResponseHeaderModifier', responseHeaderModifier: response } as const]),
    ...(Object.keys(rewrite).length === 0 ? [] : [{ type: 'URLRewrite', urlRewrite: rewrite } as const]),
    ...parts.flatMap((part) => part.mirrors ?? []).map((backendRef) => ({ type: 'RequestMirror', requestMirror: { backendRef } }) as const),
  ];
}

/** The headers that `mergeFilters` leaves out. */
export function headersBeyondLimit(parts: readonly RuleParts[]): readonly string[] {
  return [parts.map((part) => part.requestHeaders), parts.map((part) => part.responseHeaders)].map(mergeHeaders).flatMap((headers) => {
    const names = [headers?.set, headers?.add].map((list) => list?.map(({ name }) => name));
    return [...names, headers?.remove].flatMap((list) => list?.slice(LIMITS.headersPerModifier) ?? []);
  });
}

function cut(headers: HeaderModifier | null): HeaderModifier | null {
  if (headers === null) return null;
  const { set, add, remove } = headers;
  return {
    ...(set === undefined ? {} : { set: set.slice(0, LIMITS.headersPerModifier) }),
    ...(add === undefined ? {} : { add: add.slice(0, LIMITS.headersPerModifier) }),
    ...(remove === undefined ? {} : { remove: remove.slice(0, LIMITS.headersPerModifier) }),
  };
}

/** Where the filter that a part became stands in the list, for the ledger: `.filters[2]`, or null when it is no filter. */
export function filterField(part: RuleParts, filters: readonly HTTPRouteFilter[]): string | null {
  const type = filterType(part);
  if (type === null) return null;
  const index = filters.findIndex((filter) => filter.type === type);
  return index < 0 ? null : `.filters[${index}]`;
}

function filterType(part: RuleParts): HTTPRouteFilter['type'] | null {
  if (part.externalAuth !== undefined) return 'ExternalAuth';
  if (part.cors !== undefined) return 'CORS';
  if (part.requestHeaders !== undefined) return 'RequestHeaderModifier';
  if (part.responseHeaders !== undefined) return 'ResponseHeaderModifier';
  if (part.hostname !== undefined) return 'URLRewrite';
  if (part.mirrors !== undefined) return 'RequestMirror';
  return null;
}

function mergeHeaders(modifiers: readonly (HeaderModifier | undefined)[]): HeaderModifier | null {
  if (modifiers.every((modifier) => modifier === undefined)) return null;
  const set = new Map<string, { name: string; value: string }>();
  const add = new Map<string, { name: string; value: string }>();
  const remove = new Map<string, string>();
  for (const modifier of modifiers) {
    for (const header of modifier?.set ?? []) set.set(header.name.toLowerCase(), header);
    for (const header of modifier?.add ?? []) add.set(header.name.toLowerCase(), header);
    for (const name of modifier?.remove ?? []) remove.set(name.toLowerCase(), name);
  }
  // One action per header: a value that is set leaves nothing to add or remove.
  for (const name of set.keys()) {
    add.delete(name);
    remove.delete(name);
  }
  if (set.size + add.size + remove.size === 0) return null;
  return {
    ...(set.size === 0 ? {} : { set: sorted(set) }),
    ...(add.size === 0 ? {} : { add: sorted(add) }),
    ...(remove.size === 0 ? {} : { remove: sorted(remove) }),
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}

function last<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.filter((value) => value !== undefined).at(-1);
}
