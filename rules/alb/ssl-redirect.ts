import { defineFindings } from '../../src/ledger/finding.ts';
import { compareText } from '../../src/model/position.ts';
import { goInt } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf } from './annotation.ts';
import { type Books, settle } from './books.ts';
import { textParam } from './class-params.ts';
import type { ListenPort, Member } from './group.ts';
import { classFirst, exclusive } from './group-value.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

export const sslRedirectFindings = defineFindings('alb/ssl-redirect', {
  'no-listener': {
    level: 'error',
    message: (a: { port: string; listeners: string }) =>
      `ssl-redirect names port ${a.port}, which is no HTTPS listener of the load balancer (${a.listeners}): the controller stops there and changes nothing of it`,
    help: () =>
      'Name a port that listens with HTTPS and convert again. HTTP was written as a redirect all the same, so that nothing is served in clear text.',
    security: true,
  },
  unreadable: {
    level: 'error',
    message: (a: { value: string; port: number }) =>
      `ssl-redirect is "${a.value}", which is no port: the controller stops there. It was read as a redirect to ${a.port}, so that nothing is served in clear text`,
    help: () => 'Write the port of the HTTPS listener, for instance "443".',
    security: true,
  },
  vanished: {
    level: 'warning',
    message: (a: { ingress: string; by: string }) =>
      `Ingress ${a.ingress} listens on HTTP only, and ${a.by} redirects all HTTP of the load balancer: none of its rules is served today, and none was written`,
    help: () => 'If it should be served, let it listen on HTTPS: that publishes paths that cannot be reached now.',
  },
});

/** One member decides for all HTTP listeners of the load balancer: they answer 301 and hold no rules. */
export const sslRedirect = settingRule({
  id: 'alb/ssl-redirect',
  title: 'Redirect of HTTP to HTTPS',
  docs: manual('ssl-redirect'),
  scope: 'ingress',
  becomes: 'a redirect for every host over http',
  // Read as text: an unreadable port must not leave HTTP open.
  reads: { port: at(`${PREFIX}ssl-redirect`, { name: 'port', parse: (value: string) => ({ ok: true, value }) }) },
  findings: sslRedirectFindings,
});

/** `listeners`: of the whole group. */
export function sslRedirectOf(members: readonly Member[], listeners: readonly ListenPort[], books: Books): Found<number> | null {
  const secure = listeners.filter(({ protocol }) => protocol === 'HTTPS').map(({ port }) => port);
  const asked = exclusive(
    'ssl-redirect',
    members,
    ({ params, annotations }) => {
      const own = textParam(params, 'sslRedirectPort');
      // An unreadable port of the class switches the redirect off without a word.
      const ofClass = own !== null && goInt.parse(own.value).ok ? own : null;
      return classFirst(ofClass, found(readFrom(sslRedirect.reads.port, annotations)), books);
    },
    books,
  );
  if (asked === null) return null;
  const [entry] = asked.entries;
  const parsed = goInt.parse(asked.value);
  const isPort = parsed.ok && parsed.value > 0 && parsed.value <= 65_535;
  const place = entry === undefined ? {} : placeOf(entry);
  if (!parsed.ok || !isPort) {
    const port = secure[0] ?? 443;
    settle(books, asked.entries, 'manual', sslRedirectFindings.unreadable({ value: asked.value, port }, place));
    return { value: port, entries: asked.entries };
  }
  if (!secure.includes(parsed.value)) {
    const all = listeners
      .map(({ protocol, port }) => `${protocol}:${port}`)
      .sort(compareText)
      .join(', ');
    settle(books, asked.entries, 'manual', sslRedirectFindings['no-listener']({ port: asked.value, listeners: all }, place));
  }
  return { value: parsed.value, entries: asked.entries };
}
