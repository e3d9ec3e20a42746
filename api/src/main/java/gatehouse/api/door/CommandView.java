package gatehouse.api.door;

import com.fasterxml.jackson.annotation.JsonProperty;
import gatehouse.door.DoorCommand;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A door command as its owner sees it.
 *
 * @param capacity whether it was asked for on duty
 * @param holdUntil until when the door stays released; null: it does not
 */
public record CommandView(
    String id,
    String door,
    DoorCommand.Action action,
    @JsonProperty("as") Capacity capacity,
    @Nullable Instant holdUntil,
    CommandState state,
    Instant stateTime,
    List<Step> history,
    @Nullable String reason) {

  /** A state it has been in. */
  public record Step(CommandState state, Instant at) {}
}
