package gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.model.flow.FlowSettings;
import gatehouse.model.flow.FlowState;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowAnomalyTest {

  private static final String GATE = "gate";
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  /** Two ordinary weeks; the day after is a Tuesday. */
  private static final int WEEKS = 2;

  private static final int TODAY = WEEKS * 7;

  private final GateFixture site = new GateFixture();

  /** What a half hour brings on an ordinary day: a morning and an evening peak, quiet nights. */
  private static double usual(int halfHour) {
    int hour = halfHour / 2;
    return hour < 6 ? 0.1 : hour < 9 ? 20 : hour < 16 ? 8 : hour < 20 ? 20 : 3;
  }

  private GateFixture ordinary(int days, long seed) {
    Random random = new Random(seed);
    for (int day = 0; day < days; day++) {
      day(day, random, 0, 48, 1);
    }
    return site;
  }

  /** A part of a day with so many times the usual passages. */
  private void day(int day, Random random, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      Instant time = GateFixture.DAY.plus(Duration.ofDays(day)).plus(HALF_HOUR.multipliedBy(i));
      count(time.plusSeconds(60), poisson(usual(i) * factor, random), Direction.IN);
      count(time.plusSeconds(120), poisson(usual(i) * factor, random), Direction.OUT);
    }
  }

  private void count(Instant time, int people, Direction way) {
    count(GATE, time, people, way);
  }

  private void count(String place, Instant time, int people, Direction way) {
    site.with(
        new TrackSighting(
            site.origin(GateFixture.COMMUNITY, place, time),
            "t",
            TrackSighting.Kind.PERSON,
            null,
            null,
            people,
            0.9,
            way,
            ""));
  }

  private static int poisson(double mean, Random random) {
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; product *= random.nextDouble()) {
      count++;
    }
    return Math.max(0, count);
  }

  /** The devices say all day that they are well. */
  private void well(int day) {
    for (int minute = 0; minute < 24 * 60; minute += 10) {
      site.with(
          site.status(GATE, GateFixture.at(day, "00:00").plusSeconds(60L * minute), State.ONLINE));
    }
  }

  private List<Alert> alerts() {
    return alerts(site.history(), new SettingsBook());
  }

  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
    return new Replay(List.of(FlowAnomaly.entry()), settings)
        .run(history, last.plus(Duration.ofHours(2)))
        .alerts();
  }

  private static SettingsBook with(String name, String value) {
    return SettingsBook.of(
        new SettingsChange(
            "flow-anomaly",
            SettingsChange.Scope.PLACE,
            GateFixture.COMMUNITY + "/" + GATE,
            Instant.EPOCH,
            Map.of(name, value),
            "test"));
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ordinaryWeeksAreQuiet(long seed) {
    ordinary(28, seed);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void threeTimesTheUsualForTwoHoursIsASurge(long seed) {
    ordinary(TODAY, seed);
    Random random = new Random(seed + 100);
    day(TODAY, random, 0, 20, 1);
    day(TODAY, random, 20, 24, 3);
    day(TODAY, random, 24, 48, 1);
    Alert alert = theAlert();
    assertThat(alert.firstEventTime())
        .isBetween(GateFixture.at(TODAY, "10:00"), GateFixture.at(TODAY, "10:30"));
    assertThat(alert.detectedAt()).isBefore(GateFixture.at(TODAY, "11:31"));
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isBefore(GateFixture.at(TODAY, "15:01"));
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("place", GATE, "place"), new Subject("flow", "person", "counted"));
    assertThat(alert.evidence()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
    assertThat(alert.coverage()).isEqualTo(Coverage.NOT_NEEDED);
    assertThat(closing(alert)).isEqualTo("flow-anomaly.back-to-usual");
  }

  @Test
  void saysHowManyCameAndHowManyAreUsual() {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    Map<String, String> values = theAlert().explanation().values();
    assertThat(values).containsEntry("count", "90").containsEntry("minutes", "30");
    assertThat(Integer.parseInt(values.get("usual"))).isBetween(11, 20);
    assertThat(Integer.parseInt(values.get("low"))).isBetween(4, 12);
    assertThat(Integer.parseInt(values.get("high"))).isBetween(18, 30);
    assertThat(Integer.parseInt(values.get("excess"))).isBetween(70, 80);
  }

  @Test
  void aPlainSurgeIsToldBeforeItsHalfHourIsOver() {
    ordinary(TODAY, 1);
    for (int i = 0; i < 10; i++) {
      count(GateFixture.at(TODAY, "11:00").plusSeconds(30 + 60 * i), 10, Direction.IN);
    }
    assertThat(theAlert().detectedAt())
        .isBetween(GateFixture.at(TODAY, "11:05"), GateFixture.at(TODAY, "11:10"));
  }

  @Test
  void aCounterThatReportsAHalfHourAtItsBeginningIsNoSurge() {
    ordinary(TODAY, 1);
    for (int i = 14; i < 18; i++) {
      Instant time = GateFixture.at(TODAY, "00:00").plus(HALF_HOUR.multipliedBy(i));
      count(time, 20, Direction.IN);
      count(time, 20, Direction.OUT);
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12, 0", "40, 1"})
  void aGroupAtNightIsNoCrowd(int people, int expected) {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "02:00"), people, Direction.IN);
    assertThat(alerts()).hasSize(expected).allMatch(alert -> alert.severity() == Severity.P3);
  }

  @Test
  void nothingIsFoundInTheFirstWeek() {
    ordinary(6, 1);
    count(GateFixture.at(6, "03:00"), 200, Direction.IN);
    assertThat(alerts()).isEmpty();
    assertThat(alerts(site.history(), with("leastHistory", "P5D"))).hasSize(1);
  }

  @Test
  void whatComesEveryWeekIsLearned() {
    Random random = new Random(7);
    List<Instant> dances = new ArrayList<>();
    for (int day = 0; day < 63; day++) {
      boolean dance = day % 7 == 3;
      day(day, random, 0, 42, 1);
      day(day, random, 42, 45, dance ? 4 : 1);
      day(day, random, 45, 48, 1);
      if (dance) {
        dances.add(GateFixture.at(day, "21:00"));
      }
    }
    List<Instant> told = alerts().stream().map(Alert::firstEventTime).toList();
    assertThat(told).isNotEmpty().allMatch(time -> time.isBefore(dances.get(7)));
  }

  @Test
  void aSmallRiseThatLastsAddsUp() {
    ordinary(TODAY, 1);
    Random random = new Random(3);
    day(TODAY, random, 0, 14, 1);
    day(TODAY, random, 14, 40, 1.45);
    assertThat(alerts()).isNotEmpty();
    Alert alert = alerts().get(0);
    assertThat(alert.episode()).endsWith("/up");
    assertThat(alert.detectedAt())
        .isBetween(GateFixture.at(TODAY, "08:00"), GateFixture.at(TODAY, "20:00"));
  }

  /** Three gates, all with the usual numbers but for one afternoon. */
  private void threeGates(double atTheGate, double atTheOthers) {
    Random random = new Random(5);
    for (String place : List.of(GATE, "gate-2", "gate-3")) {
      double factor = place.equals(GATE) ? atTheGate : atTheOthers;
      for (int i = 0; i < (TODAY + 1) * 48; i++) {
        Instant time = GateFixture.DAY.plus(HALF_HOUR.multipliedBy(i)).plusSeconds(60);
        int halfHour = i % 48;
        boolean now = i / 48 == TODAY && halfHour >= 20 && halfHour < 28;
        double mean = usual(halfHour) * (now ? factor : 1);
        count(place, time, poisson(mean, random), Direction.IN);
        count(place, time.plusSeconds(60), poisson(mean, random), Direction.OUT);
      }
    }
  }

  private List<Alert> withTheCommunity() {
    Instant last = site.history().stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
    return new Replay(List.of(CommunityFlow.entry(), FlowAnomaly.entry()), new SettingsBook())
        .run(site.history(), last.plus(Duration.ofHours(2)))
        .alerts();
  }

  @Test
  void anAfternoonOnWhichEverybodyGoesOutIsNoAnomalyOfAGate() {
    threeGates(2.2, 2.2);
    assertThat(alerts()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(withTheCommunity()).isEmpty();
  }

  @Test
  void aSurgeAtOneGateIsOneAmongOthersToo() {
    threeGates(3, 1);
    assertThat(withTheCommunity())
        .isNotEmpty()
        .allMatch(alert -> alert.place().equals(GATE) && alert.episode().endsWith("/up"));
  }

  @ParameterizedTest
  @CsvSource({"14, gate, 1", "4, gate, 0", "14, inner, 0"})
  void manyVisitorsAmongTheUsualNumberOfResidents(int visitors, String place, int expected) {
    Zone estate = Zone.open("estate");
    site.with(
        GateFixture.known(GateFixture.place("gate", List.of(), List.of(estate))),
        GateFixture.known(
            GateFixture.place("inner", List.of(estate), List.of(estate, Zone.open("b1")))));
    for (int day = 0; day < TODAY; day++) {
      passes(place, "visitor", GateFixture.at(day, "10:00"));
      for (int i = 0; i < 30; i++) {
        passes(place, "resident", GateFixture.at(day, "09:00").plusSeconds(300L * i));
      }
    }
    for (int i = 0; i < 30; i++) {
      passes(place, "resident", GateFixture.at(TODAY, "09:00").plusSeconds(300L * i));
    }
    for (int i = 0; i < visitors; i++) {
      passes(place, "visitor", GateFixture.at(TODAY, "09:00").plusSeconds(700L * i));
    }
    assertThat(alerts())
        .hasSize(expected)
        .allMatch(alert -> alert.subjects().contains(new Subject("flow", "visitor", "counted")));
  }

  private void passes(String place, String subjectType, Instant time) {
    site.with(
        new AccessEvent(
            site.origin(GateFixture.COMMUNITY, place, time),
            "card",
            CredentialType.CARD,
            subjectType,
            null,
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null));
  }

  @Test
  void weeksOfSilenceBeforeAPlaceIsInUseAreNotLearned() {
    count(GateFixture.at(-20, "12:00"), 1, Direction.IN);
    count(GateFixture.at(-20, "12:00"), 1, Direction.OUT);
    ordinary(TODAY, 1);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void fewerThanUsualIsForWhoRunsTheDevices() {
    ordinary(TODAY, 1);
    well(TODAY);
    day(TODAY, new Random(3), 0, 14, 1);
    day(TODAY, new Random(4), 14, 20, 0.05);
    Alert alert = theAlert();
    assertThat(alert.episode()).endsWith("/down");
    assertThat(alert.audiences()).containsExactly(Audience.OPERATIONS);
    assertThat(alert.explanation().code()).startsWith("flow-anomaly.drop");
    assertThat(alert.coverage()).isEqualTo(Coverage.FULL);
    assertThat(alert.detectedAt()).isBefore(GateFixture.at(TODAY, "09:01"));
  }

  @Test
  void halfOfTheUsualForHoursIsNoticed() {
    ordinary(TODAY, 1);
    well(TODAY);
    day(TODAY, new Random(3), 0, 14, 1);
    day(TODAY, new Random(4), 14, 40, 0.45);
    assertThat(alerts()).isNotEmpty().allMatch(alert -> alert.episode().endsWith("/down"));
  }

  @Test
  void aDropWithoutWordFromTheDevicesIsNoAlert() {
    ordinary(TODAY, 1);
    day(TODAY, new Random(4), 0, 14, 1);
    day(TODAY, new Random(4), 14, 40, 0);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBlindDeviceNeitherFindsNorLearns(boolean derived) {
    ordinary(TODAY + 1, 1);
    well(TODAY);
    Instant from = GateFixture.at(TODAY, "07:05");
    Instant to = GateFixture.at(TODAY, "15:00");
    site.with(derived ? health(from, false) : site.status(GATE, from, State.MAINTENANCE));
    List<Fact> history = new ArrayList<>(site.history());
    history.removeIf(
        fact ->
            fact instanceof DeviceEvent event
                && event.time().isAfter(from)
                && event.time().isBefore(to));
    history.add(derived ? health(to, true) : site.status(GATE, to, State.ONLINE));
    assertThat(alerts(history, new SettingsBook())).isEmpty();
  }

  private static DeviceHealth health(Instant time, boolean sees) {
    return new DeviceHealth(
        "h-" + time,
        GateFixture.COMMUNITY,
        time,
        GATE + "-reader",
        GateFixture.place(GATE, List.of(), List.of()),
        sees,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Test
  void anAlertClosesWhenADeviceGoesBlind() {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    site.with(site.status(GATE, GateFixture.at(TODAY, "11:20"), State.OFFLINE));
    assertThat(closing(theAlert())).isEqualTo("flow-anomaly.lost-sight");
  }

  @ParameterizedTest
  @CsvSource({"event, 0", "goods, 1"})
  void anEventThatWasPermittedIsNoAlert(String kind, int expected) {
    ordinary(TODAY, 1);
    site.with(permit(kind, GATE, GateFixture.at(1, "00:00")));
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aPermitRecordedAfterwardsTakesTheAlertBack() {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    site.with(permit("event", GATE, GateFixture.at(TODAY, "18:00")));
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("flow-anomaly.permit");
  }

  @Test
  void aPermitForAnotherPlaceExplainsNothing() {
    ordinary(TODAY, 1);
    site.with(permit("event", "other", GateFixture.at(1, "00:00")));
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    assertThat(alerts()).hasSize(1);
  }

  private Permit permit(String kind, String place, Instant recorded) {
    return new Permit(
        site.recorded(recorded, GateFixture.at(TODAY, "09:00"), GateFixture.at(TODAY, "17:00")),
        "p1",
        kind,
        List.of(),
        List.of(place));
  }

  @Test
  void deniedPassagesAndTracksInAZoneAreNotCounted() {
    Instant time = GateFixture.at("10:00");
    FlowAnomaly model = new FlowAnomaly(FlowSettings.DEFAULTS);
    assertThat(model.keys(site.card("c", GATE, time, Direction.IN)))
        .containsExactly("maple/gate/credential");
    assertThat(model.keys(site.denied("c", GATE, time, Direction.IN, DenialReason.WRONG_PLACE)))
        .isEmpty();
    assertThat(model.keys(site.plate("京A12345", GATE, time, Direction.IN, 0.9)))
        .containsExactly("maple/gate/plate");
    assertThat(model.keys(track(time, null, Direction.UNKNOWN))).hasSize(1);
    assertThat(model.keys(track(time, time, Direction.UNKNOWN))).isEmpty();
    assertThat(model.keys(track(time, time, Direction.OUT))).containsExactly("maple/gate/vehicle");
  }

  @Test
  void aCountInACertifiedRoomSaysWhoIsInItAndNotWhoPasses() {
    FlowAnomaly model = new FlowAnomaly(FlowSettings.DEFAULTS);
    Zone club = GateFixture.zone("club", Zone.AntiPassback.NONE);
    assertThat(model.keys(counted(club, Direction.UNKNOWN))).containsExactly("maple/club/person");
    Zone certified = club.certifiedFor(40);
    assertThat(model.keys(counted(certified, Direction.UNKNOWN))).isEmpty();
    assertThat(model.keys(counted(certified, Direction.IN))).containsExactly("maple/club/person");
  }

  private TrackSighting counted(Zone room, Direction way) {
    Place place = GateFixture.place("club", List.of(), List.of(room));
    return new TrackSighting(
        site.origin(GateFixture.COMMUNITY, "club", GateFixture.at("10:00")).at(place),
        "t",
        TrackSighting.Kind.PERSON,
        null,
        null,
        30,
        0.9,
        way,
        "");
  }

  private TrackSighting track(Instant time, @Nullable Instant entered, Direction way) {
    return new TrackSighting(
        site.origin(GateFixture.COMMUNITY, GATE, time),
        "t",
        TrackSighting.Kind.VEHICLE,
        entered,
        null,
        1,
        0.9,
        way,
        "");
  }

  @Test
  void eachPlaceHasItsOwnUsual() {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    site.with(site.card("c", "other", GateFixture.at(TODAY, "11:01"), Direction.IN));
    assertThat(alerts()).hasSize(1).allMatch(alert -> alert.place().equals(GATE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void arrivalOrderDoesNotMatter(long seed) {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    List<Fact> disordered = GateFixture.disordered(site.history(), seed);
    assertThat(alerts(disordered, new SettingsBook())).isEqualTo(alerts());
  }

  @Test
  void settingsCanBeChangedForOnePlace() {
    ordinary(TODAY, 1);
    count(GateFixture.at(TODAY, "11:01"), 90, Direction.IN);
    assertThat(alerts(site.history(), with("leastExcess", "100"))).isEmpty();
  }

  @Test
  void aPlaceThatIsNotUsedAnyMoreIsForgottenAndTheStateStaysSmall() {
    FlowAnomaly model = new FlowAnomaly(FlowSettings.DEFAULTS);
    ordinary(30, 1);
    FlowState state = null;
    Instant wakeAt = null;
    for (Fact fact : site.history()) {
      while (wakeAt != null && state != null && wakeAt.isBefore(fact.time())) {
        Step<FlowState> woken = model.onWake("maple/gate/person", wakeAt, state);
        state = woken.state();
        wakeAt = woken.wakeAt();
      }
      Step<FlowState> step = model.onEvent("maple/gate/person", fact, state);
      state = step.state();
      wakeAt = step.wakeAt();
    }
    assertThat(Objects.requireNonNull(state).flows()).hasSize(2);
    assertThat(state.passages()).hasSizeLessThanOrEqualTo(10);
    assertThat(state.flows().get(0).usual().week()).hasSize(336);
    int wakes = 0;
    while (state != null) {
      Step<FlowState> woken =
          model.onWake("maple/gate/person", Objects.requireNonNull(wakeAt), state);
      state = woken.state();
      wakeAt = woken.wakeAt();
      wakes++;
    }
    assertThat(wakes).isLessThan(28 * 48 + 10);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }
}
