// Links such as bench/run.ts lead here. Each starts the program beside it, bench/run.mts, once it is sure that this Node
// can run it. So this file is plain JavaScript, and CommonJS: any version of Node reads it, and an old one prints a
// sentence instead of a stack trace.
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const needNode = join(__dirname, '../../packages/server/bin/need-node.js');
const program = resolve(process.argv[1] || '').replace(/\.ts$/, '.mts');

import(pathToFileURL(needNode).href)
  .then(({ hasNode }) => hasNode() && import(pathToFileURL(program).href))
  .catch((error) => {
    // Thrown as Node throws what the program itself throws.
    setImmediate(() => {
      throw error;
    });
  });
