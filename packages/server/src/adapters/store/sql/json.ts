const emptyObject = Object.freeze({});
const emptyArray: readonly string[] = Object.freeze([]);

/** The object in the column's JSON text. Almost all are empty, and those are one frozen object. */
export function parseObject(json: string): Record<string, unknown> {
  return json === '{}' ? emptyObject : JSON.parse(json);
}

/** The list of texts in the column's JSON text. Empty ones are one frozen array. */
export function parseTexts(json: string): readonly string[] {
  return json === '[]' ? emptyArray : JSON.parse(json);
}
