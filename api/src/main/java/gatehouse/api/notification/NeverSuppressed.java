package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Severity;
import java.util.Map;

/**
 * Alerts that no cap, budget, silence or other alert ever holds back: somebody may be in danger
 * (A-10; models-spec.md section 4.2).
 */
final class NeverSuppressed {

  /** From which severity on, by model. */
  static final Map<String, Severity> FROM =
      Map.of(
          "duress", Severity.P4,
          "sos", Severity.P4,
          "fire-anomaly", Severity.P1,
          "lift-trapped", Severity.P1,
          "elder-inactivity", Severity.P1,
          "elder-night-exit", Severity.P1,
          "watch-hit", Severity.P1);

  private NeverSuppressed() {}

  static boolean is(Alert alert) {
    Severity from = FROM.get(alert.model());
    return from != null && alert.severity().compareTo(from) <= 0;
  }
}
