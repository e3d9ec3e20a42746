package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.card;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static gatehouse.fixture.GateFixture.sensitive;
import static gatehouse.fixture.GateFixture.zone;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.ClockQuality;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.site.DoorSpec;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AntiPassbackTest {

  static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(
          PassageConfirmation.entry(), PassageTrail.entry(), gatehouse.model.AntiPassback.entry());

  private static final Direction IN = Direction.IN;
  private static final Direction OUT = Direction.OUT;

  private static final Zone BUILDING = zone("building", AntiPassback.NONE);
  private static final Zone VAULT = sensitive("vault", AntiPassback.STRICT, 2);
  private static final Zone GARAGE = zone("garage", AntiPassback.SOFT);

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("lobby", List.of(), List.of(BUILDING))),
              known(place("vault-door", List.of(BUILDING), List.of(BUILDING, VAULT))),
              known(place("garage-gate", List.of(), List.of(GARAGE))),
              known(place("garage-back", List.of(), List.of(GARAGE))));

  @Test
  void inTwiceIntoAStrictZoneIsAnAlert() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("10:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("anti-passback.in-while-inside");
              assertThat(alert.explanation().values())
                  .containsEntry("beforeTime", "2026-03-10 09:00")
                  .containsEntry("zone", "vault");
              assertThat(alert.severity()).isEqualTo(Severity.P2);
              assertThat(alert.firstEventTime()).isEqualTo(at("09:00:00"));
              assertThat(alert.evidence()).extracting(Evidence::eventId).hasSize(2);
              assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
            });
  }

  @Test
  void inAndOutInTurnIsNoAlert() {
    world.with(
        world.card("c1", "lobby", at("08:00:00"), IN),
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("10:00:00"), OUT),
        world.card("c1", "vault-door", at("11:00:00"), IN),
        world.card("c1", "vault-door", at("12:00:00"), OUT),
        world.card("c1", "lobby", at("13:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void buildingEntryWhileInsideTheVaultIsAnAlertThoughTheBuildingIsNotJudged() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "lobby", at("10:00:00"), IN));
    assertThat(codes()).containsExactly("anti-passback.elsewhere-while-inside");
  }

  @Test
  void outOfTheVaultWithoutInIsAnAlert() {
    world.with(
        world.card("c1", "lobby", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("10:00:00"), OUT));
    assertThat(codes()).containsExactly("anti-passback.out-while-outside");
  }

  @Test
  void theFirstPassageEverProvesNothing() {
    world.with(world.card("c1", "vault-door", at("10:00:00"), OUT));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void eachViolationOfAStrictZoneIsAnAlertOfItsOwn() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("10:00:00"), IN),
        world.card("c1", "vault-door", at("11:00:00"), IN));
    assertThat(alerts()).hasSize(2).extracting(Alert::episode).doesNotHaveDuplicates();
  }

  @Test
  void aDoubleBadgeIsOneUse() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("09:00:08"), IN),
        world.card("c1", "vault-door", at("09:00:16"), IN));
    assertThat(alerts()).isEmpty();
    world.with(world.card("c1", "vault-door", at("09:00:25"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void deniedUsesDuressAndOtherCredentialsMoveNobody() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.denied("c1", "vault-door", at("09:30:00"), IN, DenialReason.ANTI_PASSBACK),
        card(
            world.origin(COMMUNITY, "vault-door", at("09:40:00")),
            "c1",
            "",
            null,
            IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            true),
        world.card("c2", "vault-door", at("09:50:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theResetTimeForgetsWhoIsInside() {
    Zone reset = zone("lab", AntiPassback.STRICT, LocalTime.of(4, 0));
    world.with(
        known(place("lab-door", List.of(), List.of(reset))),
        world.card("c1", "lab-door", at("20:00:00"), IN),
        world.card("c1", "lab-door", at(1, "03:59:59"), IN),
        world.card("c2", "lab-door", at("20:00:00"), IN),
        world.card("c2", "lab-door", at(1, "04:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.subjects().get(0).id()).isEqualTo("c1"));
  }

  @Test
  void afterEighteenHoursThePlaceIsUnknown() {
    world.with(
        world.card("c1", "vault-door", at("02:00:00"), IN),
        world.card("c1", "vault-door", at("20:00:01"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void reUseWithinMinutesIsItsOwnRuleWhereThePlaceIsUnknown() {
    Zone reset = zone("lab", AntiPassback.STRICT, LocalTime.of(4, 0));
    world.with(
        known(place("lab-door", List.of(), List.of(reset))),
        world.card("c1", "lab-door", at("03:57:00"), IN),
        world.card("c1", "lab-door", at("04:02:00"), IN),
        world.card("c2", "lab-door", at("03:50:00"), IN),
        world.card("c2", "lab-door", at("04:02:00"), IN));
    assertThat(codes()).containsExactly("anti-passback.reused-too-soon");
  }

  @Test
  void whereTheDoorHasAContactOnlyAnOpenedDoorMoves() {
    world.with(
        known(place("cage", List.of(), List.of(VAULT), DoorSpec.STANDARD, List.of(), null)),
        world.card("c1", "cage", at("09:00:00"), IN),
        world.door("cage", at("09:00:08"), Change.OPENED),
        world.door("cage", at("09:00:11"), Change.CLOSED),
        world.card("c1", "cage", at("10:00:00"), IN),
        world.door("cage", at("10:00:09"), Change.OPENED),
        world.door("cage", at("10:00:12"), Change.CLOSED));
    assertThat(alerts()).isEmpty();
    world.with(
        world.card("c1", "cage", at("11:00:00"), IN),
        world.door("cage", at("11:00:03"), Change.OPENED));
    assertThat(codes()).containsExactly("anti-passback.in-while-inside");
  }

  @Test
  void aDoorThatStandsOpenLetsPass() {
    world.with(
        known(place("cage", List.of(), List.of(VAULT), DoorSpec.STANDARD, List.of(), null)),
        world.door("cage", at("08:59:50"), Change.OPENED),
        world.card("c1", "cage", at("09:00:00"), IN),
        world.card("c1", "cage", at("09:01:00"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aReaderThatWasOfflineInBetweenMeansNotKnown() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.status("vault-door", at("09:10:00"), DeviceStatus.State.OFFLINE),
        world.status("vault-door", at("09:20:00"), DeviceStatus.State.ONLINE),
        world.card("c1", "vault-door", at("10:00:00"), IN));
    assertThat(alerts()).isEmpty();
    world.with(world.card("c1", "vault-door", at("11:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.coverage()).isEqualTo(Coverage.FULL));
  }

  @Test
  void aDoorReleasedForFireMeansNotKnown() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.door("vault-door", at("09:10:00"), Change.FIRE_RELEASE),
        world.door("vault-door", at("09:20:00"), Change.LOCKED),
        world.card("c1", "vault-door", at("10:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void clocksThatAreOffAreNotComparedOverShortTimes() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), OUT),
        card(
            world.origin(COMMUNITY, "vault-door", at("09:01:30"), ClockQuality.SKEWED),
            "c1",
            "",
            null,
            OUT,
            Outcome.GRANTED,
            DenialReason.NONE,
            false));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anUnknownDirectionMakesThePlaceUnknown() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("09:30:00"), Direction.UNKNOWN),
        world.card("c1", "vault-door", at("10:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void platesTagsAndTracksAreFollowedLikewise() {
    world.with(
        world.plate("京A12345", "vault-door", at("09:00:00"), IN, 0.95),
        world.plate("京A12345", "vault-door", at("10:00:00"), IN, 0.95),
        world.plate("京A99999", "vault-door", at("09:00:00"), IN, 0.95),
        world.plate("京A99999", "vault-door", at("10:00:00"), IN, 0.5),
        world.plate("京A99999", "vault-door", at("11:00:00"), IN, 0.95),
        world.tag("t1", "vault-door", at("09:00:00"), OUT),
        world.tag("t1", "vault-door", at("10:00:00"), OUT),
        world.track("k1", "vault-door", at("09:00:00"), IN),
        world.track("k1", "lobby", at("10:00:00"), IN));
    assertThat(alerts())
        .extracting(alert -> alert.subjects().get(0).type())
        .containsExactlyInAnyOrder("plate", "tag", "track");
  }

  @Test
  void aSoftZoneForgivesWhatItsReadersMiss() {
    for (int day = 0; day < 20; day++) {
      world.with(world.card("c1", "garage-gate", at(day, "08:00:00"), IN));
      if (day % 4 != 0) {
        world.with(world.card("c1", "garage-gate", at(day, "08:40:00"), OUT));
      }
      world.with(world.card("c1", "garage-gate", at(day, "18:00:00"), IN));
      world.with(world.card("c1", "garage-gate", at(day, "19:00:00"), OUT));
    }
    assertThat(alerts()).isEmpty();
  }

  /** Scenario S03, easy: twice in within five minutes, every day. */
  @Test
  void aSoftZoneFindsACardThatIsPassedBackDaily() {
    for (int day = 0; day < 7; day++) {
      world.with(
          world.card("c1", "garage-gate", at(day, "08:00:00"), IN),
          world.card("c1", "garage-gate", at(day, "08:05:00"), IN),
          world.card("c1", "garage-gate", at(day, "18:00:00"), OUT));
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("anti-passback.shared");
              assertThat(alert.episode()).isEqualTo("shared|credential|c1");
              assertThat(alert.detectedAt()).isBefore(at(6, "00:00:00"));
              assertThat(alert.score()).isBetween(0.5, 1.0);
            });
  }

  /** Scenario S03, medium: 4 of 200 cards get a second user after ten days; 5 % stay unread. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void sharedCardsAreFoundAmongHonestOnesThatAreNotAlwaysRead(long seed) {
    Random random = new Random(seed);
    for (int card = 0; card < 200; card++) {
      for (int day = 0; day < 24; day++) {
        int users = card < 4 && day >= 10 ? 2 : 1;
        for (int user = 0; user < users; user++) {
          Instant in = at(day, "07:00:00").plusSeconds(random.nextInt(5 * 3600));
          Instant out = in.plusSeconds(600 + random.nextInt(9 * 3600));
          passUnlessMissed(random, card, in, IN);
          passUnlessMissed(random, card, out, OUT);
        }
      }
    }
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(alert.detectedAt()).isBetween(at(10, "00:00:00"), at(20, "00:00:00"));
              assertThat(alert.explanation().code()).isEqualTo("anti-passback.shared");
            })
        .extracting(alert -> alert.subjects().get(0).id())
        .containsExactlyInAnyOrder("c0", "c1", "c2", "c3");
  }

  private void passUnlessMissed(Random random, int card, Instant time, Direction way) {
    if (random.nextDouble() >= 0.05) {
      world.with(world.card("c" + card, "garage-gate", time, way));
    }
  }

  @Test
  void aZoneWithoutExitReadersIsNotJudged() {
    List<Fact> others = new ArrayList<>();
    for (int card = 0; card < 40; card++) {
      for (int day = 0; day < 10; day++) {
        others.add(world.card("c" + card, "garage-gate", at(day, "08:00:00"), IN));
        others.add(world.card("c" + card, "garage-gate", at(day, "17:00:00"), IN));
      }
    }
    world.with(others.toArray(Fact[]::new));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsOfAPlaceHold() {
    world.with(
        world.card("c1", "vault-door", at("09:00:00"), IN),
        world.card("c1", "vault-door", at("09:00:30"), IN),
        world.card("c1", "garage-gate", at("12:00:00"), IN));
    assertThat(alerts()).hasSize(2);
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "passage-trail",
                Scope.PLACE,
                COMMUNITY + "/vault-door",
                Instant.EPOCH,
                Map.of("doubleUse", "PT30S"),
                "test"));
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  @Test
  void communitiesAreKeptApart() {
    world.with(
        known("oak", place("vault-door", List.of(), List.of(VAULT))),
        world.card("c1", "vault-door", at("09:00:00"), IN),
        card(
            world.origin("oak", "vault-door", at("10:00:00")),
            "c1",
            "",
            null,
            IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<String> places = List.of("lobby", "vault-door", "garage-gate", "garage-back");
    for (int i = 0; i < 300; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(5 * 86_400));
      String place = places.get(random.nextInt(places.size()));
      world.with(
          random.nextInt(20) == 0
              ? world.status(
                  place,
                  time,
                  random.nextBoolean() ? DeviceStatus.State.OFFLINE : DeviceStatus.State.ONLINE)
              : world.card("c" + random.nextInt(6), place, time, random.nextBoolean() ? IN : OUT));
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    List<Fact> disordered = GateFixture.disordered(world.history(), seed);
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), disordered)).isEqualTo(expected);
  }

  @Test
  void theExampleIsMinimal() {
    List<Fact> example = gatehouse.model.AntiPassback.entry().example().get();
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), example)).hasSize(1);
    for (Fact fact : example) {
      List<Fact> without = new ArrayList<>(example);
      without.remove(fact);
      assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), without)).isEmpty();
    }
  }

  private List<Alert> alerts() {
    List<Alert> alerts = GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
    assertThat(alerts).allSatisfy(a -> assertThat(a.state()).isEqualTo(AlertState.CLOSED));
    return alerts;
  }

  private List<String> codes() {
    return alerts().stream().map(alert -> alert.explanation().code()).toList();
  }
}
