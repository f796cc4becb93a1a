import type { Codec } from '../../src/rule/codec.ts';

/** Values of these characters only, as the controller's validators have it. */
function ofCharacters(name: string, pattern: RegExp, allowed: string): Codec<string> {
  return {
    name,
    parse: (value) => (pattern.test(value) ? { ok: true, value } : { ok: false, reason: `which has characters other than ${allowed}` }),
  };
}

/** `BasicCharsRegex` of the controller: names of headers and cookies, and their values. */
export const basicChars = ofCharacters('plain text', /^[-._~A-Za-z0-9/:]*$/, 'letters, digits and - . _ ~ / :');

/** `URLIsValidRegex`: targets of redirects. */
export const urlChars = ofCharacters('URL', /^[-._~A-Za-z0-9/:,?&=]*$/, 'letters, digits and - . _ ~ / : , ? & =');

/** `RegexPathWithCapture`: paths with groups. */
export const pathWithGroups = ofCharacters('path with $1 … $9', /^[-._~A-Za-z0-9/:$]*$/, 'letters, digits and - . _ ~ / : $');

/** `IsValidRegex`: patterns and server names. */
export const regexChars = ofCharacters('pattern', /^[-._~A-Za-z0-9/:^$[\](){}*+?|&=\\]*$/, 'those of names and regular expressions');

/** Items separated by commas, each a server name of nginx: a name, a wildcard at either end, `.name`, or `~` and a pattern. */
export const serverNames: Codec<readonly string[]> = {
  name: 'server names',
  parse(value) {
    const names = value.split(',').map((name) => name.trim());
    const bad = names.find((name) => !regexChars.parse(name).ok);
    if (bad !== undefined) return { ok: false, reason: `in which "${bad}" is no server name` };
    return { ok: true, value: [...new Set(names.filter((name) => name !== ''))] };
  },
};

/** A label as Services are named (DNS-1035). */
export const serviceName: Codec<string> = {
  name: 'Service name',
  parse: (value) =>
    /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value) ? { ok: true, value } : { ok: false, reason: 'which is no Service name' },
};
