/**
 * The few lengths that sealed things may have, in bytes: what the server can tell apart, it can count.
 * Twin of `app/domain/sealed_length.py`.
 */

export const LETTER_BUCKETS = Object.freeze([4096, 16384, 65536, 262144]);
export const MESSAGE_BUCKETS = Object.freeze([1024, 4096, 16384, 65536]);
export const RECORD_BUCKETS = Object.freeze([512, 4096, 16384, 65536]);
export const SUMMARY_STEP = 512;
export const SUMMARY_MOST = 65536;

/** X-Wing's enc (1120) and the AES-GCM tag (16). */
export const ENVELOPE_OVERHEAD = 1136;
/** Nonce (12) and the AES-GCM tag (16). */
export const SMALL_OVERHEAD = 28;
