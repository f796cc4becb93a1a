import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkObject } from '../src/check/crds.ts';
import type { Io } from '../src/cli/io.ts';
import { run } from '../src/cli/main.ts';
import { checkConstraints } from '../src/gateway/constraints/check-constraints.ts';
import { convertManifests, DEFAULT_OPTIONS, toYaml } from '../src/index.ts';
import { verify } from '../src/prove/verify.ts';
import { CRDS_PRESENT, publishedCrds } from './check/published-crds.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const UPDATE = process.env.UPDATE_FIXTURES === '1';

/** `<vendor>/<behaviour>/<case>` with an `in.yaml`. */
const cases = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('in.yaml'))
  .map((path) => path.replace(/[/\\]in\.yaml$/, '').replaceAll('\\', '/'))
  .sort();

describe.each(cases)('fixtures/%s', (name) => {
  const folder = join(FIXTURES, name);
  const text = readFileSync(join(folder, 'in.yaml'), 'utf8');
  const optionsFile = join(folder, 'options.json');
  const options = { ...DEFAULT_OPTIONS, ...(existsSync(optionsFile) ? JSON.parse(readFileSync(optionsFile, 'utf8')) : {}) };
  const conversion = convertManifests([{ file: 'in.yaml', text }], options);

  it('is written as expected', () => {
    expectFile(join(folder, `out.${options.target}.yaml`), conversion.plan.objects.map(toYaml).join('---\n'));
  });

  it('is reported as expected', async () => {
    let report = '';
    const io: Io = {
      stdin: async () => new TextEncoder().encode(text),
      stdout: (more) => {
        report += more;
      },
      stderr: () => undefined,
      env: {},
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
    };
    await run(['check', '-v', '-', ...flags(options)], io);
    expectFile(join(folder, 'report.txt'), report.replaceAll('<stdin>', 'in.yaml'));
  });

  it('keeps the constraints, the CRDs and the behaviour', () => {
    const crds = CRDS_PRESENT ? publishedCrds(options.release) : null;
    for (const { object } of conversion.plan.objects) {
      expect(checkConstraints(object, options.release)).toEqual([]);
      const result = crds === null ? null : checkObject(crds, JSON.parse(JSON.stringify(object)));
      if (result?.kind === 'checked') expect(result.violations).toEqual([]);
    }
    const { discrepancies } = verify(
      conversion,
      conversion.plan.objects.map(({ object }) => object),
    );
    expect(discrepancies.filter(({ explained }) => explained === null)).toEqual([]);
  });
});

/** Options that a fixture may set, as the command line has them. */
function flags({ defaultCertificate, onSecurityLoss, release, gatewayClass }: typeof DEFAULT_OPTIONS): readonly string[] {
  return [
    ...(defaultCertificate === null ? [] : ['--default-certificate', `${defaultCertificate.namespace}/${defaultCertificate.name}`]),
    ...(gatewayClass === null ? [] : ['--gateway-class', gatewayClass]),
    '--on-security-loss',
    onSecurityLoss,
    '--gateway-api',
    release.version,
    '--channel',
    release.channel,
  ];
}

/** Written where it is missing when UPDATE_FIXTURES=1; else a missing file fails. */
function expectFile(file: string, actual: string): void {
  if (UPDATE) writeFileSync(file, actual);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'MISSING: run with UPDATE_FIXTURES=1 and read what it wrote').toBe(actual);
}
