package gatehouse.api.alert;

import gatehouse.alert.AlertState;
import gatehouse.alert.Severity;
import gatehouse.api.http.Inputs;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which alerts; null stands for any. */
record AlertFilter(
    @Nullable List<String> states,
    @Nullable List<String> severities,
    @Nullable List<String> handlings,
    @Nullable String model,
    @Nullable String community,
    @Nullable UUID digest,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant to) {

  static AlertFilter of(
      @Nullable String state,
      @Nullable String severity,
      @Nullable String handling,
      @Nullable String model,
      @Nullable String community,
      @Nullable String digest,
      @Nullable String text,
      @Nullable String from,
      @Nullable String to) {
    return new AlertFilter(
        Inputs.constants("state", AlertState.class, state),
        Inputs.constants("severity", Severity.class, severity),
        Inputs.constants("handling", Handling.class, handling),
        Inputs.id("model", model),
        Inputs.id("community", community),
        digest == null || digest.isEmpty() ? null : Inputs.uuid(digest),
        Inputs.text("q", text),
        Inputs.instant("from", from),
        Inputs.instant("to", to));
  }

  /** The text as a pattern of LIKE that matches it anywhere, and nothing else. */
  @Nullable String pattern() {
    return text == null
        ? null
        : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
