import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectFile } from '../expect-file.ts';
import { play } from './scenario.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/cli');

/** Each folder has a `scenario.txt`: commands and what they say. */
describe('fixtures/cli', () => {
  it.each(readdirSync(FOLDER))('%s', async (name) => {
    const folder = join(FOLDER, name);
    const scenario = readFileSync(join(folder, 'scenario.txt'), 'utf8');
    expect(scenario).toMatch(/^\$ gateshift /m);
    expectFile(join(folder, 'scenario.txt'), await play(scenario, folder));
  });
});
