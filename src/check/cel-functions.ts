import { isIP as ipFamily } from 'node:net';
import { type CelFunc, type CelInput, type CelMap, CelScalar, celFunc, celMethod, isCelMap, mapType } from '@bufbuild/cel';
import { re2 } from './re2.ts';

const { BOOL, DOUBLE, DYN, STRING } = CelScalar;
const URL_TYPE = mapType(STRING, DYN);

/**
 * The functions that Kubernetes adds to CEL and that CRDs of Gateway API implementations use. A rule that calls any
 * other is reported as not evaluated.
 */
export const KUBERNETES_FUNCTIONS: readonly CelFunc[] = [
  // The form without a receiver is CEL's own, and the library has only the other.
  celFunc('matches', [STRING, STRING], BOOL, (text, pattern) => re2(pattern).test(text)),
  celFunc('isIP', [STRING], BOOL, isIP),
  celFunc('isURL', [STRING], BOOL, (text) => parseUrl(text) !== null),
  celFunc('url', [STRING], URL_TYPE, (text): Map<string, CelInput> => {
    const url = parseUrl(text);
    if (url === null) throw new Error('URL parse error during conversion from string');
    return url;
  }),
  ...['scheme', 'host', 'hostname', 'port', 'escapedPath'].map((part) =>
    celMethod(`get${part.charAt(0).toUpperCase()}${part.slice(1)}`, URL_TYPE, [], STRING, function (this: CelMap) {
      const value = isCelMap(this) ? this.get(part) : '';
      return typeof value === 'string' ? value : '';
    }),
  ),
  celFunc('isQuantity', [STRING], BOOL, (text) => parseQuantity(text) !== null),
  celFunc('quantity', [STRING], DOUBLE, (text) => {
    const quantity = parseQuantity(text);
    if (quantity === null) throw new Error('quantities must match the regular expression of resource.Quantity');
    return quantity;
  }),
  celMethod('isGreaterThan', DOUBLE, [DOUBLE], BOOL, function (other) {
    return this > other;
  }),
  celMethod('isLessThan', DOUBLE, [DOUBLE], BOOL, function (other) {
    return this < other;
  }),
];

/** As `k8s.io/apiserver/pkg/cel/library/ip.go`: no zones, no IPv4 address in IPv6 clothes. */
export function isIP(text: string): boolean {
  return ipFamily(text) !== 0 && !text.includes('%') && !/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(text);
}

/** As Go's `url.ParseRequestURI`: an absolute URL or an absolute path. */
function parseUrl(text: string): Map<string, CelInput> | null {
  const isPath = text.startsWith('/');
  if (!isPath && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return null;
  if (!URL.canParse(text, isPath ? 'http://path' : undefined)) return null;
  const url = new URL(text, isPath ? 'http://path' : undefined);
  return new Map<string, CelInput>([
    ['scheme', isPath ? '' : url.protocol.slice(0, -1)],
    ['host', isPath ? '' : url.host],
    ['hostname', isPath ? '' : url.hostname],
    ['port', isPath ? '' : url.port],
    ['escapedPath', url.pathname],
  ]);
}

/** A `resource.Quantity` as a number: exact up to 2^53, which is beyond every limit that a rule compares with. */
function parseQuantity(text: string): number | null {
  const [, number, suffix] = /^([+-]?(?:\d+\.?\d*|\.\d+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(text) ?? [];
  if (number === undefined) return null;
  if (suffix === undefined) return Number(number);
  const factor = SUFFIXES.get(suffix);
  return factor === undefined ? Number(`${number}${suffix}`) : Number(number) * factor;
}

const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ...['n', 'u', 'm'].map((suffix, index) => [suffix, 10 ** (3 * index - 9)] as const),
  ...['k', 'M', 'G', 'T', 'P', 'E'].map((suffix, index) => [suffix, 1000 ** (index + 1)] as const),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, 1024 ** (index + 1)] as const),
]);
