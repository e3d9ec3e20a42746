package gatehouse.model;

import static gatehouse.fixture.CareFixture.ELDER;
import static gatehouse.fixture.CareFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.fact.Fact;
import gatehouse.fixture.CareFixture;
import gatehouse.fixture.DoorFixture;
import gatehouse.model.care.SignOfLife;
import gatehouse.registry.CareEnrolment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Elders of whom only the building's door tells, made up: each has one to four outings a day at
 * personal hours, and days without any. Learned over a month; then, for two months, every alert is
 * false, and what would be the delay is asked of a silence that begins at noon of every day at
 * home.
 */
class ElderInactivityByDoorsOnlyTest {

  private static final int ELDERS = 20;
  private static final int DAYS = 90;
  private static final int LEARNING = 30;

  private final List<Instant> calls = new ArrayList<>();
  private final List<Instant> visits = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();

  @Test
  void isQuietAndTakesADayOrTwo() {
    for (int elder = 0; elder < ELDERS; elder++) {
      live(elder);
    }
    double months = ELDERS * (DAYS - LEARNING) / 30.0;
    List<Duration> sorted = delays.stream().sorted().toList();
    assertThat(calls.size() / months).isLessThan(0.65);
    assertThat(visits.size() / months).isLessThan(0.5);
    assertThat(sorted.get(sorted.size() / 2)).isLessThan(Duration.ofHours(44));
    assertThat(sorted.get(sorted.size() * 9 / 10)).isLessThan(Duration.ofHours(60));
  }

  private void live(int seed) {
    Random random = new Random(seed);
    int outings = 1 + random.nextInt(4);
    double stayIn = 0.02 + random.nextDouble() * 0.13;
    CareFixture life = new CareFixture().enrolledByDoorsOnly();
    for (int day = 0; day < DAYS; day++) {
      if (random.nextDouble() < stayIn) {
        continue;
      }
      for (int i = 0; i < outings; i++) {
        if (i > 0 && random.nextDouble() < 0.2) {
          continue;
        }
        double hour = 7 + i * 12.0 / outings + random.nextGaussian() * 0.4;
        Instant out = at(day, "00:00").plusSeconds(Math.round(Math.max(5, hour) * 3600));
        life.leaves(out).comes(out.plusSeconds(1200 + random.nextInt(4800)));
      }
    }
    replay(life);
  }

  private void replay(CareFixture life) {
    ElderInactivity model = new ElderInactivity(ElderInactivity.Settings.DEFAULTS);
    ElderInactivity.State state = null;
    Instant wakeAt = null;
    Instant noon = at(LEARNING, "12:00");
    for (Fact fact : life.history()) {
      Fact sign = sign(fact);
      if (sign == null) {
        continue;
      }
      while (wakeAt != null && state != null && wakeAt.isBefore(sign.time())) {
        Step<ElderInactivity.State> step = model.onWake("c1|elder", wakeAt, state);
        for (Finding finding : step.findings()) {
          if (wakeAt.isAfter(at(LEARNING, "00:00"))) {
            (finding.severity() == Severity.P3 ? calls : visits).add(wakeAt);
          }
        }
        state = step.state();
        wakeAt = step.wakeAt();
      }
      Step<ElderInactivity.State> step = model.onEvent("c1|elder", sign, state);
      if (state != null) {
        for (; noon.isBefore(sign.time()); noon = noon.plus(Duration.ofDays(1))) {
          silence(model, state, wakeAt, noon);
        }
      }
      state = step.state();
      wakeAt = step.wakeAt();
    }
  }

  private void silence(
      ElderInactivity model, ElderInactivity.State state, @Nullable Instant due, Instant from) {
    ElderInactivity.State then = state;
    Instant wakeAt = due;
    while (wakeAt != null && then != null) {
      Step<ElderInactivity.State> step = model.onWake("c1|elder", wakeAt, then);
      for (Finding finding : step.findings()) {
        if (!finding.explanation().code().endsWith("not-returned")) {
          delays.add(Duration.between(from, wakeAt));
        }
        return;
      }
      then = step.state();
      wakeAt = step.wakeAt();
    }
  }

  private static @Nullable Fact sign(Fact fact) {
    if (fact instanceof CareEnrolment) {
      return fact;
    } else if (fact instanceof FaceCapture face) {
      SignOfLife.Kind kind =
          face.direction() == Direction.IN ? SignOfLife.Kind.CAME : SignOfLife.Kind.LEFT;
      DeviceEvent placed = face.withOrigin(face.origin().at(DoorFixture.door(face.place().id())));
      return SignOfLife.of(ELDER, ELDER, kind, placed);
    }
    return null;
  }
}
