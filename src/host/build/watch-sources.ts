import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Editors and `git checkout` write several files; one reload is enough for them. In ms. */
const calmMs = 80;

/**
 * Calls `changed` with the changed files, relative to the project, once things are calm again. Paths that do not
 * exist yet are noticed when they appear.
 * @returns when watching has begun
 */
export async function watchSources(
  projectRoot: string,
  watched: readonly string[],
  changed: (files: readonly string[]) => void,
): Promise<FSWatcher> {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...watched], { cwd: projectRoot, ignoreInitial: true });
  watcher.on('all', (_event, file) => {
    files.add(file.split(path.sep).join('/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const calm = [...files].sort();
      files.clear();
      changed(calm);
    }, calmMs);
    timer.unref();
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return watcher;
}
