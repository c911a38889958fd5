import path from 'node:path';

/** The folders of all runs start with this. */
export const folderPrefix = 'taskrouter-run-';

/**
 * An environment without what a proxy added to it before: programs start other runs, and people apply the variables of a new run
 * over those of the last one, whose files are gone.
 */
export function withoutEarlierRun(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, PYTHONPATH, PHP_INI_SCAN_DIR, JAVA_TOOL_OPTIONS } = environment;
  return {
    ...environment,
    NODE_OPTIONS: without(NODE_OPTIONS, preloads),
    PYTHONPATH: withoutFolders(PYTHONPATH),
    PHP_INI_SCAN_DIR: withoutFolders(PHP_INI_SCAN_DIR),
    JAVA_TOOL_OPTIONS: without(JAVA_TOOL_OPTIONS, javaProperties),
  };
}

const preloads = new RegExp(`--require ("[^"]*${folderPrefix}[^"]*"|[^\\s"]*${folderPrefix}\\S*)`, 'g');
/** From the proxy's to the password of the trust store, as client-environment.ts writes them. */
const javaProperties = new RegExp(
  `-Dhttp\\.proxyHost=\\S+ -Dhttp\\.proxyPort=\\d+ -Dhttps\\.proxyHost=[^ ].*?${folderPrefix}.*?trustStorePassword=`,
  'g',
);

const without = (options: string | undefined, ours: RegExp): string | undefined =>
  options?.replace(ours, '').trim().replace(/ {2,}/g, ' ');

const withoutFolders = (list: string | undefined): string | undefined =>
  list
    ?.split(path.delimiter)
    .filter((folder) => !folder.includes(folderPrefix))
    .join(path.delimiter);
