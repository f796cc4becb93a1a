import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { snippetFindings } from './findings.ts';
import { allOf, asDefault, type Effects, type Family, notCarried, type Scope } from './levels.ts';
import { headerOf } from './response-headers.ts';
import { fill } from './variables.ts';

/** Sent by the controller for every location: a second one of the name does not replace it. */
const OF_CONTROLLER: ReadonlySet<string> = new Set([
  'host',
  'upgrade',
  'connection',
  'x-request-id',
  'x-real-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-scheme',
  'x-original-forwarded-for',
  'x-original-forwarded-host',
  'proxy',
]);

/** Headers of the request to the backend. `proxy_set_header` of the server reaches no location: that is said elsewhere. */
export const requestHeaders: Family = {
  names: new Set(['proxy_set_header', 'grpc_set_header', 'more_set_input_headers', 'more_clear_input_headers']),
  apply(levels, scope, effects) {
    for (const directive of allOf(levels, 'more_set_input_headers', 'more_clear_input_headers')) setInput(directive, scope, effects);
    for (const directive of [...levels.location, ...levels.inner]) {
      if (directive.name !== 'proxy_set_header' && directive.name !== 'grpc_set_header') continue;
      if ((directive.name === 'grpc_set_header') === scope.grpc) setHeader(directive, scope, effects);
      else {
        const protocol = scope.grpc ? 'gRPC' : 'HTTP';
        const finding = snippetFindings['other-protocol']({ directive: textOf(directive), protocol }, placeOf(directive.entry));
        effects.settled.push(...inert([directive.entry], finding));
      }
    }
  },
};

function setHeader(directive: Directive, scope: Scope, effects: Effects): void {
  const [name = '', written = ''] = directive.args;
  const key = name.toLowerCase();
  const { text: value, left, entries: used } = fill(written, scope.variables);
  const entries = [directive.entry, ...used];
  const isOfController = OF_CONTROLLER.has(key) || (key === 'authorization' && scope.has('auth-type'));
  if (isOfController && value !== '') {
    const finding = snippetFindings['sent-twice']({ header: name }, placeOf(directive.entry));
    effects.settled.push(...endAs('unmapped', [directive.entry], finding));
    return;
  }
  // An empty value leaves the header out, the controller's own is sent all the same; a header of the client goes on as it is.
  if (isOfController || written.toLowerCase() === `$http_${key.replaceAll('-', '_')}`) {
    asDefault(directive, effects);
    return;
  }
  if (left[0] !== undefined) {
    notCarried(directive, `its value depends on $${left[0]}`, effects);
    return;
  }
  const action = value === '' ? { remove: [name] } : { set: [{ name, value }] };
  effects.intents.push({ kind: 'requestHeaders', set: [], add: [], remove: [], ...action, entries });
}

function setInput(directive: Directive, scope: Scope, effects: Effects): void {
  const { name: kind, args, entry } = directive;
  if (args.some((arg) => /^-[rt]$/.test(arg))) {
    notCarried(directive, 'it holds for certain requests only', effects);
    return;
  }
  const headers = args.map((arg) => headerOf(arg, scope));
  const problem = headers.map((header) => header.problem).find((each) => each !== null);
  if (problem !== undefined) {
    notCarried(directive, problem ?? '', effects);
    return;
  }
  const isHost = headers.some(({ name }) => name.toLowerCase() === 'host');
  if (isHost) {
    notCarried(directive, 'the annotation upstream-vhost is there for another Host', effects);
    return;
  }
  const clears = kind === 'more_clear_input_headers';
  const set = headers.filter(({ value }) => !clears && value !== '').map(({ name, value }) => ({ name, value }));
  const remove = headers.filter(({ value }) => clears || value === '').map(({ name }) => name);
  const used = headers.flatMap(({ entries }) => entries);
  effects.intents.push({ kind: 'requestHeaders', set, add: [], remove, entries: [entry, ...used] });
}
