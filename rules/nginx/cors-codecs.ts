import type { Codec } from '../../src/rule/codec.ts';

export interface Origins {
  readonly listed: readonly string[];
  /** Without a scheme: accepted by the validator, then left out. */
  readonly skipped: readonly string[];
}

const VALID = /^(?:(?:[a-z]+:\/\/)?(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?|\*)$/;
const WITH_SCHEME = /^(?:[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9.-]*(?::\d+)?|null)$/;

/** One illegal character anywhere spoils the list, which then allows every origin. `*` anywhere stands for the list. */
export const origins: Codec<Origins> = {
  name: 'origins',
  parse(value) {
    const items = value.replaceAll(' ', '').split(',');
    if (!items.every((item) => VALID.test(item))) return { ok: false, reason: 'no list of origins' };
    if (items.includes('*')) return { ok: true, value: { listed: ['*'], skipped: [] } };
    const named = [...new Set(items.filter((item) => item !== ''))];
    return {
      ok: true,
      value: { listed: named.filter((item) => WITH_SCHEME.test(item)), skipped: named.filter((item) => !WITH_SCHEME.test(item)) },
    };
  },
};

/** Words, each followed by at most one comma and one blank. */
function words(name: string, word: string): Codec<readonly string[]> {
  const list = new RegExp(`^(?:${word})(?:(?:,\\s?|\\s)(?:${word}))*,?\\s?$`);
  return {
    name,
    parse: (value) =>
      list.test(value)
        ? { ok: true, value: value.split(/[,\s]+/).filter((item) => item !== '') }
        : { ok: false, reason: `no list of ${name}` },
  };
}

export const methodNames = words('methods', '[A-Za-z]+');
export const headerNames = words('header names', '[A-Za-z0-9_-]+');
export const exposedHeaders = words('header names or *', '[A-Za-z0-9_-]+|\\*');
