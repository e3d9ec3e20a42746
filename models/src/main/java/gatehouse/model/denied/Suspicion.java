package gatehouse.model.denied;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule's verdict about some attempts.
 *
 * @param episode what the alert is about
 * @param code the explanation
 * @param attempts the attempts, oldest first
 * @param granted the grant they ended in, if they did
 * @param window within which time
 * @param perDay how many denials a day are usual
 * @param surprise how unusual these are, −log10 p
 * @param coverage whether a grant could have been missed
 */
record Suspicion(
    String episode,
    String code,
    List<Attempt> attempts,
    @Nullable DeviceEvent granted,
    Duration window,
    double perDay,
    double surprise,
    Coverage coverage) {

  /** More than this are a list nobody reads. */
  private static final int SUBJECTS = 5;

  /** What the property is told, and the resident whose credential alone it was. */
  Finding finding(String community, Instant at, DeniedSettings settings) {
    Attempt newest = attempts.get(attempts.size() - 1);
    String trigger = granted == null ? newest.id() : granted.id();
    Finding.Builder finding =
        Finding.evidence(episode, trigger, community, newest.place(), at)
            .since(attempts.get(0).time())
            .severity(severity(newest, settings))
            .to(Audience.PROPERTY)
            .explanation(code)
            .value("count", attempts.size())
            .value("minutes", window.toMinutes())
            .value("doors", doors())
            .value("credentials", credentials())
            .value("usual", decimal(perDay))
            .value("surprise", decimal(surprise))
            .stoppedBy("denied-burst.fewer-denials")
            .score(surprise / (surprise + settings.slowSurprise()))
            .coverage(coverage);
    if (credentials() == 1 && attempts.stream().allMatch(Attempt::ofUnit)) {
      finding.to(Audience.RESIDENT);
    }
    attempts.stream()
        .filter(attempt -> !attempt.subject().isEmpty())
        .map(attempt -> List.of(type(attempt), attempt.subject()))
        .distinct()
        .limit(SUBJECTS)
        .forEach(subject -> finding.subject(subject.get(0), subject.get(1), "refused"));
    attempts.stream()
        .map(Attempt::place)
        .distinct()
        .limit(SUBJECTS)
        .forEach(place -> finding.subject("door", place, "door"));
    attempts.forEach(attempt -> finding.evidence(attempt.event()));
    if (granted != null) {
      finding.evidence(Evidence.of(granted, "denied-burst.granted"));
    }
    return finding.build();
  }

  private Severity severity(Attempt newest, DeniedSettings settings) {
    boolean grave = doors() >= settings.doors() || newest.atNight();
    Severity severity = grave ? Severity.P2 : Severity.P3;
    if (attempts.stream().allMatch(Attempt::ordinary)) {
      severity = severity.lowered();
    }
    return attempts.stream().allMatch(Attempt::courier) ? severity.lowered() : severity;
  }

  private long doors() {
    return attempts.stream().map(Attempt::place).distinct().count();
  }

  private long credentials() {
    return credentials(attempts);
  }

  /** How many different credentials were recognised. */
  static long credentials(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::subject)
        .filter(subject -> !subject.isEmpty())
        .distinct()
        .count();
  }

  private static String type(Attempt attempt) {
    return attempt.type() == CredentialType.PLATE ? "plate" : "credential";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
