import fc from 'fast-check';
import { hostileText } from '../hostile-text.ts';
import type { Materials } from './materials.ts';

/** Values that some annotation takes, or that are one step away from one. */
// biome-ignore format: one list
export const VALUES = [
  'true', 'false', 'True', 'yes', 'T', '1', '', ' ', 'on', 'off', '5', '0', '-1', '00', '+5', '1e3', '0x10', '65535', '65536', '2147483648', '99999999999999999999', '60s', '1.5', '8m', '1h30m', '1000000h', '0s', '10k', '1Gi', '/', '/$1', '/$2', '/app/$1', '/$1/$3', '$', '//x',
  'cookie', 'basic', 'GRPC', 'HTTPS', 'https', 'https://other.example.com/x', 'http://$host$request_uri', 'http://', 'https://user:pw@other.example.com:99999/', '//other', '10.0.0.0/8', '10.0.0.0/8, ::1/64', '0.0.0.0/0', '::/0', '10.0.0.1/8', '300.1.1.1/33', 'bogus value', 'users', 'x/users', 'a/b/c', '*', '*.example.com', 'https://*.example.com', 'null', 'münchen.example.com', 'a.example.com,b.example.com', '~^x\\d+\\.example\\.com$',
  'deny all;', 'return 403;', 'return 301 https://$host$request_uri;', 'if ($http_x = "1") { return 418; }', 'rewrite ^/a/(.*)$ /$1 break;', 'proxy_set_header X-A $remote_user;', 'allow 10.0.0.0/8; deny all;', '{', '}', '}}{{', '{"HTTP": 80}', '[{"HTTP": 80}, {"HTTPS": 443}]', '[{"HTTPS": 0}]', '[]', '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","statusCode":"HTTP_301"}}', '{"type":"fixed-response","fixedResponseConfig":{"contentType":"text/plain","statusCode":"503","messageBody":"x"}}', '[{"field":"host-header","hostHeaderConfig":{"values":["c.example.com"]}}]', '[{"field":"path-pattern","pathPatternConfig":{"values":["/x*","/y"]}}]', '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-A","values":["1"]}}]', '[{"field":"source-ip","sourceIpConfig":{"values":["10.0.0.0/8"]}}]',
  'arn:aws:acm:eu-central-1:123456789012:certificate/a', 'ip', 'instance', 'internet-facing', 'a=b,c=d', 'X-A: b', 'X-Forwarded-For', 'GET, POST', 'web', 'serviceName=web rewrite=/', 'master', 'minion', 'cert-1', 'cert-1,cert-2', '{"default": "config"}', '{"ports": {"80": "config", "http": "none"}}', '{"ingress": true}', '{"exposed_ports": {"80": {}}}', '(a+)+$', '^(?i)/x', '[', 'a\nb', 'x'.repeat(2000),
];

/** One of these stands in the place of a number that was there. */
const NUMBERS = ['0', '1', '-1', '100', '101', '999', '65536', '4294967296', '99999999999999999999', '1.5', '007'];

/** A value for an annotation of that name: one that it has in a fixture, one next to it, one that another has, or none that any takes. */
export function valueOf(name: string, { valuesOf }: Materials): fc.Arbitrary<string> {
  const [own, all] = [valuesOf.get(name) ?? [], VALUES];
  const known = own.length === 0 ? fc.constantFrom(...all) : fc.constantFrom(...own);
  return fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 3, arbitrary: fc.constantFrom(...all) },
    { weight: 3, arbitrary: fc.tuple(known, edit).map(([value, change]) => change(value)) },
    { weight: 1, arbitrary: hostileText },
  );
}

const edit: fc.Arbitrary<(value: string) => string> = fc.oneof(
  fc.constantFrom<(value: string) => string>(
    (value) => value.toUpperCase(),
    (value) => ` ${value} `,
    (value) => `${value},${value}`,
    (value) => `${value}/`,
    (value) => value.slice(0, -1),
    (value) => value.slice(1),
    (value) => `${value}\n`,
    (value) => JSON.stringify(value),
    (value) => value.replaceAll('/', '//'),
  ),
  fc.constantFrom(...NUMBERS).map((number) => (value: string) => value.replace(/\d+/, () => number)),
  fc.constantFrom(...VALUES).map((other) => (value: string) => `${value}, ${other}`),
);
