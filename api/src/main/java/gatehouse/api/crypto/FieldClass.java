package gatehouse.api.crypto;

/** Classes of personal data. Each is encrypted under a key of its own. */
public enum FieldClass {
  /** Names. */
  NAME,
  /** Identity numbers. */
  IDENTITY,
  /** Phone numbers and addresses. */
  CONTACT,
  /** What people wrote: reports, dialogues, notes. */
  TEXT,
  /** Secrets that must be read again: seeds of one-time codes, keys of webhooks. */
  SECRET
}
