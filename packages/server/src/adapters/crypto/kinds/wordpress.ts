/**
 * What WordPress may have hashed for a password. It takes off spaces at the ends, and its forms add slashes to quotes
 * and backslashes, so that another text is hashed than was typed; its command line adds none.
 */
export function wordPressTexts(password: string): readonly string[] {
  const trimmed = password.replace(/^[ \n\r\t\v\0]+|[ \n\r\t\v\0]+$/g, '');
  return [...new Set([trimmed, trimmed.replace(/['"\\]/g, String.raw`\$&`)])];
}
