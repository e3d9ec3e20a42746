package gatehouse.api.police;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is looked up in a case. There are these three kinds and no others: nothing is searched by
 * what somebody is, or by a face.
 *
 * @param kind which of them
 * @param subjectType credential, plate or person; for {@link Kind#SUBJECT}
 * @param subject its id
 * @param community where a credential or a person is known; null: the only one of the case. A plate
 *     is the same everywhere
 * @param from from when; for {@link Kind#SUBJECT}, null: all the case covers
 * @param to before when
 * @param spots one for {@link Kind#PLACE}, two or more for {@link Kind#COLLISION}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Question(
    @Nullable Kind kind,
    @Nullable String subjectType,
    @Nullable String subject,
    @Nullable String community,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable List<Spot> spots) {

  /** The kinds of look-ups. */
  enum Kind {
    /** The passages of one subject. */
    SUBJECT,
    /** Who and what passed one place in one window. */
    PLACE,
    /** Which subjects were seen at all of several places and windows (碰撞比对). */
    COLLISION
  }

  /** A place and a window, {@code to} exclusive. */
  record Spot(
      @Nullable String community,
      @Nullable String place,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** As the audit log writes it, without the subject, which stands in a field of its own there. */
  String text() {
    String first = "kind=" + kind;
    if (kind == Kind.SUBJECT) {
      return first
          + " type="
          + subjectType
          + (community == null ? "" : " community=" + community)
          + " window="
          + window(from, to);
    }
    return Objects.requireNonNullElse(spots, List.<Spot>of()).stream()
        .map(spot -> spot.community() + "/" + spot.place() + "@" + window(spot.from(), spot.to()))
        .collect(Collectors.joining(" spot=", first + " spot=", ""));
  }

  private static String window(@Nullable Instant from, @Nullable Instant to) {
    return (from == null ? "" : from) + ".." + (to == null ? "" : to);
  }
}
