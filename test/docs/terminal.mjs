// Runs the built tool as on a terminal: GATESHIFT_TEST_TERMINAL names the inode of the file that plays it, and its width.
import { fstatSync, readFileSync, writeSync } from 'node:fs';
import { run } from '../../dist/cli/main.js';

const { GATESHIFT_TEST_TERMINAL: terminal = '', ...env } = process.env;
const [inode, columns] = terminal.split(' ').map(Number);
const isTerminal = (stream) => fstatSync(stream).ino === inode;
const write = (stream) => (text) => {
  for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(stream, rest));
};

process.exitCode = await run(process.argv.slice(2), {
  stdin: async () => readFileSync(0),
  stdout: write(1),
  stderr: write(2),
  env,
  stdoutIsTerminal: isTerminal(1),
  stderrIsTerminal: isTerminal(2),
  columns,
  cwd: process.cwd(),
  today: '2026-01-15',
});
