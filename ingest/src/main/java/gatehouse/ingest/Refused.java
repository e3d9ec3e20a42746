package gatehouse.ingest;

/** A message is not taken. Cheap to throw: it carries no stack. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final Rejection reason;

  /** The detail names fields, never values of the message. */
  Refused(Rejection reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Refused(Rejection reason) {
    this(reason, reason.explanation());
  }

  Rejection reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
