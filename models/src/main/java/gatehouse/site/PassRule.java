package gatehouse.site;

import gatehouse.event.Direction;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may, or may not, pass a place, and when. An empty set means "any".
 *
 * @param effect whether it allows or denies
 * @param subjectTypes classes of subject, as the events name them
 * @param subjects single subjects (credential, plate, person, tag)
 * @param lists named lists, see {@link gatehouse.registry.ListMembership}
 * @param days days of the week on which it holds; a window over midnight belongs to its first day
 * @param from local time from which it holds; null: all day
 * @param to local time until which it holds, exclusive; before {@code from} means over midnight
 * @param direction the direction it concerns; UNKNOWN: both
 */
public record PassRule(
    Effect effect,
    Set<String> subjectTypes,
    Set<String> subjects,
    Set<String> lists,
    Set<DayOfWeek> days,
    @Nullable LocalTime from,
    @Nullable LocalTime to,
    Direction direction) {

  /** Denial beats permission; a place with any permission is closed to all others. */
  public enum Effect {
    ALLOW,
    DENY
  }

  /** Whether the rule names this subject, whatever the hour. */
  public boolean names(String subject, String subjectType, Set<String> memberOf) {
    boolean anybody = subjectTypes.isEmpty() && subjects.isEmpty() && lists.isEmpty();
    return anybody
        || subjectTypes.contains(subjectType)
        || subjects.contains(subject)
        || lists.stream().anyMatch(memberOf::contains);
  }

  /** Whether the rule holds for a passage in this direction at this local time. */
  public boolean holdsAt(ZonedDateTime local, Direction passing) {
    if (direction != Direction.UNKNOWN && passing != Direction.UNKNOWN && direction != passing) {
      return false;
    }
    LocalTime time = local.toLocalTime();
    if (from == null || to == null || from.equals(to)) {
      return onDay(local.getDayOfWeek());
    }
    if (from.isBefore(to)) {
      return onDay(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    }
    return !time.isBefore(from)
        ? onDay(local.getDayOfWeek())
        : time.isBefore(to) && onDay(local.getDayOfWeek().minus(1));
  }

  private boolean onDay(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
