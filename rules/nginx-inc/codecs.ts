import type { Codec, Parsed } from '../../src/rule/codec.ts';

function ok<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

function bad(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

const TIME = /^(?:(\d+)y)? ?(?:(\d+)M)? ?(?:(\d+)w)? ?(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)? ?(?:(\d+)s?)? ?(?:(\d+)ms)?$/;
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, 3600 * SECOND, 60 * SECOND, SECOND, 1];

/** `ParseTime`: nginx's times, largest unit first, a bare number in seconds. The value is in milliseconds. */
export const nginxTime: Codec<number> = {
  name: 'time',
  parse(value) {
    const found = value.trim() === '' ? null : TIME.exec(value.replace(/\s+/g, ' '));
    if (found === null) return bad('no time such as 30s or 1m 30s');
    const total = UNITS.reduce((sum, unit, index) => sum + Number(found[index + 1] ?? '0') * unit, 0);
    return Number.isSafeInteger(total) ? ok(total) : bad('out of range');
  },
};

function sizes(name: string, pattern: RegExp, reason: string): Codec<number> {
  return {
    name,
    parse(value) {
      const [, digits, unit = ''] = pattern.exec(value.trim()) ?? [];
      if (digits === undefined) return bad(reason);
      const bytes = Number(digits) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
      return Number.isSafeInteger(bytes) ? ok(bytes) : bad('out of range');
    },
  };
}

/** `ParseSize`: bytes, k or m. */
export const size = sizes('size', /^(\d+)([kKmM]?)$/, 'no size such as 8k or 1m');

/** `ParseOffset`: sizes with g. */
export const offset = sizes('offset', /^(\d+)([kKmMgG]?)$/, 'no size such as 8m or 1g');

/** `ParseProxyBuffersSpec`: count and size, as written. */
export const bufferCount: Codec<string> = {
  name: 'count and size',
  parse: (value) => (/^\d+ \d+[kKmM]?$/.test(value.trim()) ? ok(value.trim()) : bad('no count and size such as "8 4k"')),
};

/** `strconv.ParseUint`: no sign. */
export const unsigned: Codec<number> = {
  name: 'non-negative integer',
  parse(value) {
    if (!/^\d+$/.test(value)) return bad('no non-negative integer');
    return Number.isSafeInteger(Number(value)) ? ok(Number(value)) : bad('out of range');
  },
};

/** `ParsePortList`: commas without blanks. */
export const ports: Codec<readonly number[]> = {
  name: 'ports',
  parse(value) {
    const items = value.split(',');
    if (!items.every((item) => /^\+?\d+$/.test(item) && Number(item) > 0 && Number(item) <= 65_535))
      return bad('no list of port numbers such as 80,8080');
    return ok([...new Set(items.map(Number))]);
  },
};

/** `ParseServiceList`: commas, blanks are part of the names. */
export const services: Codec<readonly string[]> = { name: 'services', parse: (value) => ok([...new Set(value.split(','))]) };

const HEADER_NAME = /^[-A-Za-z0-9]+$/;

export const headerNames: Codec<readonly string[]> = {
  name: 'header names',
  parse(value) {
    const names = value.split(',').map((name) => name.trim());
    return names.every((name) => HEADER_NAME.test(name)) ? ok(names) : bad('no list of header names');
  },
};

export interface HeaderItem {
  readonly name: string;
  /** null where only the name is written. */
  readonly value: string | null;
  readonly flag: string | null;
}

/** Items with a name, a value and, where `flags` are allowed, a word behind a second colon. */
export function headerItems(flags: boolean): Codec<readonly HeaderItem[]> {
  return {
    name: flags ? 'Name:Value[:always], …' : 'Name or Name:Value, …',
    parse(text) {
      const items = text.split(',').map((item): HeaderItem => {
        const [name = '', ...rest] = item.split(':');
        const value = rest.length === 0 ? null : (flags ? (rest[0] ?? '') : rest.join(':')).trim();
        return { name: name.trim(), value, flag: flags && rest.length > 1 ? rest.slice(1).join(':').trim() : null };
      });
      const broken = items.find(
        ({ name, value, flag }) =>
          !HEADER_NAME.test(name) || !isPlainValue(value ?? '') || !(flag === null || flag === '' || flag.toLowerCase() === 'always'),
      );
      return broken === undefined ? ok(items) : bad(`whose item "${broken.name}" is no header that can be written`);
    },
  };
}

function isPlainValue(value: string): boolean {
  return !/[\n\r$]/.test(value) && isQuotable(value);
}

/** Text between double quotes of nginx: quotes escaped, no backslash at the end. */
function isQuotable(value: string): boolean {
  return !/["\\]/.test(value.replace(/\\[^\n\r]/g, ''));
}

/** `annotationValueFmt`: realms and cookies. */
export const quoted: Codec<string> = {
  name: 'text',
  parse: (value) =>
    value.includes('$') || !isQuotable(value) ? bad('which has a $, an unescaped quote or a backslash at its end') : ok(value),
};

/** A DNS subdomain, as names of Secrets are. */
export const objectName: Codec<string> = {
  name: 'name',
  parse: (value) => (isObjectName(value) ? ok(value) : bad('no name of an object')),
};

function isObjectName(value: string): boolean {
  return value.length <= 253 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(value);
}

/** One or more `name` or `namespace/name`. */
export const objectNames: Codec<readonly string[]> = {
  name: 'names of objects',
  parse(value) {
    const names = value.split(',').map((name) => name.trim());
    const isName = (name: string) => {
      const [first = '', second, ...more] = name.split('/');
      return isObjectName(first) && (second === undefined || isObjectName(second)) && more.length === 0;
    };
    return names.every(isName) ? ok(names) : bad('no list of NAME or NAMESPACE/NAME');
  },
};

/** `IsQualifiedName`, which takes namespace/name. */
export const qualifiedName: Codec<string> = {
  name: '[namespace/]name',
  parse: (value) =>
    /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(value)
      ? ok(value)
      : bad('no NAME or NAMESPACE/NAME'),
};

/** The common checks on paths that go into the configuration (`ValidatePath`). */
export function pathProblem(path: string): string | null {
  if (path.startsWith('//')) return 'which begins with //';
  if (path.split(/[/\\]/).includes('..')) return 'which has a .. in it';
  return /^\/[^\s{};\\]*$/.test(path) ? null : 'which does not begin with / or has blanks, braces, ; or \\ in it';
}
