/**
 * What WordPress may have hashed for a password. Its forms trim it and add slashes to quotes and backslashes, and so
 * hash another text than was typed; its command line hashes the text itself.
 */
export function wordPressTexts(password: string): readonly string[] {
  const trimmed = password.replace(/^[ \n\r\t\v\0]+|[ \n\r\t\v\0]+$/g, '');
  return [...new Set([password, trimmed, trimmed.replace(/['"\\]/g, String.raw`\$&`)])];
}
