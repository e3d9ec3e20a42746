package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.site.PassRule;
import gatehouse.site.PassRule.Effect;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a place that a passage breaks.
 *
 * @param kind how it breaks it
 * @param who whom the rule names: classes and lists; * for everybody
 * @param days on which days it holds
 * @param hours at which hours it holds
 */
record RuleBreach(Kind kind, String who, String days, String hours) {

  /** How a passage breaks a rule. */
  enum Kind {
    /** A rule forbids it. */
    FORBIDDEN,
    /** The place is open to others only. */
    NOT_ALLOWED,
    /** The subject may pass, but not at this hour. */
    OUTSIDE_HOURS
  }

  /**
   * Judges a passage: denial beats permission; a place with any permission in this direction is
   * closed to all others.
   *
   * @param classes classes the subject belongs to
   * @param lists lists it is on at that time
   * @param local when, in the place's time zone
   * @return null if it may pass
   */
  static @Nullable RuleBreach find(
      List<PassRule> rules,
      String subject,
      Collection<String> classes,
      Set<String> lists,
      ZonedDateTime local,
      Direction way) {
    for (PassRule rule : rules) {
      if (rule.effect() == Effect.DENY
          && names(rule, subject, classes, lists)
          && rule.holdsAt(local, way)) {
        return breach(Kind.FORBIDDEN, List.of(rule));
      }
    }
    List<PassRule> permissions =
        rules.stream()
            .filter(rule -> rule.effect() == Effect.ALLOW && concerns(rule, way))
            .toList();
    List<PassRule> own =
        permissions.stream().filter(rule -> names(rule, subject, classes, lists)).toList();
    if (permissions.isEmpty() || own.stream().anyMatch(rule -> rule.holdsAt(local, way))) {
      return null;
    }
    return own.isEmpty() ? breach(Kind.NOT_ALLOWED, permissions) : breach(Kind.OUTSIDE_HOURS, own);
  }

  private static boolean names(
      PassRule rule, String subject, Collection<String> classes, Set<String> lists) {
    return classes.isEmpty()
        ? rule.names(subject, "", lists)
        : classes.stream().anyMatch(type -> rule.names(subject, type, lists));
  }

  private static boolean concerns(PassRule rule, Direction way) {
    return rule.direction() == Direction.UNKNOWN
        || way == Direction.UNKNOWN
        || rule.direction() == way;
  }

  private static RuleBreach breach(Kind kind, List<PassRule> rules) {
    return new RuleBreach(
        kind,
        joined(rules.stream().map(RuleBreach::who)),
        joined(rules.stream().map(rule -> days(rule.days()))),
        joined(rules.stream().map(RuleBreach::hours)));
  }

  private static String joined(Stream<String> texts) {
    return texts.distinct().collect(Collectors.joining("; "));
  }

  /**
   * Classes and lists by name; single subjects only as their number, they are nobody's business.
   */
  private static String who(PassRule rule) {
    TreeSet<String> named = new TreeSet<>(rule.subjectTypes());
    named.addAll(rule.lists());
    String single = rule.subjects().isEmpty() ? "" : "#" + rule.subjects().size();
    return named.isEmpty() && single.isEmpty()
        ? "*"
        : Stream.concat(named.stream(), Stream.of(single))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
  }

  private static String days(Set<DayOfWeek> days) {
    return days.isEmpty()
        ? "MON-SUN"
        : new TreeSet<>(days)
            .stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(" "));
  }

  private static String hours(PassRule rule) {
    return rule.from() == null || rule.to() == null || rule.from().equals(rule.to())
        ? "00:00-24:00"
        : rule.from() + "-" + rule.to();
  }
}
