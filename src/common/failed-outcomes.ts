/** The outcomes of a callback that count as errors: no usable response, or one that could not be applied. */
export const failedCallbackOutcomes: readonly string[] = ['dropped', 'refused', 'timed_out', 'failed'];
