import { Worker } from 'node:worker_threads';

/** Says on a terminal what takes long. */
export interface Progress {
  readonly step: (label: string) => void;
  /** Takes the line away; nothing is written to it afterwards. */
  readonly stop: () => Promise<void>;
}

export const SILENT: Progress = { step: () => undefined, stop: async () => undefined };

/** Nothing that is quicker than this is worth a line. */
const PATIENCE_MS = 500;

/**
 * A line on a terminal that is rewritten in place, from half a second on. A conversion keeps this thread busy from start to
 * end, so the line is written by another one, straight to the file descriptor.
 */
export function terminalProgress(fd = 2): Progress {
  const worker = new Worker(`(${writeLines.toString()})(require)`, { eval: true, workerData: { fd, patience: PATIENCE_MS } });
  worker.unref();
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
  return {
    step: (label) => worker.postMessage(label),
    stop: () => {
      worker.ref();
      worker.postMessage(null);
      return ended;
    },
  };
}

/** Runs in the worker, from its text: it may refer to nothing outside itself. */
function writeLines(require: NodeJS.Require): void {
  const { parentPort, workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
  const { writeSync } = require('node:fs') as typeof import('node:fs');
  const { fd, patience }: { fd: number; patience: number } = workerData;
  const start = Date.now();
  let label = '';
  let shown = '';
  const write = (text: string) => {
    try {
      writeSync(fd, text);
    } catch {
      // A terminal that takes nothing now is no reason to fail.
    }
  };
  const timer = setInterval(() => {
    if (label === '' || Date.now() - start < patience) return;
    const line = `${label} … ${Math.round((Date.now() - start) / 1000)} s`;
    if (line === shown) return;
    shown = line;
    write(`\r\u001b[K${line}`);
  }, 100);
  parentPort?.on('message', (message: string | null) => {
    if (message !== null) {
      label = message;
      return;
    }
    clearInterval(timer);
    if (shown !== '') write('\r\u001b[K');
    parentPort?.close();
  });
}
