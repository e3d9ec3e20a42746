package gatehouse.api.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A silence (静默) or a maintenance window (维护窗口): alerts that match are not told to the audience
 * that set it, but counted. A field that is null matches everything.
 *
 * @param id chosen by whoever sets it, so that setting it twice is as good as once
 * @param community the community
 * @param kind whether somebody wants quiet, or works there
 * @param model id of a model
 * @param place id of a place
 * @param device id of a device in the evidence
 * @param subject id of a subject, e.g. a plate
 * @param reason why
 * @param owner who set it, as people know them
 * @param starts from when
 * @param ends until when; or when it was ended before
 * @param state whether it is to come, holds, or has ended
 * @param held how many alerts it has held back
 */
record Silence(
    String id,
    String community,
    Kind kind,
    @Nullable String model,
    @Nullable String place,
    @Nullable String device,
    @Nullable String subject,
    String reason,
    String owner,
    Instant starts,
    Instant ends,
    State state,
    int held) {

  /** Why it is quiet. */
  enum Kind {
    SILENCE,
    MAINTENANCE
  }

  /** Where it stands. */
  enum State {
    PLANNED,
    ACTIVE,
    ENDED
  }
}
