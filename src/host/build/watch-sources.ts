import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Editors and `git checkout` write several files at once; they need only one reload. In ms. */
const settleMs = 80;

/**
 * Calls `onChange` with the changed files, relative to the project, once no more changes follow. A watched path may
 * appear later.
 * @returns once it is watching
 */
export async function watchSources(
  projectRoot: string,
  watched: readonly string[],
  onChange: (files: readonly string[]) => void,
): Promise<FSWatcher> {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...watched], { cwd: projectRoot, ignoreInitial: true });
  watcher.on('all', (_event, file) => {
    files.add(file.split(path.sep).join('/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const changed = [...files].sort();
      files.clear();
      onChange(changed);
    }, settleMs);
    timer.unref();
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return watcher;
}
