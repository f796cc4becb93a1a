import fc from 'fast-check';

const pick = fc.constantFrom;

const rewrite = fc
  .tuple(
    pick('^', '^/a', '^/a/', '^/a(/|$)(.*)', '^/b/(.*)$', '^/(.*)$', '/c', '^/a$'),
    pick(
      'https://x.test/y redirect',
      'https://x.test$request_uri? permanent',
      'https://x.test/p$uri? redirect',
      'https://x.test/$1 redirect',
      '/b/$1 break',
      '/z break',
      '/q redirect',
    ),
  )
  .map(([pattern, target]) => `rewrite ${pattern} ${target};`);

const condition = pick(
  '$host = other.test',
  '$host != other.test',
  '$request_method = POST',
  '$request_method != POST',
  '$request_method ~ ^(POST|PUT)$',
  '$http_x_a = 1',
  '$http_x_a != 1',
  '$http_x_a',
  '$http_x_a = ""',
  '$http_x_a ~ ^1',
  '$arg_q = 1',
  '$uri ~ ^/a',
  '$uri !~ ^/b/',
  '$request_uri = /a',
  '$scheme = https',
  '$v = 1',
);

const answer = pick('return 403;', 'return 301 https://r.test$request_uri;', 'return 302 /login;', 'return 204;', 'set $v 1;', 'break;');

const statement = fc.oneof(
  rewrite,
  answer,
  fc.tuple(condition, fc.oneof(answer, rewrite)).map(([what, then]) => `if (${what} ) { ${then} }`),
  fc.tuple(condition, fc.oneof(answer, rewrite)).map(([what, then]) => `if (${what} ) { ${then} }`),
);

const location = fc
  .tuple(
    pick('= /a', '/c', '^~ /a/x', '~ ^/b', '~* \\.php$', '/c/d'),
    pick('deny all;', 'return 410;', 'return 301 /moved;', 'add_header A b;'),
  )
  .map(([where, what]) => `location ${where} { ${what} }`);

/** Paths of a host with the snippets of its one Ingress, statement by statement. */
export const anyHost = fc.record({
  paths: pick<readonly string[]>(['/ web'], ['/ web', '/b app'], ['/ web', '/a/x app']),
  server: fc.oneof(
    fc.constant([]),
    fc.array(statement, { maxLength: 2 }),
    fc.uniqueArray(location, { maxLength: 2, selector: (text) => text.replace(/ \{.*/, '') }),
  ),
  configuration: fc.array(statement, { maxLength: 4 }),
});
