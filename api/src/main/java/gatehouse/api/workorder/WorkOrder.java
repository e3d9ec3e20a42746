package gatehouse.api.workorder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import gatehouse.api.http.EntityTag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A work order (工单).
 *
 * @param version counted from 1; also the entity tag
 * @param alert the alert it comes from, if it does
 * @param assignee user name; null: whoever is on duty in the community
 * @param due until when
 * @param silence the maintenance window that lasts as long as the work
 */
record WorkOrder(
    UUID id,
    String community,
    int version,
    Kind kind,
    State state,
    String title,
    @Nullable String place,
    @Nullable String device,
    @Nullable UUID alert,
    @Nullable String assignee,
    @Nullable Instant due,
    @Nullable UUID silence,
    String createdBy,
    Instant createdAt,
    Instant changedAt) {

  /** What kind of work. */
  enum Kind {
    REPAIR,
    PATROL,
    /** A test of fire detectors, releases and lanes. */
    FIRE_TEST,
    OTHER
  }

  /** How far it is. */
  enum State {
    OPEN,
    IN_PROGRESS,
    DONE,
    CANCELLED;

    boolean isFinal() {
      return this == DONE || this == CANCELLED;
    }

    /** Which states may follow; a note alone changes none. */
    Set<State> next() {
      return switch (this) {
        case OPEN -> EnumSet.of(OPEN, IN_PROGRESS, DONE, CANCELLED);
        case IN_PROGRESS -> EnumSet.of(OPEN, IN_PROGRESS, DONE, CANCELLED);
        case DONE, CANCELLED -> EnumSet.noneOf(State.class);
      };
    }
  }

  @JsonIgnore
  String etag() {
    return EntityTag.of(version);
  }
}
