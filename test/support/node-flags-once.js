/**
 * Jest setup. axios reads this property for each request. Node computes it once per process, but the copy of `process` that
 * Jest gives to a test file computes it for each read, which is a twentieth of the time of a test with many requests.
 */
Object.defineProperty(process, 'allowedNodeEnvironmentFlags', { value: process.allowedNodeEnvironmentFlags });
