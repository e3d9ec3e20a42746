package gatehouse.api.news;

/** Where a piece of news is on its way. */
enum NewsState {
  /** Being written; only the police see it. */
  DRAFT,
  /** To be read from its time to its expiry. */
  PUBLISHED,
  /** Taken back: readers see that and why, and not what it said. */
  WITHDRAWN
}
