/** What Envoy's TLS library takes; it refuses a list with any other name. */
const SUPPORTED: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'AES128-GCM-SHA256',
  'AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES256-GCM-SHA384',
  'AES256-SHA',
]);

export interface CipherSuites {
  readonly kept: readonly string[];
  readonly dropped: readonly string[];
}

/** Names between colons, commas or blanks. Expressions (`HIGH:!aNULL`) name no suites: they are dropped. */
export function cipherSuites(list: string): CipherSuites {
  const names = [...new Set(list.split(/[:,\s]+/).filter((name) => name !== ''))];
  return { kept: names.filter((name) => SUPPORTED.has(name)), dropped: names.filter((name) => !SUPPORTED.has(name)) };
}

/** `1.0` to `1.3` of any spelling (`TLSv1.2`, `TLS_1_2`, `1.2`); null for others. */
export function tlsVersion(text: string): '1.0' | '1.1' | '1.2' | '1.3' | null {
  const [, minor] = /^(?:TLS)?[-_ ]?v?1(?:[._]([0-3]))?$/i.exec(text.trim()) ?? [];
  switch (minor) {
    case '1':
      return '1.1';
    case '2':
      return '1.2';
    case '3':
      return '1.3';
    case '0':
      return '1.0';
    default:
      return /^(?:TLS)?[-_ ]?v?1$/i.test(text.trim()) ? '1.0' : null;
  }
}

/** Lowest and highest of the versions that a list names (`TLSv1.2 TLSv1.3`); nothing where it names none. */
export function tlsVersions(list: string | null): { readonly minVersion?: string; readonly maxVersion?: string } {
  const versions = (list ?? '')
    .split(/\s+/)
    .map(tlsVersion)
    .filter((version) => version !== null)
    .sort();
  const [minVersion, maxVersion] = [versions[0], versions.at(-1)];
  return minVersion === undefined || maxVersion === undefined ? {} : { minVersion, maxVersion };
}
