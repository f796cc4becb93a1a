const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  '': 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};

/** `1h 30m`, `300`, `500ms` in milliseconds, as nginx reads times; null where it does not. */
export function nginxTime(text: string): number | null {
  if (!/^\s*(?:\d+(?:ms|[smhdwMy])\s*)*(?:\d+(?:ms|[smhdwMy])?)\s*$/.test(text)) return null;
  let total = 0;
  for (const [, digits = '', unit = ''] of text.matchAll(/(\d+)(ms|[smhdwMy])?/g)) total += Number(digits) * (UNITS[unit] ?? 1000);
  return Number.isSafeInteger(total) ? total : null;
}

/** `8m`, `512k`, `1g` in bytes; null where nginx refuses it. */
export function nginxSize(text: string): number | null {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const bytes = Number(digits) * 1024 ** ('kmg'.indexOf(unit.toLowerCase() || ' ') + 1);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
