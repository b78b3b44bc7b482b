import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';

const binding = 'SCRAM-SHA-256-PLUS';

/** The part of `pg`'s connection that tells what the server asks for. */
type Connection = EventEmitter & { readonly stream: Duplex };

/**
 * A client that proves its password bound to the server's certificate (RFC 5929, tls-server-end-point), or not at all.
 * `pg` itself binds where the server offers it, and gives the password in other ways where it does not.
 */
export class BoundClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super(config);
    const { connection } = this as unknown as { readonly connection: Connection };
    let bound = false;
    const refuse = () => connection.stream.destroy(new Error('channel binding is not offered by the server'));
    connection.prependListener('authenticationSASL', ({ mechanisms }: { mechanisms: string[] }) => {
      bound = mechanisms.includes(binding);
      if (!bound) refuse();
    });
    for (const other of ['authenticationCleartextPassword', 'authenticationMD5Password'])
      connection.prependListener(other, refuse);
    connection.prependListener('authenticationOk', () => {
      if (!bound) refuse();
    });
  }
}
