const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** fast-check keeps what `fc.configureGlobal` sets, which is for one test file. */
const loadedAnew = new Set(['fast-check']);

/** By file: what Jest's transformer made of it. */
const transformed = new Map();
/** By file: its compiled code. Each call makes a new instance of the module. */
const compiled = new Map();
/** By folder and name: the file of a package, or null where Jest has to load it. */
const packageFiles = new Map();

/**
 * Jest runtime for `one-realm-environment.js`. A worker loads a package once, as Node does, and transforms and compiles
 * each other file once. Still, each test file gets its own instances of all modules in `src/` and `test/`. Jest does all
 * of this again for each test file, which is about half of the processor time of `npm test`.
 */
module.exports = class OneRealmRuntime extends Runtime {
  #isTransformIgnored;
  /** While `jest.isolateModules` runs, which is for new instances of packages, too. */
  #isolates = false;

  constructor(config, environment, resolver, transformer, cacheFS, options, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, options, testPath, globalConfig);
    const ignored = new RegExp(config.transformIgnorePatterns.join('|'));
    this.#isTransformIgnored = (file) => ignored.test(file);
    this.executor.compile = compileOnce(this.executor.injectedModuleParameters);
    // While it watches, files change.
    if (!globalConfig.watch && !globalConfig.watchAll) transformOnce(this.transformCache);
  }

  requireModule(from, name, options, isRequireActual) {
    const file = options?.isInternalModule || this.#isolates ? null : this.#packageFile(from, name);
    return file === null ? super.requireModule(from, name, options, isRequireActual) : require(file);
  }

  isolateModules(load) {
    this.#isolates = true;
    try {
      super.isolateModules(load);
    } finally {
      this.#isolates = false;
    }
  }

  async isolateModulesAsync(load) {
    this.#isolates = true;
    try {
      await super.isolateModulesAsync(load);
    } finally {
      this.#isolates = false;
    }
  }

  /** Jest's own modules, and those that it transforms or replaces, are not for this. */
  #packageFile(from, name) {
    if (name === undefined || name[0] === '.' || path.isAbsolute(name) || isBuiltin(name)) return null;
    if (loadedAnew.has(name)) return null;
    const key = `${path.dirname(from)} ${name}`;
    if (!packageFiles.has(key)) {
      const file = createRequire(from).resolve(name);
      packageFiles.set(key, this.#isTransformIgnored(file) ? file : null);
    }
    return packageFiles.get(key);
  }
};

const compileOnce = (parameters) => (source, filename) => {
  const known = compiled.get(filename);
  if (known?.source === source) return known.code;
  const code = compileFunction(source, parameters, { filename });
  compiled.set(filename, { source, code });
  return code;
};

function transformOnce(cache) {
  const transform = cache.transform.bind(cache);
  cache.transform = (filename, options) => {
    const key = options?.isInternalModule ? `internal ${filename}` : filename;
    if (!transformed.has(key)) {
      const code = transform(filename, options);
      transformed.set(key, { code, sourceMap: cache.sourceMaps.get(filename) });
    }
    const { code, sourceMap } = transformed.get(key);
    if (sourceMap) cache.sourceMaps.set(filename, sourceMap);
    return code;
  };
}
