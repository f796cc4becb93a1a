import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../../src/index.ts';
import { targets } from '../../../src/targets/index.ts';
import { gateshift } from '../../cli/session.ts';
import { alb, nginx } from './manifests.ts';

const annotationsOf = (text: string, targetOptions: Readonly<Record<string, string>>) =>
  convertManifests([{ file: 'in.yaml', text }], { target: 'aws-alb', targetOptions }).plan.objects.flatMap(({ object }) =>
    object.kind === 'Gateway' ? [object.metadata.annotations] : [],
  );

describe('a dry run', () => {
  const annotation = { 'gateway.k8s.aws/dry-run': 'true' };

  it('is asked of every Gateway, also of the one in front', () => {
    expect(annotationsOf(nginx({}), { 'dry-run': 'true' })).toEqual([annotation]);
    expect(annotationsOf(alb({ 'enable-frontend-nlb': 'true' }), { 'dry-run': 'true' })).toEqual([annotation, annotation]);
  });

  it('is not asked for otherwise', () => {
    expect(annotationsOf(nginx({}), { 'dry-run': 'false' })).toEqual([undefined]);
    expect(annotationsOf(nginx({}), {})).toEqual([undefined]);
  });
});

describe('--target-option', () => {
  it('is documented with what each target takes', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)` +\| `([a-z-]+)` +\| (.*?) +\|$/gm)].map(([, ...cells]) => cells.join('|'));
    const known = targets.flatMap(({ name, options = [] }) => options.map((option) => [name, option.name, option.description].join('|')));
    expect(rows.filter((row) => known.includes(row))).toEqual(known);
    expect(known).not.toEqual([]);
  });

  const run = (target: string, ...options: readonly string[]) =>
    gateshift(['convert', '-', '--target', target, ...options.flatMap((option) => ['--target-option', option])], { stdin: alb({}) });

  it('reaches the target', async () => {
    const { stdout } = await run('aws-alb', 'dry-run=true');
    expect(stdout).toContain('gateway.k8s.aws/dry-run: "true"');
  });

  it.each([
    ['aws-alb', 'dry-rnu=true', 'did you mean dry-run?'],
    ['aws-alb', 'dry-run=yes', 'it is true or false'],
    ['aws-alb', 'dry-run', 'takes NAME=VALUE'],
    ['standard', 'dry-run=true', 'target standard has no settings of its own'],
    ['vpc-lattice', 'security-groups=web', 'sg-'],
    ['vpc-lattice', 'access-logs=arn:aws:s3:::a,arn:aws:s3:::b', 'one destination of a kind'],
    ['vpc-lattice', 'access-logs=bucket', 'it takes ARNs'],
    ['vpc-lattice', 'iam-policy={"Version":', 'JSON object'],
  ])('of %s: %s is a usage error', async (target, option, message) => {
    const { code, stderr } = await run(target, option);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
