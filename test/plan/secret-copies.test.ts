import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { ingress } from '../cli/session.ts';

const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };
const MAP = { ...BASIC, 'auth-secret-type': 'auth-map' };

function planned(target: string, ...texts: readonly string[]) {
  const { plan } = convertManifests([{ file: 'in.yaml', text: texts.join('---\n') }], { target });
  return plan.secrets.map(({ copy, origin, state }) => ({ ...copy, origin: origin.map(({ name }) => name), state }));
}

describe('what is to be made of Secrets', () => {
  it.each([
    ['envoy-gateway', 'users-htpasswd', '.htpasswd', 'sha1'],
    ['kgateway', 'users-htpasswd', '.htpasswd', 'sha1'],
    ['nginx-gateway-fabric', 'users-auth', 'auth', 'any'],
    ['traefik', 'users-users', 'users', 'any'],
  ])('for %s is the password file under its key', (target, name, key, hashes) => {
    const of = { as: 'password-file', form: 'user-per-key', hashes };
    expect(planned(target, ingress('a', MAP), ingress('b', MAP))).toEqual([
      {
        kind: 'Secret',
        namespace: 'shop',
        name,
        from: { namespace: 'shop', name: 'users' },
        keys: [{ key, of }],
        origin: ['a', 'b'],
        state: 'wanted',
      },
    ]);
  });

  it('is nothing where the implementation reads the Secret as it is', () => {
    expect(planned('nginx-gateway-fabric', ingress('a', BASIC))).toEqual([]);
    expect(planned('standard', ingress('a', BASIC))).toEqual([]);
  });

  it('is not overwritten where two Ingresses want two things, or where it is there', () => {
    const elsewhere = (text: string) => text.replace('auth-secret: "users"', 'auth-secret: "other/users"');
    const two = planned('envoy-gateway', ingress('a', BASIC), elsewhere(ingress('b', BASIC)));
    expect(two.map(({ state, origin }) => [state, origin])).toEqual([['conflicts', ['a', 'b']]]);
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: users-htpasswd, namespace: shop}\ndata: {.htpasswd: YQ==}\n';
    expect(planned('envoy-gateway', ingress('a', BASIC), secret).map(({ state }) => state)).toEqual(['there']);
  });
});
