import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkObject } from '../src/check/crds.ts';
import { checkConstraints } from '../src/gateway/constraints/check-constraints.ts';
import { type ConvertOptions, convertManifests, DEFAULT_OPTIONS, manifestStream } from '../src/index.ts';
import { verify } from '../src/prove/verify.ts';
import { CRDS_PRESENT, publishedCrds } from './check/published-crds.ts';
import { gateshift } from './cli/session.ts';
import { expectFile } from './expect-file.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

/** `<vendor>/<behaviour>/<case>` with an `in.yaml`. Those under `cli` are scenarios, see test/cli/scenarios.test.ts. */
const cases = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('/in.yaml') && !path.startsWith('cli/'))
  .map((path) => path.replace(/\/in\.yaml$/, ''))
  .sort();

describe.each(cases)('fixtures/%s', (name) => {
  const folder = join(FIXTURES, name);
  const text = readFileSync(join(folder, 'in.yaml'), 'utf8');
  const options = optionsOf(folder);

  it.each(targetsOf(folder, options))('is written as expected for %s', (target) => {
    expectFile(join(folder, `out.${target}.yaml`), manifestStream(convertManifests([{ file: 'in.yaml', text }], { ...options, target })));
  });

  it('is reported as expected', async () => {
    const { stdout } = await gateshift(['check', '-v', '-', ...flags(options)], { stdin: text });
    expectFile(join(folder, 'report.txt'), stdout.replaceAll('<stdin>', 'in.yaml'));
  });

  it.each(targetsOf(folder, options))('keeps the constraints, the CRDs and the behaviour for %s', (target) => {
    const conversion = convertManifests([{ file: 'in.yaml', text }], { ...options, target });
    const objects = conversion.plan.objects.map(({ object }) => object);
    const crds = CRDS_PRESENT ? publishedCrds(options.release, target) : null;
    for (const object of objects) {
      expect(checkConstraints(object, options.release)).toEqual([]);
      const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
      if (result?.kind === 'checked') expect(result.violations).toEqual([]);
    }
    expect(verify(conversion, objects).discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });
});

/** `options.json`: what differs from the defaults. A name that does not exist would silently do nothing. */
function optionsOf(folder: string): ConvertOptions {
  const file = join(folder, 'options.json');
  const given: object = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const key of Object.keys(given)) if (!(key in DEFAULT_OPTIONS)) throw new Error(`${file}: there is no option ${key}`);
  return { ...DEFAULT_OPTIONS, ...given };
}

/** The target of the options, and each that has an expected output. */
function targetsOf(folder: string, { target }: ConvertOptions): readonly string[] {
  const expected = readdirSync(folder).flatMap((file) => /^out\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return [...new Set([target, ...expected])].sort();
}

/** The options as the command line has them. */
function flags(options: ConvertOptions): readonly string[] {
  const { target, release, gatewayClass, gatewayNamespace, classes, defaultCertificate, onSecurityLoss, defaultNamespace } = options;
  const { targetOptions } = options;
  return [
    ...['--target', target, '--gateway-api', release.version, '--channel', release.channel],
    ...['--on-security-loss', onSecurityLoss, '--default-namespace', defaultNamespace],
    ...(gatewayClass === null ? [] : ['--gateway-class', gatewayClass]),
    ...(gatewayNamespace === null ? [] : ['--gateway-namespace', gatewayNamespace]),
    ...(defaultCertificate === null ? [] : ['--default-certificate', `${defaultCertificate.namespace}/${defaultCertificate.name}`]),
    ...Object.entries(classes).flatMap(([name, vendor]) => ['--class', `${name}=${vendor}`]),
    ...(options.loadBalancerServices ? ['--load-balancer-services'] : []),
    ...Object.entries(targetOptions).flatMap(([name, value]) => ['--target-option', `${name}=${value}`]),
  ];
}
