/** Bytes as a Kubernetes quantity of whole units: `8Mi`, `1500`. */
export function byteQuantity(bytes: number): string {
  const [unit, size] = UNITS.find(([, factor]) => bytes >= factor && bytes % factor === 0) ?? ['', 1];
  return `${bytes / size}${unit}`;
}

const UNITS = [
  ['Gi', 1024 ** 3],
  ['Mi', 1024 ** 2],
  ['Ki', 1024],
] as const;

/** Envoy keeps a body that is limited in memory as a whole: beyond this a few uploads at once end the proxy. */
export const LARGEST_HELD_BODY = 100 * 1024 ** 2;
