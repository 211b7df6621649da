#!/usr/bin/env node
import type { Context } from './cli/context.js';
import { failureOf } from './cli/failure.js';
import { harmless } from './cli/output.js';
import { run, tell } from './cli/run.js';
import { terminalOf } from './cli/terminal.js';

const argv = process.argv.slice(2);

const context: Context = {
  environment: process.env,
  json: argv.includes('--json'),
  terminal: terminalOf(process.stdout, process.env),
  watched: process.stderr.isTTY === true,
  exitCode: 0,
  print: (text) => void process.stdout.write(text),
  note: (sentence) => void process.stderr.write(`${harmless(sentence)}\n`),
};

// A reader that has seen enough (`| head`) is no failure; a disk that takes no more is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : tell({ ...context, json: false }, failureOf(error)));
});
process.stderr.on('error', () => {});

const code = await run(argv, context);
// When all is written: whatever is still open to a store that says nothing would keep the process.
process.stdout.write('', (failed) => {
  // What could not be written is told, and ends the process, above.
  if (failed) return;
  process.stderr.write('', () => setImmediate(() => process.exit(code)));
});
