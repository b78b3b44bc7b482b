import type { Config } from '../../config/config.ts';
import { explainConnectionFailure, isTlsFailure } from '../../kernel/connection-failure.ts';
import { type Check, checkTimeout } from './check.ts';

/** What is known of a server whose URL leads to this one. */
interface Discovery {
  readonly issuer?: unknown;
}

/** Whether LATCHKEY_PUBLIC_URL leads to a server that goes by that URL. It may not run yet. */
export async function checkPublicUrl({ publicUrl }: Config): Promise<Check[]> {
  const name = 'public URL';
  try {
    const { status, issuer } = await readIssuer(publicUrl);
    if (issuer === publicUrl) return [{ name, result: 'ok', message: `${publicUrl} leads to Latchkey.` }];
    const other =
      issuer === undefined ? `something else answers (${status})` : 'the server there has another URL';
    return [{ name, result: 'failed', message: `At ${publicUrl}, ${other}. See LATCHKEY_PUBLIC_URL.` }];
  } catch (error) {
    // Nobody can use a server whose certificate is refused; one that does not answer may not have been started.
    if (isTlsFailure(error)) {
      return [{ name, result: 'failed', message: `${publicUrl} cannot be used: ${reasonOf(error)}.` }];
    }
    const question = 'Is the server started, and the proxy in front of it?';
    const message = `No answer from ${publicUrl}: ${reasonOf(error)}. ${question}`;
    return [{ name, result: 'warning', message }];
  }
}

async function readIssuer(
  publicUrl: string,
): Promise<{ readonly status: number; readonly issuer?: unknown }> {
  const url = `${publicUrl}/.well-known/latchkey`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(checkTimeout) });
  const { status } = answer;
  try {
    return { status, issuer: ((await answer.json()) as Discovery).issuer };
  } catch (error) {
    if (error instanceof SyntaxError) return { status };
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if ((error as Error).name === 'TimeoutError') return `none came within ${checkTimeout / 1000} s`;
  return explainConnectionFailure(error) ?? 'the connection failed';
}
