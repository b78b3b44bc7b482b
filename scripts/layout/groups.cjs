/**
 * The groups of the server's source, from the top to the bottom: each may import what stands below it. The adapters
 * stand beside them: they know ports and nouns, and only the wiring knows them.
 */
module.exports.groups = [
  'main.ts',
  'cli',
  'app',
  'forward-auth',
  'config',
  'api',
  'http',
  'import-export',
  'authentication',
  'sites',
  'identity',
  'sessions',
  'log',
  'kernel',
];
module.exports.beside = ['adapters'];
