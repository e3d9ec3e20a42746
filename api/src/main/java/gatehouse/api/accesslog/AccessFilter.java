package gatehouse.api.accesslog;

import gatehouse.api.http.Inputs;
import gatehouse.event.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which passages; null stands for any. */
record AccessFilter(
    @Nullable String community,
    @Nullable String place,
    @Nullable String subject,
    @Nullable List<String> outcomes,
    @Nullable Instant from,
    @Nullable Instant to) {

  static AccessFilter of(
      @Nullable String community,
      @Nullable String place,
      @Nullable String subject,
      @Nullable String outcome,
      @Nullable String from,
      @Nullable String to) {
    return new AccessFilter(
        Inputs.id("community", community),
        Inputs.text("place", place),
        Inputs.text("subject", subject),
        Inputs.constants("outcome", Outcome.class, outcome),
        Inputs.instant("from", from),
        Inputs.instant("to", to));
  }
}
