const emptyObject = Object.freeze({});
const emptyArray: readonly string[] = Object.freeze([]);

/** The object that the column's JSON text holds. Empty ones are one frozen object, because almost all are empty. */
export function parseObject(json: string): Record<string, unknown> {
  return json === '{}' ? emptyObject : JSON.parse(json);
}

/** The list of texts that the column's JSON text holds. Empty ones are one frozen array. */
export function parseTexts(json: string): readonly string[] {
  return json === '[]' ? emptyArray : JSON.parse(json);
}
