/** The hash of the sources that were deployed, written in by the build script. */
declare const __BUILD__: string | undefined;

export const build = typeof __BUILD__ === 'string' ? __BUILD__ : 'development';
