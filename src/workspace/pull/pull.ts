import type { Twilio } from 'twilio';
import { nouns } from '../existing/existing';
import { type FoundWorkspace, readContents } from '../existing/read';
import { WorkspaceFileError, workspaceFaults } from '../file/desired';
import { type ListedKind, listNames, nameOf } from '../file/names';
import { chooseWorkspace, type WorkspaceChoice } from './choose-workspace';
import { type WrittenWorkspace, writtenWorkspace } from './written';

interface PulledWorkspace extends WrittenWorkspace {
  /** What the file's own check has against it; none: it can be applied. */
  readonly faults: readonly string[];
}

/**
 * An existing workspace as a file says it. Applied to the same workspace it finds nothing to do.
 * @throws WorkspaceNotChosen when it is not clear which one is meant; WorkspaceFileError when two things of one kind have
 * the same name, by which a file knows them
 */
export async function pullWorkspace(
  client: Twilio,
  choice: WorkspaceChoice,
  functionsUrl: string | null,
): Promise<PulledWorkspace> {
  const found = await readContents(client, await chooseWorkspace(client, choice), () => true);
  const ambiguous = (Object.keys(listNames) as ListedKind[]).flatMap((kind) => repeatedNames(kind, found));
  if (ambiguous.length > 0) throw new WorkspaceFileError(ambiguous);
  const written = writtenWorkspace(found, functionsUrl);
  return { ...written, faults: workspaceFaults(written.desired) };
}

function repeatedNames(kind: ListedKind, found: FoundWorkspace): string[] {
  const names = found[listNames[kind]].map(nameOf);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map(
    (name) =>
      `The workspace has several ${nouns[kind]}s named ${JSON.stringify(name)}. Rename all but one of them.`,
  );
}

/** The text of the file. */
export function fileText({ desired }: WrittenWorkspace): string {
  return `${JSON.stringify(desired, null, 2)}\n`;
}
