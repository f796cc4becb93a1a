import type { Intent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { type Codec, goBool, type Read } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { asDefault, manual, ORG, valueFindings } from './annotation.ts';
import { defineBehaviour, defineEffective, type Effect } from './behaviour.ts';
import { type HeaderItem, headerItems, headerNames, quoted } from './codecs.ts';
import { endAs, inert, placeOf } from './settlement.ts';

export const responseHeaderFindings = defineFindings('nginx-inc/response-headers', {
  'errors-too': {
    level: 'note',
    message: (a: { headers: string }) =>
      `without ":always" the controller adds ${a.headers} to responses of success and to redirects only; a gateway adds it to every response of the backend`,
    differs: ['headers'],
  },
  'not-inherited': {
    level: 'note',
    message: (a: { annotation: string }) =>
      `${a.annotation} does not reach these paths: they add headers of their own, and nginx inherits add_header as a whole or not at all`,
  },
  inherit: {
    level: 'note',
    message: (a: { value: string }) => `add-header-inherit "${a.value}" decides which headers are added; the outcome was written`,
  },
  pass: {
    level: 'note',
    message: (a: { headers: string }) =>
      `gateways pass on what the backend says in ${a.headers}, apart from what an implementation sets itself (Server and Date, with many)`,
    help: () => 'X-Accel-… headers are orders to nginx that mean nothing to a gateway: the backend should not rely on them.',
    differs: ['headers'],
  },
  version: {
    level: 'note',
    message: (a: { value: string }) =>
      `server-tokens "${a.value}" keeps the version of nginx out of responses, which no gateway puts there`,
  },
});

type Inherit = 'on' | 'off' | 'merge';

const inherit: Codec<Inherit> = {
  name: 'on|off|merge',
  parse(value) {
    const word = value.trim().toLowerCase();
    return word === 'on' || word === 'off' || word === 'merge'
      ? { ok: true, value: word }
      : { ok: false, reason: 'none of on, off, merge' };
  },
};

/** In the server block of an Ingress or master, in the locations of a minion. Constant values only. */
export const addedHeaders = defineBehaviour({
  id: 'nginx-inc/added-headers',
  title: 'Headers added to responses',
  docs: manual('request-uriheader-manipulation'),
  scope: 'location',
  becomes: 'responseHeaders',
  reads: { headers: at(`${ORG}add-header`, headerItems(true)), inherit: at(`${ORG}add-header-inherit`, inherit) },
  findings: {
    'errors-too': responseHeaderFindings['errors-too'],
    'not-inherited': responseHeaderFindings['not-inherited'],
    inherit: responseHeaderFindings.inherit,
  },
});

/** The intent for one `add_header` list, and how it differs. */
export function addedHeaderEffect(read: Read<readonly HeaderItem[]>): Pick<Effect, 'intents' | 'settled'> {
  if (read.state !== 'valid') return { intents: [], settled: [] };
  const { entry, value } = read;
  const sometimes = value.filter(({ flag }) => flag?.toLowerCase() !== 'always').map(({ name }) => name);
  const finding = responseHeaderFindings['errors-too']({ headers: sometimes.join(', ') }, placeOf(entry));
  const add = value.map(({ name, value: text }) => ({ name, value: text ?? '' }));
  return {
    intents: [{ kind: 'responseHeaders', set: [], add, remove: [], entries: [entry] }],
    settled: sometimes.length === 0 ? [] : endAs('approximated', [entry], finding),
  };
}

/** A boolean, or with Plus any text, which becomes the Server header. */
const tokens: Codec<boolean | string> = {
  name: 'boolean or text',
  parse(value) {
    const parsed = goBool.parse(value);
    return parsed.ok ? parsed : quoted.parse(value);
  },
};

/** Directives of the server block, which its locations inherit. */
export const passedHeaders = defineEffective({
  id: 'nginx-inc/response-headers',
  title: 'Headers of the backend in responses',
  docs: manual('request-uriheader-manipulation'),
  scope: 'host',
  becomes: 'responseHeaders',
  placed: 'server',
  reads: {
    hide: at(`${ORG}proxy-hide-headers`, headerNames),
    pass: at(`${ORG}proxy-pass-headers`, headerNames, 'approximated'),
    tokens: at(`${ORG}server-tokens`, tokens),
  },
  findings: { pass: responseHeaderFindings.pass, version: responseHeaderFindings.version, default: valueFindings.default },
  effect({ hide, pass, tokens: server }) {
    const intents: Intent[] = [];
    if (hide.state === 'valid') intents.push({ kind: 'responseHeaders', set: [], add: [], remove: hide.value, entries: [hide.entry] });
    if (server.state === 'valid' && typeof server.value === 'string')
      intents.push({
        kind: 'responseHeaders',
        set: [{ name: 'Server', value: server.value }],
        add: [],
        remove: [],
        entries: [server.entry],
      });
    return {
      intents,
      settled: [
        ...(pass.state === 'valid'
          ? endAs('approximated', [pass.entry], responseHeaderFindings.pass({ headers: pass.value.join(', ') }, placeOf(pass.entry)))
          : []),
        ...(server.state === 'valid' && server.value === true ? asDefault(server) : []),
        ...(server.state === 'valid' && server.value === false
          ? inert([server.entry], responseHeaderFindings.version({ value: server.entry.value }, placeOf(server.entry)))
          : []),
      ],
    };
  },
});
