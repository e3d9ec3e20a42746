package gatehouse.api.notification;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which day it is in a community; budgets and digests are of days there. */
final class Days {

  private static final ZoneId USUAL = ZoneId.of("Asia/Shanghai");

  private Days() {}

  /**
   * The day.
   *
   * @param zone as the registry says; the usual zone if it is none
   */
  static LocalDate of(Instant now, String zone) {
    try {
      return LocalDate.ofInstant(now, zone.isEmpty() ? USUAL : ZoneId.of(zone));
    } catch (DateTimeException e) {
      return LocalDate.ofInstant(now, USUAL);
    }
  }
}
