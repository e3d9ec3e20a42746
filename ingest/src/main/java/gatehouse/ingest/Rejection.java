package gatehouse.ingest;

/** Why the intake refuses a message. The name is the reason in dead letters and metrics. */
enum Rejection {
  BAD_TOPIC("The topic is not gatehouse/v1/{community}/{device}/event with plain ids."),
  TOO_LARGE("The message is larger than 64 KiB."),
  UNKNOWN_DEVICE("No device of this name is registered in the community."),
  REVOKED_DEVICE("The device is registered as taken away."),
  UNKNOWN_FORMAT("The message's content type is none that can be read."),
  MALFORMED("The bytes are not JSON in UTF-8."),
  WRONG_SCHEMA("The JSON is not a device message: a field is missing, of another type or range."),
  BAD_TEXT("A text holds NUL or half a character, which no store can keep."),
  IDENTITY_MISMATCH("The message says it comes from another device than its topic."),
  CLOCK_FUTURE("The device's clock is too far ahead."),
  TOO_OLD("The event is older than events are taken."),
  SEQUENCE_CONFLICT("The device used this id or sequence number before, for something else."),
  RATE_LIMITED("The device sends more than one device may."),
  OVERLOAD("It came with QoS 0 while the intake was full: dropped, nothing was kept."),
  INTAKE_FAILED("The intake itself failed on the message.");

  private final String explanation;

  Rejection(String explanation) {
    this.explanation = explanation;
  }

  /** In one line, for people. */
  String explanation() {
    return explanation;
  }
}
