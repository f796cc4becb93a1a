/** A value as the CRDs take it: at most four digits and a unit. `exact` is false where it was rounded up. */
export interface NginxValue {
  readonly text: string;
  readonly exact: boolean;
}

type Unit = readonly [name: string, size: number];

const SIZES: readonly Unit[] = [
  ['g', 1024 ** 3],
  ['m', 1024 ** 2],
  ['k', 1024],
  ['', 1],
];

const TIMES: readonly Unit[] = [
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['ms', 1],
];

/** Bytes as `^\d{1,4}(k|m|g)?$`, in the largest unit that says it. null above 9999 GiB. */
export function nginxSize(bytes: number): NginxValue | null {
  return bytes === 0 ? { text: '0', exact: true } : inUnits(bytes, SIZES);
}

/** Milliseconds as `^[0-9]{1,4}(ms|s|m|h)?$`, in seconds where they say it, as people write them. null above 9999 hours. */
export function nginxTime(ms: number): NginxValue | null {
  return inUnits(Math.max(1, ms), TIMES);
}

/** In the first unit that says it exactly, else rounded up in the smallest that holds it. */
function inUnits(value: number, units: readonly Unit[]): NginxValue | null {
  const holding = units.filter(([, size]) => Math.ceil(value / size) <= 9999);
  const smallest = holding.toSorted(([, a], [, b]) => a - b)[0];
  const [name, size] = holding.find(([, each]) => value % each === 0) ?? smallest ?? [];
  return name === undefined || size === undefined ? null : { text: `${Math.ceil(value / size)}${name}`, exact: value % size === 0 };
}
