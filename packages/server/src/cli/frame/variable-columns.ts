import type { ConfigVariableInfo } from '../../config/variable.ts';
import { columns } from './columns.ts';

/** Variables with their descriptions and defaults, for the help. */
export function variableColumns(variables: readonly ConfigVariableInfo[]): string {
  return columns(
    variables.map(({ name, description, defaultText }) => [
      name,
      defaultText === undefined ? description : `${description} Default: ${defaultText}`,
    ]),
  );
}
