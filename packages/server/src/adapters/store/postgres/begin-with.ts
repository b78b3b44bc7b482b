import pg from 'pg';

/** How `pg` sends a statement: one message of PostgreSQL's protocol for each call. */
interface Wire {
  parse(statement: { readonly text: string }): void;
  bind(portal: object): void;
  describe(portal: { readonly type: 'P' }): void;
  execute(portal: object): void;
}

type Config = pg.QueryConfig & { readonly queryMode: 'extended' };
type Done = (error: Error | undefined, results: unknown) => void;

const { prepare: prepareOne } = pg.Query.prototype as unknown as {
  prepare(this: pg.Query, wire: Wire): void;
};

/**
 * A statement that sends others before it, in the same round trip. One `Sync` stands behind all of them: when one fails,
 * the server passes over those that follow.
 */
class PrecededQuery extends pg.Query {
  readonly #before: readonly string[];

  constructor(before: readonly string[], config: Config, done: Done) {
    super(config, done);
    this.#before = before;
  }

  /** Called by `submit`, instead of that of `pg.Query`. */
  prepare(wire: Wire): void {
    for (const text of this.#before) {
      wire.parse({ text });
      wire.bind({});
      wire.describe({ type: 'P' });
      wire.execute({});
    }
    prepareOne.call(this, wire);
  }
}

/**
 * Begins a transaction by the statements of `beginning`, and runs its first one, in one round trip. Nothing is run outside
 * the transaction: if it cannot begin, the first statement is not run.
 */
export function beginWith(
  client: pg.ClientBase,
  beginning: readonly string[],
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const config: Config = { text, values: [...values], queryMode: 'extended' };
    const done: Done = (error, results) =>
      error ? reject(error) : resolve((results as pg.QueryResult[]).at(-1)!);
    client.query(new PrecededQuery(beginning, config, done));
  });
}
