package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
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
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImpossibleTravelTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PassageContext.entry(), ImpossibleTravel.entry());
  private static final String FAR = "willow";
  private static final String NEAR = "elm";

  /** Gates north and south are a kilometre apart; willow is 40 km away, elm next door. */
  private final GateFixture world =
      new GateFixture()
          .with(
              known(gate("north", new Position(0, 1000))),
              known(gate("hall", new Position(0, 800))),
              known(gate("south", new Position(0, 0))),
              known(gate("nowhere", null)),
              known(FAR, gate("hill", new Position(40_000, 0))),
              known(NEAR, gate("lane", new Position(0, 1600))));

  /** 1000 m, detour 1.3, at 7 m/s, shortened to 0.85, are 158 s; clocks and slack explain 38.5. */
  @ParameterizedTest
  @CsvSource({"118, 1", "121, 0"})
  void oneCredentialAtTwoGatesTooSoonIsACopy(int seconds, int expected) {
    world.with(
        card("c1", null, "north", at("09:00:00")),
        card("c1", null, "south", at("09:00:00").plusSeconds(seconds)));
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.explanation().code()).isEqualTo("impossible-travel.same-credential");
      assertThat(alert.explanation().values())
          .containsEntry("taken", "118")
          .containsEntry("least", "186")
          .containsEntry("distance", "1.0 km");
      assertThat(alert.severity()).isEqualTo(Severity.P2);
      assertThat(alert.score()).isGreaterThan(0.95);
      assertThat(alert.audiences()).containsExactlyInAnyOrder(Audience.PROPERTY, Audience.RESIDENT);
      assertThat(alert.subjects()).containsExactly(new Subject("credential", "c1", "credential"));
      assertThat(alert.evidence()).extracting(Evidence::place).containsExactly("north", "south");
      assertThat(alert.firstEventTime()).isEqualTo(at("09:00:00"));
    }
  }

  @Test
  void aCredentialWithAHolderIsToldOnce() {
    world.with(
        card("c1", "p1", "north", at("09:00:00")), card("c1", "p1", "south", at("09:00:10")));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.subjects())
                    .containsExactly(
                        new Subject("credential", "c1", "credential"),
                        new Subject("person", "p1", "holder")));
  }

  @Test
  void credentialsOfDifferentCommunitiesAreDifferentOnes() {
    world.with(
        card("c1", null, "north", at("09:00:00")),
        card(FAR, "c1", null, "hill", at("09:00:10"), CredentialType.CARD));
    assertThat(alerts()).isEmpty();
  }

  /** 40 km, detour 1.3, at 90 km/h, shortened to 0.85, are 29 minutes. */
  @ParameterizedTest
  @CsvSource({"1720, 1", "1735, 0"})
  void aPersonIsFollowedFromCommunityToCommunity(int seconds, int expected) {
    world.with(
        card("c1", "p1", "south", at("09:00:00")),
        card(FAR, "c9", "p1", "hill", at("09:00:00").plusSeconds(seconds), CredentialType.CARD));
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.explanation().code()).isEqualTo("impossible-travel.two-credentials");
      assertThat(alert.severity()).isEqualTo(Severity.P3);
      assertThat(alert.community()).isEqualTo(FAR);
      assertThat(alert.subjects())
          .containsExactly(
              new Subject("person", "p1", "person"),
              new Subject("credential", "c1", "credential"),
              new Subject("credential", "c9", "credential"));
    }
  }

  @Test
  void aCredentialAndItsHoldersFaceTooFarApartAreAnAlert() {
    world.with(card("c1", "p1", "north", at("09:00:00")), face("p1", "south", at("09:00:10"), 0.9));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code())
                  .isEqualTo("impossible-travel.credential-and-face");
              assertThat(alert.explanation().values())
                  .containsEntry("fromSimilarity", "-")
                  .containsEntry("toSimilarity", "0.90");
              assertThat(alert.severity()).isEqualTo(Severity.P3);
              assertThat(alert.score()).isBetween(0.45, 0.55);
            });
  }

  /** Two-source rule: what only cameras say is a matter of the cameras. */
  @Test
  void twoFacesAloneAreAMatterOfMatchQuality() {
    world.with(
        face("p1", "north", at("09:00:00"), 0.95), face("p1", "south", at("09:00:10"), 0.95));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("impossible-travel.faces");
              assertThat(alert.audiences()).containsExactly(Audience.OPERATIONS);
              assertThat(alert.severity()).isEqualTo(Severity.P4);
            });
  }

  @ParameterizedTest
  @CsvSource({"0.95, 60, sure-faces", "0.85, 60, faces", "0.95, 1500, faces"})
  void twoFacesCountIfBothAreVeryAlikeAndTheWayIsFarTooLong(
      double similarity, int seconds, String expected) {
    world.with(
        face("p1", "south", at("09:00:00"), 0.95),
        face(FAR, "p1", "hill", at("09:00:00").plusSeconds(seconds), similarity, 0.9, true));
    assertThat(codes()).containsExactly("impossible-travel." + expected);
  }

  @Test
  void aReaderThatComparesFacesIsNoSecondSource() {
    world.with(
        face("p1", "north", at("09:00:00"), 0.95),
        card(COMMUNITY, "f1", "p1", "south", at("09:00:10"), CredentialType.FACE));
    assertThat(codes()).containsExactly("impossible-travel.faces");
  }

  @ParameterizedTest
  @CsvSource({"0.79, 0.9, true", "0.9, 0.59, true", "0.9, 0.9, false"})
  void doubtfulFacesAreLeftOut(double similarity, double quality, boolean live) {
    world.with(
        card("c1", "p1", "north", at("09:00:00")),
        face(COMMUNITY, "p1", "south", at("09:00:10"), similarity, quality, live));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = CredentialType.class,
      names = {"PIN", "KEY", "REMOTE", "PLATE"})
  void whatAHouseholdSharesOrWorksFromAfarIsLeftOut(CredentialType type) {
    world.with(
        card(COMMUNITY, "c1", "p1", "north", at("09:00:00"), type),
        card(COMMUNITY, "c1", "p1", "south", at("09:00:10"), type),
        face("p1", "south", at("09:00:11"), 0.9));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDoorOpenedByCommandIsLeftOut() {
    AccessEvent remote = card(COMMUNITY, "c1", "p1", "south", at("09:00:10"), CredentialType.APP);
    world.with(
        card("c1", "p1", "north", at("09:00:00")),
        new AccessEvent(
            remote.origin(),
            "c1",
            CredentialType.APP,
            "",
            "p1",
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            "command-1"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void shortWaysUnknownWaysAndThePlaceItselfAreNotJudged() {
    world.with(
        card("c1", "p1", "north", at("09:00:00")),
        card("c1", "p1", "hall", at("09:00:01")),
        card("c1", "p1", "hall", at("09:00:02")),
        card("c1", "p1", "nowhere", at("09:00:03")),
        card("c1", "p1", "south", at("09:00:04")));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"300, 0", "200, 1"})
  void howShortAWayIsJudgedIsASetting(int minDistance, int expected) {
    world.with(card("c1", null, "north", at("09:00:00")), card("c1", null, "hall", at("09:00:01")));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "impossible-travel",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("slack", "PT0S", "minDistance", "" + minDistance),
                "test"));
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(expected);
  }

  @Test
  void anEBikeFromGateToGateIsFeasible() {
    world.with(
        card("c1", "p1", "north", at("09:00:00")),
        face("p1", "south", at("09:00:00").plusSeconds(1000 / 6), 0.9),
        card(NEAR, "c9", "p1", "lane", at("09:05:00"), CredentialType.CARD),
        face("p1", "north", at("09:05:40"), 0.9));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aClockThatIsKnownToBeOffIsTakenOff() {
    world.with(health("south", Duration.ofSeconds(-170), Duration.ofSeconds(1)));
    world.with(
        card("c1", null, "north", at("09:00:00")), card("c1", null, "south", at("09:00:05")));
    assertThat(alerts()).isEmpty();
    world.with(health("north", Duration.ofSeconds(-170), Duration.ofSeconds(1)));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aClockThatNobodySetWidensWhatIsFeasible() {
    world.with(
        card("c1", null, "north", at("09:00:00")),
        card(
            world.origin(COMMUNITY, "south", at("09:00:40"), ClockQuality.UNKNOWN),
            "c1",
            null,
            CredentialType.CARD,
            Outcome.GRANTED));
    assertThat(alerts()).isEmpty();
    world.with(health("south", Duration.ZERO, Duration.ofSeconds(2)));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aRefusedCardWasThereToo() {
    world.with(
        card("c1", null, "north", at("09:00:00")),
        card(
            world.origin(COMMUNITY, "south", at("09:00:10")),
            "c1",
            null,
            CredentialType.CARD,
            Outcome.DENIED));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aCardThatWasSomebodyElsesByThenIsNotFollowed() {
    world.with(
        credential(world.entry(at(-9, "00:00:00"), at("00:00:00")), Status.LOST),
        card("c1", "p1", "north", at("09:00:00")),
        face("p1", "south", at("09:00:10"), 0.9));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCardRegisteredAsTheirsIsFollowed() {
    world.with(
        credential(world.entry(at(-9, "00:00:00"), null), Status.ACTIVE),
        card("c1", "p1", "north", at("09:00:00")),
        face("p1", "south", at("09:00:10"), 0.9));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aChangeOfHolderThatIsRecordedLateTakesTheAlertBack() {
    world.with(
        credential(world.entry(at(-9, "00:00:00"), null), Status.ACTIVE),
        card("c1", "p1", "north", at("09:00:00")),
        face("p1", "south", at("09:00:10"), 0.9),
        credential(
            world.recorded(at(1, "00:00:00"), at(-9, "00:00:00"), at("00:00:00")),
            Status.SUPERSEDED));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing())
                  .isNotNull()
                  .satisfies(
                      why ->
                          assertThat(why.code())
                              .isEqualTo("impossible-travel.explained-afterwards"));
            });
  }

  @Test
  void aDayIsOneAlertInTheCommunityInWhichItBegan() {
    for (int i = 0; i < 10; i++) {
      world.with(
          card("c1", "p1", "south", at("09:00:00").plusSeconds(120L * i)),
          card(FAR, "c9", "p1", "hill", at("09:01:00").plusSeconds(120L * i), CredentialType.CARD));
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.community()).isEqualTo(FAR);
              assertThat(alert.occurrences()).isEqualTo(19);
            });
  }

  @Test
  void settingsOfACommunityHold() {
    world.with(
        card("c1", null, "north", at("09:00:00")), card("c1", null, "south", at("09:02:30")));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "impossible-travel",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("speedWithin", "2.5"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  /** Three hundred residents walk and ride from gate to gate, seen by readers and cameras. */
  @Test
  void ordinaryLifeIsNoAlert() {
    Random random = new Random(7);
    List<String> places = List.of("north", "hall", "south");
    List<Integer> north = List.of(1000, 800, 0);
    for (int resident = 0; resident < 300; resident++) {
      Instant time = at("06:00:00").plusSeconds(random.nextInt(3600));
      int place = random.nextInt(3);
      for (int pass = 0; pass < 20; pass++) {
        int next = random.nextInt(3);
        double metres = Math.abs(north.get(place) - north.get(next)) * 1.2;
        double speed =
            random.nextBoolean() ? 1.2 + random.nextDouble() : 4 + 2 * random.nextDouble();
        boolean waits = random.nextInt(3) == 0;
        time =
            time.plusMillis(
                Math.round(1000 * (metres / speed + 2 + (waits ? random.nextInt(30_000) : 0))));
        place = next;
        Instant stamped = time.plusMillis(Math.round(1500 * random.nextGaussian()));
        String person = "p" + resident;
        world.with(
            random.nextInt(4) == 0
                ? face(person, places.get(place), stamped, 0.8 + random.nextDouble() / 5)
                : card("c" + resident, person, places.get(place), stamped));
      }
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      Instant time = at("09:00:00").plusSeconds(random.nextInt(20_000));
      String place = random.nextBoolean() ? "north" : "south";
      world.with(
          switch (random.nextInt(8)) {
            case 0 ->
                credential(
                    world.recorded(time, time.minusSeconds(5000), time.plusSeconds(5000)),
                    Status.ACTIVE);
            case 1 -> card(FAR, "c9", "p1", "hill", time, CredentialType.CARD);
            case 2, 3 -> face("p1", place, time, 0.8 + random.nextDouble() / 5);
            default -> card("c" + random.nextInt(2), "p1", place, time);
          });
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(
            GateFixture.alerts(
                CHAIN, new SettingsBook(), GateFixture.disordered(world.history(), seed)))
        .isEqualTo(expected);
  }

  @Test
  void stateStaysSmallAndIsForgotten() {
    ImpossibleTravel model = new ImpossibleTravel(ImpossibleTravel.Settings.DEFAULTS);
    String key = "person|p1";
    Step<ImpossibleTravel.State> step = Step.forget();
    Instant time = at("09:00:00");
    for (int i = 0; i < 300; i++) {
      time = time.plusSeconds(10);
      boolean north = i % 2 == 0;
      Place place = gate(north ? "north" : "south", new Position(0, north ? 5000 : 0));
      AccessEvent use = card("c" + i % 2, "p1", place.id(), time);
      use = use.withOrigin(use.origin().at(place));
      step =
          model.onEvent(
              key, new PassageInContext(use, Duration.ZERO, 2, time, List.of()), step.state());
      step =
          model.onEvent(
              key,
              new Credential(
                  world.recorded(time, at("00:00:00"), at(1, "00:00:00")),
                  "c" + i % 2,
                  CredentialType.CARD,
                  "p1",
                  null,
                  List.of(),
                  Status.ACTIVE,
                  null),
              step.state());
    }
    assertThat(step.state()).isNotNull();
    assertThat(step.state().links()).hasSize(8);
    assertThat(step.state().credentials()).hasSize(16);
    assertThat(step.wakeAt()).isEqualTo(time.plus(Duration.ofDays(2)));
    Step<ImpossibleTravel.State> later =
        model.onWake(key, time.plus(Duration.ofDays(2)), step.state());
    assertThat(later.state()).isNotNull();
    assertThat(later.state().last()).isNull();
    assertThat(later.wakeAt()).isAfter(time.plus(Duration.ofDays(6)));
    assertThat(model.onWake(key, time.plus(Duration.ofDays(9)), later.state()).state()).isNull();
  }

  private static Place gate(String id, @Nullable Position position) {
    return GateFixture.place(id, List.of(), List.of(), DoorSpec.NONE, List.of(), position);
  }

  private AccessEvent card(String credential, @Nullable String person, String place, Instant time) {
    return card(COMMUNITY, credential, person, place, time, CredentialType.CARD);
  }

  private AccessEvent card(
      String community,
      String credential,
      @Nullable String person,
      String place,
      Instant time,
      CredentialType type) {
    Origin origin = world.origin(community, place, time);
    return card(origin, credential, person, type, Outcome.GRANTED);
  }

  private static AccessEvent card(
      Origin origin,
      String credential,
      @Nullable String person,
      CredentialType type,
      Outcome outcome) {
    return new AccessEvent(
        origin,
        credential,
        type,
        "",
        person,
        null,
        Direction.IN,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.OTHER : DenialReason.NONE,
        false,
        null);
  }

  private FaceCapture face(String person, String place, Instant time, double similarity) {
    return face(COMMUNITY, person, place, time, similarity, 0.9, true);
  }

  private FaceCapture face(
      String community,
      String person,
      String place,
      Instant time,
      double similarity,
      double quality,
      boolean live) {
    return new FaceCapture(
        world.origin(community, place, time),
        person,
        null,
        similarity,
        quality,
        live,
        Direction.IN,
        null);
  }

  private static DeviceHealth health(String place, Duration clockOffset, Duration clockSigma) {
    return new DeviceHealth(
        "health-" + place,
        COMMUNITY,
        at("08:00:00"),
        place + "-reader",
        Place.of(place),
        true,
        clockOffset,
        clockSigma);
  }

  private static Credential credential(Entry entry, Status status) {
    return new Credential(entry, "c1", CredentialType.CARD, "p1", null, List.of(), status, null);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<String> codes() {
    return alerts().stream().map(alert -> alert.explanation().code()).toList();
  }
}
