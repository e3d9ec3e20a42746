package gatehouse.api.purpose;

import gatehouse.api.http.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Where and when a case in force lets its members look.
 *
 * @param id of the case
 * @param number of the case, as people know it
 * @param areas the places
 * @param opens from when
 * @param ends before when
 */
public record CaseScope(UUID id, String number, List<Area> areas, Instant opens, Instant ends) {

  /** A place of a community; empty for all of them. */
  public record Area(String community, String place) {}

  /** The communities, each once. */
  public List<String> communities() {
    return areas.stream().map(Area::community).distinct().toList();
  }

  /**
   * Refuses what the case does not cover.
   *
   * @param community null: whichever the case covers
   * @param place null: whichever the case covers there
   * @param from null: from the beginning of the scope
   * @param to exclusive; null: to the end of the scope
   * @throws Refusal outside-case
   */
  public void check(
      @Nullable String community,
      @Nullable String place,
      @Nullable Instant from,
      @Nullable Instant to) {
    boolean covered =
        areas.stream()
            .anyMatch(
                area ->
                    (community == null || area.community().equals(community))
                        && (place == null || area.place().isEmpty() || area.place().equals(place)));
    if (!covered || (from != null && from.isBefore(opens)) || (to != null && to.isAfter(ends))) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "outside-case");
    }
  }

  /** Where the audit log keeps what is done in it: its community, if it has only one. */
  public String chain(String otherwise) {
    List<String> all = communities();
    return all.size() == 1 ? all.get(0) : otherwise;
  }
}
