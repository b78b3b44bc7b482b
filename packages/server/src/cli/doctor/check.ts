/** What doctor has found out about one part. */
export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

/** How long a check may take. Milliseconds. */
export const checkTimeout = 5000;

/** The check, or that it failed because it took too long. */
export async function withinLimit(name: string, check: Promise<Check[]>): Promise<Check[]> {
  const late: Check = { name, result: 'failed', message: 'No answer in time.' };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Check[]>((resolve) => {
    timer = setTimeout(() => resolve([late]), checkTimeout + 1000);
  });
  try {
    return await Promise.race([check, limit]);
  } finally {
    clearTimeout(timer);
  }
}
