package gatehouse.api.approval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A wish that another person decides on.
 *
 * @param id chosen by whoever asks, so that asking twice is as good as once
 * @param wish what is wished, in the form of its kind
 * @param reason why
 * @param askedBy who asks, as people know them
 * @param decidedBy who decided; null: nobody yet
 * @param note what whoever decided had to say
 */
public record Approval(
    UUID id,
    String community,
    Kind kind,
    JsonNode wish,
    String reason,
    @JsonIgnore UUID askedById,
    String askedBy,
    Instant askedAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    String note) {

  /** What is wished. */
  public enum Kind {
    PERMIT,
    EXPORT
  }

  /** Whether it was decided. */
  public enum State {
    ASKED,
    APPROVED,
    REJECTED
  }
}
