import { readFileSync } from 'node:fs';
import { bareValue } from './environment.ts';
import { ValueError } from './values.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
};

/**
 * Reads the value of a variable from the file that `<name>_FILE` names: UTF-8, without a byte-order mark, and without
 * blanks, line ends and quotes around it. Throws a ValueError that does not tell the path: it may be a secret in the wrong place.
 */
export function readValueFile(name: string, path: string): string {
  const fail = (reason: string): never => {
    throw new ValueError(`cannot be read from the file that ${name}_FILE names: ${reason}`);
  };
  const bytes = readBytes(path, fail);
  if (isUtf16(bytes)) fail('it is UTF-16: save it as UTF-8');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('it is not UTF-8');
  }
  const value = bareValue(text);
  return value === '' ? fail('it is empty') : value;
}

function readBytes(path: string, fail: (reason: string) => never): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const reason = reasons[code];
    return fail(reason === undefined ? code : `${reason} (${code})`);
  }
}

/** Whether it has the mark of UTF-16, as from `>` of PowerShell, or the zeros of its ASCII. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff || bytes.includes(0);
}
