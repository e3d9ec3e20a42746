package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.analysis.Step;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.registry.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DormantCredentialTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PassageContext.entry(), DormantCredential.entry());
  private static final Direction IN = Direction.IN;
  private static final Instant ISSUED = at(-400, "00:00:00");

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("north", List.of(), List.of())),
              known(place("south", List.of(), List.of())));

  @ParameterizedTest
  @CsvSource({"89, 0", "90, 1", "200, 1"})
  void aUseAfterNinetyDaysWithoutOneIsToldToTheHolder(int days, int expected) {
    world.with(
        card(world.entry(ISSUED, null), "p1"),
        world.card("c1", "north", at("10:00:00"), IN),
        world.card("c1", "south", at(days, "10:00:00"), IN),
        world.card("c1", "north", at(days, "10:05:00"), IN));
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.explanation().code()).isEqualTo("dormant-credential.used-again");
      assertThat(alert.explanation().values()).containsEntry("rest", days + " d");
      assertThat(alert.severity()).isEqualTo(Severity.P4);
      assertThat(alert.audiences()).containsExactly(Audience.RESIDENT);
      assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
      assertThat(alert.detectedAt()).isEqualTo(at(days, "10:00:00"));
      assertThat(alert.evidence())
          .extracting(Evidence::role)
          .containsExactly("dormant-credential.before", "dormant-credential.use");
      assertThat(alert.subjects())
          .containsExactly(
              new Subject("credential", "c1", "credential"), new Subject("person", "p1", "holder"));
    }
  }

  @Test
  void aCredentialInDailyUseIsNoAlertAndARefusalIsNoUse() {
    world.with(card(world.entry(ISSUED, null), "p1"));
    for (int day = 0; day < 200; day += 30) {
      world.with(world.card("c1", "north", at(day, "10:00:00"), IN));
    }
    assertThat(alerts()).isEmpty();
    world.with(
        world.denied("c1", "north", at(260, "10:00:00"), IN, DenialReason.LOW_QUALITY),
        world.card("c1", "north", at(280, "10:00:00"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aCredentialOfWhichNothingIsRegisteredHasNobodyToAsk() {
    usedAfter(120);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void oneThatIsNotValidIsNotThisModelsCase() {
    world.with(card(world.entry(ISSUED, at(60, "00:00:00")), "p1"));
    usedAfter(120);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void oneThatIsRegisteredLateIsToldLate() {
    usedAfter(120);
    world.with(card(world.recorded(at(122, "00:00:00"), ISSUED, null), "p1"));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void oneThatIsRegisteredTooLateIsNotTold() {
    usedAfter(120);
    world.with(card(world.recorded(at(128, "00:00:00"), ISSUED, null), "p1"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whatWasIssuedAnewHasNotRestedSoLong() {
    world.with(
        card(world.entry(ISSUED, at(60, "00:00:00")), "p1"),
        card(world.entry(at(60, "00:00:00"), null), "p2"));
    usedAfter(120);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anIssueThatIsRecordedLateTakesTheAlertBack() {
    world.with(card(world.entry(ISSUED, null), "p1"));
    usedAfter(120);
    world.with(
        world.card("c1", "north", at(120, "12:00:00"), IN),
        card(world.recorded(at(121, "00:00:00"), at(119, "00:00:00"), null), "p2"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing())
                  .isNotNull()
                  .satisfies(
                      why -> assertThat(why.code()).isEqualTo("dormant-credential.issued-again"));
            });
  }

  @Test
  void aWithdrawalAfterwardsIsNoReasonToTakeItBack() {
    world.with(card(world.entry(ISSUED, null), "p1"));
    usedAfter(120);
    world.with(
        new Credential(
            world.recorded(at(121, "00:00:00"), ISSUED, at(100, "00:00:00")),
            "c1",
            CredentialType.CARD,
            "p1",
            "u1",
            List.of(),
            Status.LOST,
            null));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "6, 0"})
  void theReaderMustHaveWatchedNearlyAllTheTime(int blindDays, int expected) {
    world.with(
        card(world.entry(ISSUED, null), "p1"),
        world.status("north", at(30, "00:00:00"), State.OFFLINE),
        world.status("north", at(30 + blindDays, "00:00:00"), State.ONLINE));
    usedAfter(100);
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.score()).isCloseTo(0.2 * 0.96, org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void aFirstUseLongAfterTheIssueIsToldIfTheReaderWasWatchedSince(int watchedFrom, int expected) {
    world.with(
        world.status("north", at(watchedFrom, "00:00:00"), State.ONLINE),
        card(world.entry(at("12:00:00"), null), "p1"),
        world.card("c1", "north", at(100, "10:00:00"), IN));
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.explanation().code()).isEqualTo("dormant-credential.never-used");
      assertThat(alert.evidence())
          .extracting(Evidence::role)
          .containsExactly("dormant-credential.use");
    }
  }

  @Test
  void settingsOfACommunityHold() {
    world.with(card(world.entry(ISSUED, null), "p1"));
    usedAfter(60);
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "dormant-credential",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("dormantFor", "P60D"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    Instant time = at("00:00:00");
    for (int i = 0; i < 60; i++) {
      time = time.plus(Duration.ofDays(random.nextInt(5) == 0 ? 100 : 3));
      String place = random.nextBoolean() ? "north" : "south";
      world.with(
          switch (random.nextInt(6)) {
            case 0 ->
                card(
                    world.recorded(time, time.minus(Duration.ofDays(random.nextInt(300))), null),
                    "p" + i);
            case 1 ->
                world.status(place, time, random.nextBoolean() ? State.ONLINE : State.OFFLINE);
            default -> world.card("c1", place, time, IN);
          });
    }
    world.with(card(world.entry(ISSUED, null), "p1"));
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(
            GateFixture.alerts(
                CHAIN, new SettingsBook(), GateFixture.disordered(world.history(), seed)))
        .isEqualTo(expected);
  }

  /** Alerts with one id are revisions of one alert: the second would be taken for an old one. */
  @Test
  void aUseAfterAUseThatWasToldIsAnotherAlert() {
    world.with(
        world.status("north", at("00:00:00"), State.ONLINE),
        card(world.entry(at("12:00:00"), null), "p1"),
        world.card("c1", "north", at(100, "10:00:00"), IN),
        world.card("c1", "north", at(200, "10:00:00"), IN));
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .containsExactlyInAnyOrder(
            "dormant-credential.never-used", "dormant-credential.used-again");
  }

  @Test
  void stateStaysSmallAndIsForgotten() {
    DormantCredential model = new DormantCredential(DormantCredential.Settings.DEFAULTS);
    Step<DormantCredential.State> step = Step.forget();
    Instant time = at("00:00:00");
    for (int i = 0; i < 100; i++) {
      time = time.plus(Duration.ofDays(50));
      step = model.onEvent("k", card(world.entry(time, time.plusSeconds(9)), "p1"), step.state());
      PassageInContext use =
          new PassageInContext(
              world.card("c1", "north", time, IN), Duration.ZERO, 2, time, List.of());
      step = model.onEvent("k", use, step.state());
    }
    assertThat(step.state()).isNotNull();
    assertThat(step.state().versions()).hasSize(8);
    assertThat(step.state().rested()).isNull();
    assertThat(step.wakeAt()).isEqualTo(time.plusSeconds(9).plus(Duration.ofDays(400)));
    assertThat(model.onWake("k", time, step.state()).state()).isNull();
  }

  private void usedAfter(int days) {
    world.with(
        world.card("c1", "north", at("00:00:00"), IN),
        world.card("c1", "north", at(days, "00:00:00"), IN));
  }

  private static Credential card(Entry entry, @Nullable String holder) {
    return new Credential(
        entry, "c1", CredentialType.CARD, holder, "u1", List.of(), Status.ACTIVE, null);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }
}
