package gatehouse.replay.site;

import gatehouse.event.Direction;
import gatehouse.replay.yaml.Section;
import gatehouse.replay.yaml.Value;
import gatehouse.site.PassRule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads who may pass, and when: the keys {@code allow} and {@code deny}. */
final class RuleReader {

  private RuleReader() {}

  static List<PassRule> rules(Section section) {
    List<PassRule> rules = new ArrayList<>();
    for (PassRule.Effect effect : PassRule.Effect.values()) {
      section
          .find(effect.name().toLowerCase(Locale.ROOT))
          .ifPresent(value -> value.list().forEach(rule -> rules.add(rule(effect, rule))));
    }
    return List.copyOf(rules);
  }

  private static PassRule rule(PassRule.Effect effect, Value value) {
    return value.section(
        rule -> {
          Optional<LocalTime> from = rule.as("from", TimesOfDay::parse, "08:00");
          Optional<LocalTime> to = rule.as("to", TimesOfDay::parse, "18:00");
          if (from.isPresent() != to.isPresent()) {
            throw rule.wrong("a rule has both 'from' and 'to', or neither.", "add to: \"24:00\".");
          }
          return new PassRule(
              effect,
              Set.copyOf(rule.texts("types")),
              Set.copyOf(rule.texts("subjects")),
              Set.copyOf(rule.texts("lists")),
              rule.find("days").map(RuleReader::days).orElse(Set.of()),
              from.orElse(null),
              to.orElse(null),
              rule.as(
                      "direction",
                      word -> Direction.valueOf(word.toUpperCase(Locale.ROOT)),
                      "in or out")
                  .orElse(Direction.UNKNOWN));
        });
  }

  private static Set<DayOfWeek> days(Value value) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Value element : value.list()) {
      days.addAll(element.as(RuleReader::days, "mon, mon-fri, weekdays or weekend"));
    }
    return Set.copyOf(days);
  }

  private static Set<DayOfWeek> days(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("weekdays")) {
      return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    }
    if (word.equals("weekend")) {
      return EnumSet.range(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }
    String[] ends = word.split("-", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException(text);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    DayOfWeek last = day(ends[ends.length - 1]);
    for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
      days.add(day);
      if (day == last) {
        return days;
      }
    }
  }

  private static DayOfWeek day(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (word.length() >= 2 && day.name().toLowerCase(Locale.ROOT).startsWith(word)) {
        return day;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
