package gatehouse.model;

import gatehouse.stats.DurationSketch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a visit may last, from when it counts as abandoned, and when it is forgotten. */
final class StayLimits {

  private final StaySettings settings;

  StayLimits(StaySettings settings) {
    this.settings = settings;
  }

  /** Until when the visit may last. */
  Instant of(Visit visit, StayState state) {
    Instant since = visit.since();
    Duration allowed = visit.allowed();
    Instant passEnds =
        visit.subjectType().equals(Passage.CREDENTIAL)
            ? state.registry().passEnds(visit.subject(), since)
            : null;
    Instant limit =
        allowed != null
            ? since.plus(allowed)
            : passEnds != null
                ? passEnds.plus(settings.passGrace())
                : since.plus(usual(visit.role(), state));
    return state.registry().extended(visit.subject(), limit);
  }

  private Duration usual(@Nullable StayRole role, StayState state) {
    Duration given =
        role == null
            ? settings.visitor()
            : switch (role) {
              case VISITOR -> settings.visitor();
              case VISITOR_VEHICLE -> settings.visitorVehicle();
              case COURIER -> settings.courier();
              case CONTRACTOR -> settings.contractor();
            };
    DurationSketch lengths = role == null ? null : state.lengths().get(role.name());
    if (lengths == null || lengths.size() < settings.minVisits()) {
      return given;
    }
    Duration learned = lengths.quantile(1 - settings.longest());
    Duration most = Duration.ofMillis(Math.round(given.toMillis() * settings.mostLearned()));
    Duration longer = learned.compareTo(given) > 0 ? learned : given;
    return longer.compareTo(most) > 0 ? most : longer;
  }

  /** How far a vehicle is on its way to being abandoned; 0: not at all. */
  int abandoned(Visit visit, Instant now) {
    Duration lasted = Duration.between(visit.since(), now);
    return lasted.compareTo(settings.abandoned()) >= 0
        ? Overstay.TWO_WEEKS
        : lasted.compareTo(settings.abandonedWarning()) >= 0 ? Overstay.WEEK : 0;
  }

  /** When a visit is forgotten that nobody saw end. */
  Instant forgetAt(Visit visit) {
    return visit
        .since()
        .plus(
            visit.subjectType().equals(Passage.PLATE)
                ? settings.rememberVehicle()
                : settings.rememberPerson());
  }

  /** Whether a visit that ended is over for good. */
  boolean forgotten(Visit ended, Instant now) {
    return ended.closedAt() == null || ended.closedAt().plus(settings.remember()).isBefore(now);
  }
}
