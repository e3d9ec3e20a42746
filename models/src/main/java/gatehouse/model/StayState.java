package gatehouse.model;

import gatehouse.stats.DurationSketch;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visits of a community, and what was learned of them.
 *
 * @param visits open visits by {@link Visit#key}, at most {@value #VISITS}
 * @param ended visits that were told and are over, which the registry may still explain
 * @param registry what the registry says about visits
 * @param lengths how long visits last, by role
 * @param reads how well the border is read, by type of subject
 * @param watch when the border was blind
 * @param since when the first event was seen
 * @param sweptAt when what is over was last forgotten
 */
public record StayState(
    Map<String, Visit> visits,
    List<Visit> ended,
    StayRegistry registry,
    Map<String, DurationSketch> lengths,
    Map<String, BorderReads> reads,
    BorderWatch watch,
    @Nullable Instant since,
    Instant sweptAt) {

  private static final int VISITS = 500;
  private static final int ENDED = 32;

  static StayState startingAt(Instant now) {
    return new StayState(
        Map.of(), List.of(), StayRegistry.NONE, Map.of(), Map.of(), BorderWatch.NEW, null, now);
  }

  StayState with(Visit visit) {
    Map<String, Visit> next = new HashMap<>(visits);
    next.put(visit.key(), visit);
    if (next.size() > VISITS) {
      next.values().stream()
          .filter(other -> !other.key().equals(visit.key()))
          .min(Comparator.comparing(Visit::since).thenComparing(Visit::key))
          .ifPresent(oldest -> next.remove(oldest.key()));
    }
    return visits(next);
  }

  StayState without(Visit visit) {
    Map<String, Visit> next = new HashMap<>(visits);
    next.remove(visit.key());
    return visits(next);
  }

  private StayState visits(Map<String, Visit> next) {
    return new StayState(Map.copyOf(next), ended, registry, lengths, reads, watch, since, sweptAt);
  }

  StayState ended(List<Visit> next) {
    return new StayState(
        visits,
        List.copyOf(next.subList(Math.max(0, next.size() - ENDED), next.size())),
        registry,
        lengths,
        reads,
        watch,
        since,
        sweptAt);
  }

  StayState registry(StayRegistry next) {
    return new StayState(visits, ended, next, lengths, reads, watch, since, sweptAt);
  }

  StayState length(String role, DurationSketch sketch) {
    Map<String, DurationSketch> next = new HashMap<>(lengths);
    next.put(role, sketch);
    return new StayState(visits, ended, registry, Map.copyOf(next), reads, watch, since, sweptAt);
  }

  BorderReads readsOf(String subjectType) {
    return reads.getOrDefault(subjectType, BorderReads.NONE);
  }

  StayState reads(String subjectType, BorderReads counted) {
    Map<String, BorderReads> next = new HashMap<>(reads);
    next.put(subjectType, counted);
    return new StayState(visits, ended, registry, lengths, Map.copyOf(next), watch, since, sweptAt);
  }

  StayState watch(BorderWatch next) {
    return new StayState(visits, ended, registry, lengths, reads, next, since, sweptAt);
  }

  StayState seenAt(Instant now) {
    return since != null
        ? this
        : new StayState(visits, ended, registry, lengths, reads, watch, now, sweptAt);
  }

  StayState swept(Instant now, Instant before) {
    return new StayState(
        visits, ended, registry.without(before), lengths, reads, watch, since, now);
  }
}
