package gatehouse.model;

import gatehouse.registry.Permit;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says about how long visits may last.
 *
 * @param passes visitor's passes in their versions, by pass
 * @param permits permits that name a subject
 */
public record StayRegistry(Map<String, List<VisitorPass>> passes, List<Permit> permits) {

  static final StayRegistry NONE = new StayRegistry(Map.of(), List.of());

  private static final int PASSES = 2000;
  private static final int VERSIONS = 4;
  private static final int PERMITS = 200;
  private static final int RENEWALS = 8;

  StayRegistry with(VisitorPass pass) {
    Map<String, List<VisitorPass>> next = new HashMap<>(passes);
    next.put(pass.pass(), Validity.with(versions(pass.pass()), pass, VERSIONS));
    if (next.size() > PASSES) {
      next.keySet().stream()
          .filter(id -> !id.equals(pass.pass()))
          .min(Comparator.comparing((String id) -> recordedAt(next, id)).thenComparing(id -> id))
          .ifPresent(next::remove);
    }
    return new StayRegistry(Map.copyOf(next), permits);
  }

  StayRegistry with(Permit permit) {
    return new StayRegistry(passes, Validity.with(permits, permit, PERMITS));
  }

  /** Without what ended before then. */
  StayRegistry without(Instant before) {
    Map<String, List<VisitorPass>> next = new HashMap<>(passes);
    next.values()
        .removeIf(versions -> versions.stream().allMatch(p -> over(p.entry().validTo(), before)));
    return new StayRegistry(
        Map.copyOf(next),
        permits.stream().filter(permit -> !over(permit.entry().validTo(), before)).toList());
  }

  boolean isPass(String credential, Instant time) {
    return Validity.at(versions(credential), time) != null;
  }

  /**
   * Until when a visit that began then may last by its pass, renewals of the pass included.
   *
   * @return null if no pass with an end covers its beginning
   */
  @Nullable Instant passEnds(String credential, Instant since) {
    List<VisitorPass> versions = versions(credential);
    VisitorPass pass = Validity.at(versions, since);
    Instant end = pass == null ? null : pass.entry().validTo();
    for (int i = 0; i < RENEWALS && end != null; i++) {
      VisitorPass renewed = Validity.at(versions, end);
      if (renewed == null) {
        return end;
      }
      end = renewed.entry().validTo();
    }
    return end;
  }

  /** The limit, later if a permit for the subject holds then. */
  Instant extended(String subject, Instant limit) {
    Instant end = limit;
    for (int i = 0; i < RENEWALS; i++) {
      Instant now = end;
      Instant later =
          permits.stream()
              .filter(permit -> permit.subjects().contains(subject))
              .filter(permit -> permit.entry().validAt(now))
              .map(
                  permit ->
                      permit.entry().validTo() == null ? Instant.MAX : permit.entry().validTo())
              .max(Comparator.naturalOrder())
              .orElse(null);
      if (later == null || later.equals(Instant.MAX)) {
        return later == null ? end : now.plus(Duration.ofDays(3650));
      }
      end = later;
    }
    return end;
  }

  private List<VisitorPass> versions(String pass) {
    return passes.getOrDefault(pass, List.of());
  }

  private static Instant recordedAt(Map<String, List<VisitorPass>> passes, String id) {
    List<VisitorPass> versions = passes.getOrDefault(id, List.of());
    return versions.isEmpty() ? Instant.MIN : versions.get(versions.size() - 1).time();
  }

  private static boolean over(@Nullable Instant end, Instant before) {
    return end != null && end.isBefore(before);
  }
}
