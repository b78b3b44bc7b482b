const root = import.meta.dirname;

/** The checkout around this folder is not part of the app. */
export default { turbopack: { root }, outputFileTracingRoot: root };
