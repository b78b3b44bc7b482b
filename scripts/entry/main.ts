// packages/server/src/main.ts is a link to this file, and starts the command. This file is plain JavaScript and CommonJS,
// so that any version of Node reads it: an old one gets a sentence instead of a stack trace.
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

void import(pathToFileURL(join(__dirname, '../../packages/server/bin/latchkey.js')).href);
