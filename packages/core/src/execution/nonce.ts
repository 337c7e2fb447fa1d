// What marks the writes of one run as its own.

/** A text that no other run has. Never from a connection's `random`: one that repeats itself would let two writes pass for one. */
export function makeNonce(): string {
  return crypto.randomUUID()
}
