/**
 * Milliseconds as a Gateway API duration, which is `^([0-9]{1,5}(h|m|s|ms)){1,4}$`: whole units only, no fractions, at most
 * five digits a unit. null where that cannot hold the value (negative, not whole, longer than 99,999 hours).
 */
export function gatewayDuration(ms: number): string | null {
  if (!Number.isSafeInteger(ms) || ms < 0) return null;
  if (ms === 0) return '0s';
  const [hours, minutes, seconds, rest] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60, ms % 1000];
  // The unit people wrote is kept where it fits: 90s, not 1m30s.
  if (rest === 0 && ms / 1000 <= 99_999) return `${ms / 1000}s`;
  if (hours > 99_999) return null;
  const parts = [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds > 0 ? `${seconds}s` : '',
    rest > 0 ? `${rest}ms` : '',
  ];
  return parts.join('');
}
