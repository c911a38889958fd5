import * as z from 'zod';
import { workspaceSchema } from './schema';

/**
 * The JSON Schema of workspace files, for editors. It says less than the check of a file, which also compares names:
 * see references.ts.
 */
export function workspaceJsonSchema(): object {
  return {
    title: 'Workspace file of taskrouter-lifecycle',
    ...z.toJSONSchema(workspaceSchema, { io: 'input' }),
  };
}
