#!/usr/bin/env node
// Any version of Node can read this file: an old one prints a sentence instead of a syntax error.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Latchkey needs Node 26 or later, and this is ${process.versions.node}. In a checkout, npm ci brings it.`,
  );
  process.exitCode = 2;
} else {
  void import('../src/main.ts').then(({ runProcess }) => runProcess());
}
