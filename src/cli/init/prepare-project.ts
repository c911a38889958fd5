import path from 'node:path';
import type { ChoiceFlags } from '../flags';
import type { Terminal } from '../terminal';
import { writeLines } from '../workspace/output';
import { pullWorkspaceFile } from '../workspace/pull-workspace-file';
import type { Connect } from '../workspace/target';
import { ignoreLocalFiles } from './ignore-local-files';
import { localVariables } from './local-variables';
import { missingCallbacks } from './missing-callbacks';
import { writeMissingVariables } from './missing-variables';
import { writeTutorialFile } from './tutorial-file';

export interface InitFlags extends ChoiceFlags {
  readonly from: 'tutorial' | 'twilio';
  readonly workspace: string;
  readonly data: string;
  readonly functionsUrl?: string | undefined;
  readonly force: boolean;
}

const environmentFile = '.env';

/**
 * Writes what a project needs to run locally. What is there already stays: run again, it changes nothing.
 * @throws ConfigurationError, WorkspaceFileError, or what pulling a workspace throws
 */
export async function prepareProject(terminal: Terminal, flags: InitFlags, connect?: Connect): Promise<void> {
  if (flags.from === 'tutorial') writeLines(terminal, writeTutorialFile(flags));
  else {
    const { hasFaults } = await pullWorkspaceFile(
      terminal,
      { ...flags, target: 'twilio', json: false },
      connect,
    );
    if (hasFaults) return;
  }
  const workspaceFile = path.resolve(flags.workspace);
  const variables = await localVariables(terminal, path.resolve(flags.data), workspaceFile);
  writeLines(
    terminal,
    ...writeMissingVariables(environmentFile, variables),
    ...ignoreLocalFiles(process.cwd(), [environmentFile, `${flags.data.replace(/\/$/, '')}/`]),
    ...missingCallbacks(process.cwd(), workspaceFile),
    'Next: npx taskrouter start',
  );
}
