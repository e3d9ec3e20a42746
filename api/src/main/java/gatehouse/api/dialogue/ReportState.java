package gatehouse.api.dialogue;

/** How far a report has come; the reporter sees it. */
enum ReportState {
  /** The police have it. */
  RECEIVED,
  /** An officer works on it. */
  ASSIGNED,
  /** The officer has written. */
  ANSWERED,
  /** It is done; nobody writes any more. */
  CLOSED
}
