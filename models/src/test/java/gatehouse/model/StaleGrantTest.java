package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.VisitorPass;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaleGrantTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(SuccessorTrail.entry(), StaleGrant.entry());
  private static final Direction IN = Direction.IN;
  private static final Direction OUT = Direction.OUT;
  private static final Instant START = at(-100, "00:00:00");

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("north", List.of(), List.of(Zone.open("north")))),
              known(place("south", List.of(), List.of(Zone.open("south")))));

  @Test
  void aValidCredentialAndAnUnknownOneAreNoAlert() {
    world.with(
        credential("c1", world.entry(START, null), Status.ACTIVE, null),
        world.card("c1", "north", at("10:00:00"), IN),
        world.card("c2", "north", at("10:00:00"), IN),
        world.denied("c2", "north", at("11:00:00"), IN, DenialReason.EXPIRED));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, expired, P3, P4",
    "REVOKED, revoked, P2, P3",
    "LOST, lost, P2, P3",
    "MOVED_OUT, moved-out, P2, P3"
  })
  void anEndedCredentialIsAnAlertAndBeingLetInIsWorse(
      Status status, String reason, Severity granted, Severity denied) {
    world.with(
        credential("c1", world.entry(START, at("00:00:00")), status, null),
        credential("c2", world.entry(START, at("00:00:00")), status, null),
        world.card("c1", "north", at("10:00:00"), IN),
        world.denied("c2", "north", at("10:00:00"), IN, DenialReason.EXPIRED));
    assertThat(alerts())
        .hasSize(2)
        .allSatisfy(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("stale-grant." + reason);
              assertThat(alert.explanation().values()).containsEntry("off", "10 h");
              assertThat(alert.severity())
                  .isEqualTo(alert.subjects().get(0).id().equals("c1") ? granted : denied);
            });
  }

  @Test
  void aVersionThatSaysRevokedFromADayOnEndsIt() {
    world.with(
        credential("c1", world.entry(START, null), Status.ACTIVE, null),
        credential("c1", world.entry(at("12:00:00"), null), Status.REVOKED, null),
        world.card("c1", "north", at("11:59:59"), IN),
        world.card("c1", "south", at("12:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.firstEventTime()).isEqualTo(at("12:00:00")));
  }

  @ParameterizedTest
  @CsvSource({"71, 0", "72, 0", "73, 1"})
  void aLeaseHasThreeDaysOfGrace(int hours, int expected) {
    world.with(
        lease("l1", world.entry(START, at("00:00:00")), "c1"),
        world.card("c1", "north", at("00:00:00").plus(Duration.ofHours(hours)), IN));
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aRenewalThatIsRecordedLateTakesTheAlertBack() {
    Instant end = at(-10, "00:00:00");
    world.with(
        lease("l1", world.entry(START, end), "c1"),
        world.card("c1", "north", at("10:00:00"), IN),
        world.card("c1", "north", at(1, "10:00:00"), IN),
        lease("l1", world.recorded(at(3, "09:00:00"), end, at(300, "00:00:00")), "c1"),
        world.card("c1", "north", at(4, "10:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing()).isNotNull();
              assertThat(Objects.requireNonNull(alert.closing()).code())
                  .isEqualTo("stale-grant.renewed-afterwards");
            });
  }

  @Test
  void aLossThatIsReportedLateIsAnAlertAboutUsesBefore() {
    world.with(
        credential("c1", world.entry(START, null), Status.ACTIVE, null),
        world.card("c1", "north", at("10:00:00"), IN),
        credential(
            "c1", world.recorded(at(1, "09:00:00"), START, at("08:00:00")), Status.LOST, null));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.detectedAt()).isEqualTo(at(1, "09:00:00"));
              assertThat(alert.firstEventTime()).isEqualTo(at("10:00:00"));
              assertThat(alert.audiences())
                  .containsExactlyInAnyOrder(Audience.PROPERTY, Audience.RESIDENT);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "07:00:00, IN, 0",
    "06:59:59, IN, 1",
    "13:00:00, IN, 0",
    "13:00:01, IN, 1",
    "15:00:00, OUT, 0"
  })
  void aVisitorHasAnHourOfGraceAndMayLeave(String time, Direction way, int expected) {
    world.with(
        pass("v1", world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at(time), way));
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aVisitorsPassThatIsUsedDaysLaterIsAnAlert() {
    world.with(
        pass("v1", world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at(2, "10:00:00"), IN),
        world.card("v1", "north", at(2, "15:00:00"), OUT));
    assertThat(codes()).containsExactly("stale-grant.pass-ended");
  }

  @Test
  void moreUsesThanThePassAllowsAreAnAlert() {
    world.with(
        pass("v1", world.entry(at("00:00:00"), at(1, "00:00:00")), List.of(), 2),
        world.card("v1", "north", at("08:00:00"), IN),
        world.card("v1", "north", at("08:00:05"), IN),
        world.card("v1", "north", at("09:00:00"), OUT),
        world.denied("v1", "north", at("09:30:00"), IN, DenialReason.LOW_QUALITY),
        world.card("v1", "north", at("10:00:00"), IN),
        world.card("v1", "north", at("11:00:00"), OUT));
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "north", at("12:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.too-many-uses");
  }

  @Test
  void moreUsesAreCountedBeyondTheUsesThatAreKept() {
    world.with(pass("v1", world.entry(at("00:00:00"), at(1, "00:00:00")), List.of(), 30));
    for (int i = 0; i < 31; i++) {
      world.with(world.card("v1", "north", at("08:00:00").plusSeconds(600L * i), IN));
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.firstEventTime()).isEqualTo(at("08:00:00").plusSeconds(18_000)));
  }

  @Test
  void theWrongPlaceCountsOnlyIfTheDoorOpened() {
    world.with(
        pass("v1", world.entry(START, null), List.of("north"), 0),
        world.denied("v1", "south", at("10:00:00"), IN, DenialReason.WRONG_PLACE),
        world.card("v1", "north", at("10:01:00"), IN));
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "south", at("11:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.wrong-place");
  }

  @Test
  void anOldCardInUseWhileTheNewOneIsNotYetIsNoAlert() {
    replaced("c1", "c2", at("00:00:00"));
    world.with(
        world.card("c1", "north", at("10:00:00"), IN),
        world.card("c1", "north", at("12:00:00"), IN),
        world.card("c2", "north", at(1, "10:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aTemporaryBadgeForADayIsTheLeastUrgent() {
    replaced("c1", "c2", at("00:00:00"));
    world.with(
        world.card("c2", "north", at("09:00:00"), IN),
        world.card("c2", "north", at("18:00:00"), OUT));
    for (int day = 1; day < 6; day++) {
      world.with(
          world.card("c1", "north", at(day, "09:00:00"), IN),
          world.card("c1", "north", at(day, "18:00:00"), OUT));
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.P4);
              assertThat(alert.explanation().code()).isEqualTo("stale-grant.temporary-badge");
              assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
            });
  }

  /** Scenario S02, hard: the old card is used on some days beside the new one. */
  @Test
  void bothInUseOnTwoDaysAreTwoHands() {
    replaced("c1", "c2", at("00:00:00"));
    for (int day = 0; day < 10; day++) {
      world.with(
          world.card("c2", "north", at(day, "09:00:00"), IN),
          world.card("c2", "north", at(day, "18:00:00"), OUT));
    }
    world.with(
        world.card("c1", "north", at(2, "13:00:00"), IN),
        world.card("c1", "north", at(2, "13:06:00"), OUT),
        world.card("c1", "north", at(5, "13:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.P2);
              assertThat(alert.explanation().code()).isEqualTo("stale-grant.lost-use");
              assertThat(alert.firstEventTime()).isEqualTo(at(2, "13:00:00"));
              assertThat(alert.subjects()).contains(new Subject("credential", "c2", "successor"));
              assertThat(alert.evidence())
                  .extracting(Evidence::role)
                  .contains("stale-grant.successor-use");
            });
  }

  @Test
  void aTemporaryBadgeBecomesTwoHandsWhenTheNewOneIsUsedAgain() {
    replaced("c1", "c2", at("00:00:00"));
    world.with(
        world.card("c2", "north", at("09:00:00"), IN),
        world.card("c1", "north", at(1, "09:00:00"), IN),
        world.card("c1", "north", at(2, "09:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.temporary-badge");
    world.with(world.card("c2", "north", at(3, "09:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.lost-use");
    assertThat(alerts().get(0).severity()).isEqualTo(Severity.P2);
  }

  @Test
  void usesBetweenEachOtherWithinMinutesAreTwoHands() {
    replaced("c1", "c2", at("00:00:00"));
    world.with(
        world.card("c2", "north", at("09:00:00"), IN),
        world.card("c1", "south", at("09:05:00"), IN),
        world.card("c2", "north", at("12:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.lost-use");
  }

  @Test
  void bothTriedAtTheSameReaderAreOneHand() {
    replaced("c1", "c2", at("00:00:00"));
    world.with(
        world.card("c2", "north", at("09:00:00"), IN),
        world.card("c1", "north", at("09:00:20"), IN),
        world.card("c2", "north", at("12:00:00"), IN));
    assertThat(codes()).containsExactly("stale-grant.temporary-badge");
  }

  @Test
  void aReplacementThatIsRecordedAfterBothWereUsedCountsFromItsTime() {
    world.with(
        credential("c1", world.entry(START, null), Status.ACTIVE, null),
        world.card("c2", "north", at("09:00:00"), IN),
        world.card("c1", "north", at("15:00:00"), IN),
        world.card("c2", "north", at(1, "09:00:00"), IN),
        world.card("c1", "north", at(1, "15:00:00"), IN),
        credential(
            "c1",
            world.recorded(at(2, "08:00:00"), START, at("00:00:00")),
            Status.SUPERSEDED,
            "c2"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.detectedAt()).isEqualTo(at(2, "08:00:00"));
              assertThat(alert.firstEventTime()).isEqualTo(at("15:00:00"));
              assertThat(alert.explanation().code()).isEqualTo("stale-grant.lost-use");
            });
  }

  @Test
  void aPlateIsACredentialOnlyWhereItIsRegisteredAsOne() {
    world.with(
        pass("京A12345", world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.plate("京A12345", "north", at(2, "10:00:00"), IN, 0.95),
        world.plate("京B00001", "north", at(2, "10:00:00"), IN, 0.95));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.subjects().get(0).type()).isEqualTo("plate"));
  }

  @Test
  void aWeekOfUsesIsOneAlert() {
    world.with(credential("c1", world.entry(START, at("00:00:00")), Status.REVOKED, null));
    for (int day = 0; day < 14; day++) {
      world.with(world.card("c1", "north", at(day, "10:00:00"), IN));
    }
    assertThat(alerts()).extracting(Alert::occurrences).containsExactly(14);
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class)
  void everyOutcomeIsJudged(Outcome outcome) {
    world.with(
        credential("c1", world.entry(START, at("00:00:00")), Status.REVOKED, null),
        world.card("c1", "north", at("10:00:00"), IN, outcome, DenialReason.NONE));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void settingsOfACommunityHold() {
    world.with(
        lease("l1", world.entry(START, at("00:00:00")), "c1"),
        world.card("c1", "north", at("10:00:00"), IN));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "stale-grant",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("leaseGrace", "PT1H"),
                "test"));
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(12 * 86_400));
      String credential = "c" + random.nextInt(4);
      Entry entry =
          world.recorded(
              time,
              time.minusSeconds(random.nextInt(5 * 86_400)),
              time.plusSeconds(random.nextInt(5 * 86_400) - 86_400));
      world.with(
          switch (random.nextInt(8)) {
            case 0 -> lease("l" + random.nextInt(2), entry, credential);
            case 1 -> credential(credential, entry, Status.SUPERSEDED, "c" + random.nextInt(4));
            case 2 -> pass(credential, entry, List.of("north"), 3);
            default -> world.card(credential, random.nextBoolean() ? "north" : "south", time, IN);
          });
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    List<Fact> disordered = GateFixture.disordered(world.history(), seed);
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), disordered)).isEqualTo(expected);
  }

  @Test
  void theExampleNeedsTheUseAndWhatIsRegistered() {
    List<Fact> example = StaleGrant.entry().example().get();
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), example)).hasSize(1);
    for (Fact fact : example.subList(1, example.size())) {
      List<Fact> without = new ArrayList<>(example);
      without.remove(fact);
      assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), without)).isEmpty();
    }
  }

  private void replaced(String old, String successor, Instant when) {
    world.with(
        credential(old, world.entry(START, null), Status.ACTIVE, null),
        credential(old, world.recorded(when, START, when), Status.SUPERSEDED, successor),
        credential(successor, world.entry(when, null), Status.ACTIVE, null));
  }

  private static Credential credential(
      String id, Entry entry, Status status, @Nullable String supersededBy) {
    return new Credential(
        entry, id, CredentialType.CARD, null, null, List.of(), status, supersededBy);
  }

  private static Lease lease(String id, Entry entry, String credential) {
    return new Lease(entry, id, "u1", "p1", List.of(credential));
  }

  private static VisitorPass pass(String id, Entry entry, List<String> places, int uses) {
    return new VisitorPass(entry, id, "p1", "u1", places, uses);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<String> codes() {
    return alerts().stream().map(alert -> alert.explanation().code()).toList();
  }
}
