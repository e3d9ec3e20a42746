package gatehouse.api.door;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A door command as its owner sees it. */
public record CommandView(
    String id,
    String door,
    CommandState state,
    Instant stateTime,
    List<Step> history,
    @Nullable String reason) {

  /** A state it has been in. */
  public record Step(CommandState state, Instant at) {}
}
