package gatehouse.api.webhook;

import gatehouse.notification.Notification.Kind;
import java.util.Arrays;
import java.util.Optional;

/** What a webhook may tell: what there are notifications of. */
enum EventType {
  ALERT_TOLD("alert.told", Kind.ALERT),
  ALERT_RAISED("alert.raised", Kind.RAISED),
  ALERT_ESCALATED("alert.escalated", Kind.ESCALATED),
  ALERT_WITHDRAWN("alert.withdrawn", Kind.WITHDRAWN),
  /** Somebody has taken the alert. */
  ALERT_TAKEN("alert.taken", Kind.STOPPED),
  BUDGET_USED_UP("budget.used-up", Kind.BUDGET),
  DIGEST_READY("digest.ready", Kind.DIGEST);

  /** Sent when it is asked for, to whoever asks. */
  static final String TEST = "webhook.test";

  private final String wireName;
  private final Kind kind;

  EventType(String wireName, Kind kind) {
    this.wireName = wireName;
    this.kind = kind;
  }

  String wireName() {
    return wireName;
  }

  static EventType of(Kind kind) {
    return Arrays.stream(values()).filter(type -> type.kind == kind).findFirst().orElseThrow();
  }

  static Optional<EventType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
