import type { TaskRouterClient } from '../client';
import { nouns } from '../existing/existing';
import { type FoundWorkspace, readContents } from '../existing/read';
import { type DesiredWorkspace, WorkspaceFileError, workspaceFaults } from '../file/desired';
import { type ListedKind, listNames, nameOf } from '../file/names';
import { planWorkspace } from '../plan/plan';
import { chooseWorkspace, type WorkspaceChoice } from './choose-workspace';
import { type WrittenWorkspace, writtenWorkspace } from './written';

interface PulledWorkspace extends WrittenWorkspace {
  /** What the file's own check finds wrong; empty when the file can be applied. */
  readonly faults: readonly string[];
  /**
   * Whether the text of a file already describes the workspace: a plan from it has nothing to do and leaves nothing out.
   * A file may omit what TaskRouter chooses.
   */
  isDescribedBy(text: string): boolean;
}

/**
 * Describes an existing workspace as a file. Applying the file to the same workspace changes nothing.
 * @throws WorkspaceNotChosen when the choice matches no workspace, or several; WorkspaceFileError when two resources of
 * one kind share a name, because a file knows them by name
 */
export async function pullWorkspace(
  client: TaskRouterClient,
  choice: WorkspaceChoice,
  functionsUrl: string | null,
): Promise<PulledWorkspace> {
  const found = await readContents(client, await chooseWorkspace(client, choice), () => true);
  const ambiguous = (Object.keys(listNames) as ListedKind[]).flatMap((kind) => repeatedNames(kind, found));
  if (ambiguous.length > 0) throw new WorkspaceFileError(ambiguous);
  const written = writtenWorkspace(found, functionsUrl);
  return {
    ...written,
    faults: workspaceFaults(written.desired),
    isDescribedBy: (text) => describesWorkspace(text, found, functionsUrl),
  };
}

function describesWorkspace(text: string, found: FoundWorkspace, functionsUrl: string | null): boolean {
  const desired = parseWorkspace(text);
  if (desired?.friendlyName !== found.friendlyName) return false;
  try {
    const { changes, notes, extras } = planWorkspace(desired, found, functionsUrl);
    return changes.length + notes.length + extras.length === 0;
  } catch (error) {
    if (error instanceof WorkspaceFileError) return false;
    throw error;
  }
}

/** Null when the text is not a valid workspace file. */
function parseWorkspace(text: string): DesiredWorkspace | null {
  try {
    const value: unknown = JSON.parse(text);
    return workspaceFaults(value).length === 0 ? (value as DesiredWorkspace) : null;
  } catch {
    return null;
  }
}

function repeatedNames(kind: ListedKind, found: FoundWorkspace): string[] {
  const names = found[listNames[kind]].map(nameOf);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map(
    (name) =>
      `The workspace has several ${nouns[kind]}s named ${JSON.stringify(name)}. Rename all but one of them.`,
  );
}

/**
 * The text of the file.
 * @param present the text that it replaces; null for a new file. What is in it for tools alone is kept
 */
export function fileText({ desired }: WrittenWorkspace, present: string | null = null): string {
  const { $schema, exampleTasks, lint } = (present !== null && parseWorkspace(present)) || {};
  // JSON leaves out what is undefined.
  return `${JSON.stringify({ $schema, ...desired, exampleTasks, lint }, null, 2)}\n`;
}
