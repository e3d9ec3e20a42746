package gatehouse.model.denied;

import gatehouse.alert.Coverage;
import gatehouse.alert.Finding;
import gatehouse.analysis.Step;
import gatehouse.stats.NegativeBinomial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Denials of one credential, plate or person across doors, and slowly over a day.
 *
 * <p>What happens fast at one door is that door's affair, and what one credential does is not told
 * again of its holder: so each pattern is one alert.
 */
public final class Trail {

  private static final Duration DAY = Duration.ofDays(1);

  private final DeniedSettings settings;
  private final String community;
  private final String subject;
  private final boolean ofPerson;

  /**
   * What is kept of it.
   *
   * @param denials the newest ones
   * @param day the last 24 hours, and what is usual
   * @param slowAt when slow probing was last told
   */
  public record State(Attempts denials, DayOfDenials day, @Nullable Instant slowAt) {}

  /**
   * The trail of a credential, plate or person.
   *
   * @param ofPerson whether the subject is a person with several credentials
   */
  public Trail(DeniedSettings settings, String community, String subject, boolean ofPerson) {
    this.settings = settings;
    this.community = community;
    this.subject = subject;
    this.ofPerson = ofPerson;
  }

  /** Takes the next denial. */
  public Step<State> onAttempt(Attempt attempt, Duration gap, @Nullable State before) {
    State state =
        before == null
            ? new State(Attempts.NONE, DayOfDenials.startingAt(attempt.time(), 1), null)
            : before;
    if (state.denials().knows(attempt, gap)) {
      return step(
          new State(state.denials().seenAgain(attempt), state.day(), state.slowAt()), List.of());
    }
    Attempts denials = state.denials().plus(attempt, Attempts.OF_A_SUBJECT);
    DayOfDenials day = state.day().plus(attempt, Attempts.OF_A_SUBJECT, settings.halfLife());
    double perDay = day.usual().perDay(settings.subjectPrior(), settings.floor());
    List<Finding> findings = new ArrayList<>();
    Suspicion fast = acrossDoors(denials, attempt, perDay);
    if (fast != null) {
      findings.add(fast.finding(community, attempt.time(), settings));
      day = day.alarmed(fast.attempts());
    }
    Suspicion slow = fast == null ? slowly(denials, day, attempt, perDay, state.slowAt()) : null;
    if (slow != null) {
      findings.add(slow.finding(community, attempt.time(), settings));
      day = day.alarmed(slow.attempts());
    }
    return step(new State(denials, day, slow == null ? state.slowAt() : attempt.time()), findings);
  }

  private Step<State> step(State state, List<Finding> findings) {
    List<Attempt> all = state.denials().all();
    Instant last = all.get(all.size() - 1).lastAt();
    return Step.keep(state).findings(findings).wakeAt(last.plus(settings.subjectMemory()));
  }

  private @Nullable Suspicion acrossDoors(Attempts denials, Attempt newest, double perDay) {
    List<Attempt> byDoors = denials.across(settings.doorsWindow(), newest);
    List<Attempt> fast = denials.across(settings.window(), newest);
    boolean manyDoors = doors(byDoors) >= settings.doors() && ownAffair(byDoors, this::manyDoors);
    boolean burst =
        fast.size() >= settings.count()
            && doors(fast) > 1
            && largest(fast, Attempt::place) < settings.count()
            && ownAffair(fast, list -> list.size() >= settings.count() && doors(list) > 1);
    if (!manyDoors && !burst) {
      return null;
    }
    List<Attempt> attempts = manyDoors ? byDoors : fast;
    Duration window = manyDoors ? settings.doorsWindow() : settings.window();
    return new Suspicion(
        (ofPerson ? "person/" : "subject/") + subject,
        manyDoors ? "denied-burst.many-doors" : "denied-burst.across-doors",
        attempts,
        null,
        window,
        perDay,
        surprise(attempts.size(), perDay * window.toMillis() / DAY.toMillis()),
        Coverage.NOT_NEEDED);
  }

  private boolean manyDoors(List<Attempt> attempts) {
    return doors(attempts) >= settings.doors();
  }

  private @Nullable Suspicion slowly(
      Attempts denials, DayOfDenials day, Attempt newest, double perDay, @Nullable Instant told) {
    List<Attempt> attempts = denials.within(DAY, newest.time());
    double surprise = surprise(day.count(), perDay);
    boolean toldToday = told != null && told.plus(DAY).isAfter(newest.time());
    if (day.count() < settings.slowCount()
        || surprise < settings.slowSurprise()
        || toldToday
        || burstAmong(attempts)
        || !ownAffair(attempts, list -> list.size() >= settings.slowCount())) {
      return null;
    }
    return new Suspicion(
        (ofPerson ? "slow-person/" : "slow/") + subject,
        "denied-burst.slow-probing",
        attempts,
        null,
        DAY,
        perDay,
        surprise,
        Coverage.NOT_NEEDED);
  }

  /** A burst was told when it happened. */
  private boolean burstAmong(List<Attempt> attempts) {
    for (int i = settings.count() - 1; i < attempts.size(); i++) {
      Instant first = attempts.get(i - settings.count() + 1).time();
      if (!attempts.get(i).time().isAfter(first.plus(settings.window()))) {
        return true;
      }
    }
    return false;
  }

  /** Of a person only what no single credential shows by itself. */
  private boolean ownAffair(List<Attempt> attempts, Predicate<List<Attempt>> rule) {
    return !ofPerson
        || attempts.stream().collect(Collectors.groupingBy(Attempt::subject)).entrySet().stream()
            .noneMatch(of -> !of.getKey().isEmpty() && rule.test(of.getValue()));
  }

  private double surprise(int count, double mean) {
    return new NegativeBinomial(mean, settings.dispersion()).surprise(count);
  }

  private static long doors(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::place).distinct().count();
  }

  private static long largest(List<Attempt> attempts, Function<Attempt, String> group) {
    return attempts.stream()
        .collect(Collectors.groupingBy(group, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
