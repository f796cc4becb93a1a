import { describe, expect, it } from 'vitest';
import { addressOf, portFor, publicLocation } from '../../../src/prove/probe/address.ts';
import { requestOf } from '../requests.ts';

describe('an address', () => {
  it.each([
    [['http://192.0.2.1'], 'http://a.test/', 80],
    [['http://192.0.2.1'], 'https://a.test/', 443],
    [['http://192.0.2.1:8080'], 'http://a.test/', 8080],
    [['http://192.0.2.1:8080'], 'https://a.test/', 443],
    [['http://192.0.2.1:8080', 'https://192.0.2.1:8443'], 'https://a.test/', 8443],
    [['http://192.0.2.1:8080'], 'http://a.test:9000/', 9000],
    [['https://lb.example.com:443'], 'https://a.test/', 443],
  ])('%j: %s goes to port %i', (urls, url, port) => {
    expect(portFor(addressOf(urls), requestOf(url))).toBe(port);
  });

  it.each([
    [[], 'no address'],
    [['192.0.2.1'], 'no http or https URL'],
    [['ftp://192.0.2.1'], 'no http or https URL'],
    [['http://192.0.2.1/x'], 'more than scheme'],
    [['http://user@192.0.2.1'], 'more than scheme'],
    [['http://192.0.2.1', 'https://192.0.2.2'], 'two hosts'],
    [['http://192.0.2.1:1', 'http://192.0.2.1:2'], 'both http'],
  ])('%j is none: %s', (urls, message) => {
    expect(() => addressOf(urls)).toThrow(message);
  });

  it('of IPv6 is taken out of its brackets', () => {
    expect(addressOf(['http://[2001:db8::1]:8080'])).toEqual({ host: '2001:db8::1', ports: { http: 8080, https: null } });
  });
});

describe('a Location as clients of the real address see it', () => {
  const address = addressOf(['http://127.0.0.1:8080', 'https://127.0.0.1:8443']);
  it.each([
    ['https://a.test/x', 'http://a.test/x', 'https://a.test/x'],
    ['https://a.test:443/x', 'http://a.test/x', 'https://a.test/x'],
    ['https://a.test:8443/x', 'http://a.test/x', 'https://a.test/x'],
    ['http://a.test:8080/x/', 'http://a.test/x', 'http://a.test/x/'],
    ['http://127.0.0.1:8080/x/', 'http://a.test/x', 'http://a.test/x/'],
    ['http://a.test:9000/x', 'http://a.test/x', 'http://a.test:9000/x'],
    ['HTTPS://A.test/X?y', 'http://a.test/', 'https://a.test/X?y'],
    ['https://a.test', 'http://a.test/', 'https://a.test/'],
    ['/login?next=%2Fx', 'https://a.test/x', 'https://a.test/login?next=%2Fx'],
    ['/x', 'http://a.test:9000/', 'http://a.test:9000/x'],
    ['//b.test/x', 'https://a.test/', 'https://b.test/x'],
    ['y', 'https://a.test/x/z', 'https://a.test/x/y'],
    ['https://b.test//x/../y', 'https://a.test/', 'https://b.test//x/../y'],
    ['mailto:someone', 'https://a.test/', 'mailto:someone'],
  ])('%s for %s is %s', (location, url, seen) => {
    expect(publicLocation(location, requestOf(url), address)).toBe(seen);
  });
});
