import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesIn } from './bundle-contents.mjs';

const HEAD = 'gateshift is one bundle. It contains the following packages, each under its own licence.';
const SHARED = 'The text of the Apache License, Version 2.0 is in the file LICENSE.';

/**
 * Name, version and licence of each bundled package. One that ships no licence file is under Apache-2.0, like gateshift
 * itself, and is listed with the copyright comments of the files that were bundled.
 *
 * @param {string[]} inputs the bundled source files
 * @throws when a package has no licence text that could be passed on
 */
export function notices(inputs) {
  const sections = packagesIn(inputs).map((folder) =>
    notice(
      folder,
      inputs.filter((path) => path.startsWith(`${folder}/`)),
    ),
  );
  return `${[HEAD, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function notice(folder, inputs) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) {
    if (!/\bApache-2\.0\b/.test(license)) throw new Error(`${name} ${version} (${license}): no licence text to pass on`);
    texts.push(SHARED, ...new Set(inputs.flatMap(copyrightComments)));
  }
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/** Runs of `//` lines that state a copyright, without the slashes. */
function copyrightComments(path) {
  const runs = readFileSync(path, 'utf8').match(/(?:^\/\/.*\n)+/gm) ?? [];
  return runs.filter((run) => /copyright/i.test(run)).map((run) => run.replaceAll(/^\/\/ ?/gm, '').trim());
}
