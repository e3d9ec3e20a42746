package gatehouse.labelled.act;

import gatehouse.fact.Fact;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is going to happen in a community, by day: acts, facts that become known, and those who are
 * kept from their routine. Days that are over are forgotten, so a year needs no more memory than a
 * day and what was planned ahead.
 */
public final class Agenda {

  private final Instant start;
  private final TreeMap<Long, List<Act>> acts = new TreeMap<>();
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, List<Pause>> pauses = new HashMap<>();

  private record Pause(Instant from, Instant to) {}

  /** An agenda whose days begin at this moment. */
  public Agenda(Instant start) {
    this.start = start;
  }

  /** Adds an act. */
  public void add(Act act) {
    acts.computeIfAbsent(day(act.at()), day -> new ArrayList<>()).add(act);
  }

  /** Adds acts. */
  public void addAll(List<? extends Act> more) {
    more.forEach(this::add);
  }

  /** Something becomes known. */
  public void register(Fact fact) {
    facts.add(fact);
  }

  /** Keeps a person, vehicle or thing from its routine. */
  public void pause(String who, Instant from, Instant to) {
    pauses.computeIfAbsent(who, key -> new ArrayList<>()).add(new Pause(from, to));
  }

  /** Whether the routine of a person, vehicle or thing is paused. */
  public boolean paused(String who, Instant at) {
    return pauses.getOrDefault(who, List.of()).stream()
        .anyMatch(pause -> !at.isBefore(pause.from()) && at.isBefore(pause.to()));
  }

  /** Whether the routine of a person, vehicle or thing is paused at some time of this span. */
  public boolean paused(String who, Instant from, Instant to) {
    return pauses.getOrDefault(who, List.of()).stream()
        .anyMatch(pause -> pause.from().isBefore(to) && from.isBefore(pause.to()));
  }

  /** Whether something is going to happen in front of a device in this span. */
  public boolean happens(Instrument by, Instant from, Instant to) {
    return acts.getOrDefault(day(from), List.of()).stream()
        .anyMatch(act -> act.by().equals(by) && !act.at().isBefore(from) && act.at().isBefore(to));
  }

  /** Takes the acts of a day, and those of days before that nobody took. */
  public List<Act> take(int day) {
    List<Act> taken = new ArrayList<>();
    while (!acts.isEmpty() && acts.firstKey() <= day) {
      taken.addAll(acts.pollFirstEntry().getValue());
    }
    return taken;
  }

  /** Takes the facts that were registered since. */
  public List<Fact> takeFacts() {
    List<Fact> taken = List.copyOf(facts);
    facts.clear();
    return taken;
  }

  private long day(Instant at) {
    return Math.floorDiv(Duration.between(start, at).toMillis(), Duration.ofDays(1).toMillis());
  }
}
