package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weighs who passed against who was let in.
 *
 * <p>Too many are the persons seen to pass inward, minus the grants, minus persons the device knows
 * beyond the holders of those grants, minus those in or behind prams and wheelchairs, minus leaving
 * people whose direction the camera may have confused, minus those who turn back into an area that
 * each enters on their own. At ordinary doors what is left may be the rest of the household, or
 * visitors it expects; a stranger's face shows that it is not.
 *
 * @param gapMin passages closer than this are one person whose track broke
 * @param gapMax at ordinary doors who passes later than this is no follower
 * @param clear least confidence at which two too many are an alert
 * @param companions how many may come along where the household is not known
 * @param visitorsAPass how many visitors one pass stands for
 */
public record Judge(
    Duration gapMin, Duration gapMax, double clear, int companions, int visitorsAPass) {

  /** Judges an opening, with what is known of its uses. */
  public Verdict verdict(Cycle cycle, List<Household> households) {
    List<Crossing> counted = counted(cycle);
    int persons = counted.stream().mapToInt(Crossing::count).sum();
    boolean strict = cycle.zone().strict();
    Known known = known(cycle, households);
    int confused = Math.max(0, cycle.leaving() - cycle.leftCount());
    int authorised = strict ? cycle.grants().size() : known.authorised();
    // Who went out without asking to leave came in and turned back.
    int turnedBack = strict ? Math.max(0, cycle.leftCount() - cycle.leaving()) : 0;
    int base = persons - authorised - cycle.aids() - confused - turnedBack;
    int excess = strict ? base : base - known.companions() - known.visitors();
    List<Crossing> beyond = beyond(counted, persons - Math.max(base, 0));
    double confidence =
        beyond.stream().mapToDouble(Crossing::confidence).reduce(1, (a, b) -> a * b);
    List<Face> strangers = strict ? strangers(cycle) : followers(cycle, known, beyond);
    int unexplained = Math.min(base, strangers.size()) - known.visitors();
    Verdict.Kind kind;
    if (strict) {
      kind = base > 0 ? Verdict.Kind.UNAUTHORISED : Verdict.Kind.CLEAN;
    } else if (unexplained > 0) {
      kind = Verdict.Kind.STRANGER;
    } else if (excess >= 2 && beyond.stream().allMatch(one -> one.confidence() >= clear)) {
      kind = Verdict.Kind.MANY;
    } else {
      kind = excess > 0 ? Verdict.Kind.EXCESS : Verdict.Kind.CLEAN;
    }
    return new Verdict(
        kind,
        persons,
        authorised,
        kind == Verdict.Kind.STRANGER ? Math.max(unexplained, excess) : excess,
        confidence,
        beyond.stream().map(Crossing::seen).toList(),
        strangers);
  }

  /** Passages that count: no broken tracks, and at ordinary doors nobody who comes much later. */
  private List<Crossing> counted(Cycle cycle) {
    List<Crossing> counted = new ArrayList<>();
    Instant before = null;
    for (Crossing crossing : cycle.crossings()) {
      Instant at = crossing.seen().time();
      boolean broken = before != null && at.isBefore(before.plus(gapMin));
      boolean late =
          !cycle.zone().strict()
              && before != null
              && at.isAfter(latest(before, grantBefore(cycle, at)).plus(gapMax));
      if (!broken && !late) {
        counted.add(crossing);
      }
      before = at;
    }
    return counted;
  }

  private static Instant latest(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }

  private static @Nullable Instant grantBefore(Cycle cycle, Instant time) {
    return cycle.grants().stream()
        .map(grant -> grant.use().time())
        .filter(at -> !at.isAfter(time))
        .max(Instant::compareTo)
        .orElse(null);
  }

  /**
   * Who is known.
   *
   * @param authorised let in, or known to the device
   * @param unseen holders whose face was not recognised; an unknown face may be theirs
   * @param companions members of their households who were not recognised
   * @param visitors visitors they expect
   */
  private record Known(int authorised, int unseen, int companions, int visitors) {}

  private Known known(Cycle cycle, List<Household> households) {
    Set<String> recognised = new HashSet<>();
    cycle.faces().stream().filter(Face::registered).forEach(face -> recognised.add(face.subject()));
    Set<String> holders = new HashSet<>();
    int anonymous = 0;
    for (Grant grant : cycle.grants()) {
      String holder = holder(grant, households);
      if (holder == null) {
        anonymous++;
      } else {
        holders.add(holder);
      }
    }
    Set<String> there = new HashSet<>(recognised);
    there.addAll(holders);
    Set<List<String>> families = new HashSet<>();
    int along = 0;
    int visitors = 0;
    for (Grant grant : cycle.grants()) {
      Household household = household(grant, households);
      if (household == null || household.members().isEmpty()) {
        along += companions;
      } else if (families.add(household.members())) {
        along += unrecognised(household.members(), there);
      }
      visitors += household == null ? 0 : household.passes() * visitorsAPass;
    }
    long others = recognised.stream().filter(person -> !holders.contains(person)).count();
    long seen = recognised.size() - others + Math.min(anonymous, others);
    int authorised = cycle.grants().size() + (int) Math.max(0, others - anonymous);
    return new Known(authorised, cycle.grants().size() - (int) seen, Math.max(0, along), visitors);
  }

  private static @Nullable String holder(Grant grant, List<Household> households) {
    Household household = household(grant, households);
    return grant.person() != null || household == null ? grant.person() : household.holder();
  }

  /** Members beyond those who were let in or recognised; at least one of them was. */
  private static int unrecognised(List<String> members, Set<String> there) {
    long present = members.stream().filter(there::contains).count();
    return members.size() - (int) Math.max(1, present);
  }

  private static @Nullable Household household(Grant grant, List<Household> households) {
    return households.stream()
        .filter(known -> known.use().equals(grant.use().eventId()))
        .findFirst()
        .orElse(null);
  }

  /** The passages after the first so many persons. */
  private static List<Crossing> beyond(List<Crossing> counted, int covered) {
    List<Crossing> beyond = new ArrayList<>();
    int passed = 0;
    for (Crossing crossing : counted) {
      passed += crossing.count();
      if (passed > covered) {
        beyond.add(crossing);
      }
    }
    return beyond;
  }

  private static List<Face> strangers(Cycle cycle) {
    return cycle.faces().stream().filter(face -> !face.registered()).toList();
  }

  /**
   * Strangers' faces that belong to followers. A holder who was not recognised may be one of the
   * strangers; one that is seen nearer to a follower's passage than to those before is not.
   */
  private static List<Face> followers(Cycle cycle, Known known, List<Crossing> beyond) {
    List<Face> strangers = strangers(cycle);
    if (beyond.isEmpty() || strangers.isEmpty()) {
      return List.of();
    }
    Instant follower = beyond.get(0).seen().time();
    Evidence leader =
        cycle.crossings().stream()
            .map(Crossing::seen)
            .filter(seen -> seen.time().isBefore(follower))
            .reduce((first, second) -> second)
            .orElse(cycle.grants().get(0).use());
    Instant middle = leader.time().plus(Duration.between(leader.time(), follower).dividedBy(2));
    List<Face> early =
        strangers.stream().filter(face -> !face.seen().time().isAfter(middle)).toList();
    List<Face> late =
        strangers.stream().filter(face -> face.seen().time().isAfter(middle)).toList();
    List<Face> followers =
        new ArrayList<>(early.subList(Math.min(known.unseen(), early.size()), early.size()));
    followers.addAll(late);
    return List.copyOf(followers);
  }
}
