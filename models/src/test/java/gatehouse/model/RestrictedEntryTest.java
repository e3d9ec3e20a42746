package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.card;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static gatehouse.fixture.GateFixture.sensitive;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Credential;
import gatehouse.registry.ListMembership;
import gatehouse.registry.Vehicle;
import gatehouse.site.DoorSpec;
import gatehouse.site.PassRule;
import gatehouse.site.PassRule.Effect;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictedEntryTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(ListedHolder.entry(), RestrictedEntry.entry());
  private static final Direction IN = Direction.IN;
  private static final Zone STORE = sensitive("store", AntiPassback.NONE, 1);
  private static final Zone PLANT = sensitive("plant", AntiPassback.NONE, 3);

  private final GateFixture world =
      new GateFixture()
          .with(
              ruled("store-door", STORE, allow(Set.of("staff"), Set.of())),
              ruled("plant-door", PLANT, allow(Set.of(), Set.of("engineers"))),
              ruled("free-door", STORE));

  @Test
  void whoTheRuleDoesNotNameIsAnAlert() {
    world.with(used("c1", "resident", "store-door", at("10:00:00"), Outcome.GRANTED));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("restricted-entry.not-allowed");
              assertThat(alert.explanation().values())
                  .containsEntry("who", "staff")
                  .containsEntry("hours", "00:00-24:00")
                  .containsEntry("days", "MON-SUN");
              assertThat(alert.severity()).isEqualTo(Severity.P3);
              assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
            });
  }

  @Test
  void whoTheRuleNamesAndPlacesWithoutRulesAreNot() {
    world.with(
        used("c1", "staff", "store-door", at("10:00:00"), Outcome.GRANTED),
        used("c2", "resident", "free-door", at("10:00:00"), Outcome.GRANTED));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whoIsRefusedOnceOrTwiceIsSparedWhereThatIsSet() {
    world.with(
        used("c1", "resident", "store-door", at("10:00:00"), Outcome.DENIED),
        used("c1", "resident", "store-door", at("10:00:20"), Outcome.DENIED),
        used("c1", "resident", "store-door", at("10:30:00"), Outcome.DENIED));
    SettingsBook patient =
        SettingsBook.of(
            new SettingsChange(
                "restricted-entry",
                Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("attempts", "3"),
                "test"));
    assertThat(GateFixture.alerts(CHAIN, patient, world.history())).isEmpty();
    assertThat(alerts()).isNotEmpty();
  }

  @Test
  void whoErrsInTheDoorOnceIsNotToldUnlessARuleForbidsIt() {
    PassRule banned =
        new PassRule(
            Effect.DENY, Set.of(), Set.of("c9"), Set.of(), Set.of(), null, null, Direction.UNKNOWN);
    world.with(
        ruled("yard-gate", STORE, banned),
        used("c1", "resident", "store-door", at("10:00:00"), Outcome.DENIED),
        used("c1", "resident", "store-door", at("10:30:00"), Outcome.DENIED));
    assertThat(alerts()).isEmpty();
    world.with(used("c9", "staff", "yard-gate", at("11:00:00"), Outcome.DENIED));
    assertThat(alerts())
        .singleElement()
        .extracting(alert -> alert.explanation().code())
        .isEqualTo("restricted-entry.attempt-forbidden");
  }

  @Test
  void aSecondAttemptIsToldWithTheFirst() {
    world.with(
        used("c1", "resident", "store-door", at("10:00:00"), Outcome.DENIED),
        used("c1", "resident", "store-door", at("10:05:00"), Outcome.DENIED));
    Alert alert = alerts().get(0);
    assertThat(alert.firstEventTime()).isEqualTo(at("10:00:00"));
    assertThat(alert.detectedAt()).isEqualTo(at("10:05:00"));
    assertThat(alert.evidence()).hasSize(2);
  }

  @Test
  void severalAttemptsAreLessUrgentThanAPassage() {
    refused("c1", "store-door");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.P4);
              assertThat(alert.explanation().code())
                  .isEqualTo("restricted-entry.attempt-not-allowed");
            });
  }

  @Test
  void onlyACriticalZoneThatWasEnteredGoesToThePolice() {
    world.with(used("c1", "resident", "plant-door", at("10:00:00"), Outcome.GRANTED));
    refused("c2", "plant-door");
    assertThat(alerts())
        .hasSize(2)
        .allSatisfy(
            alert ->
                assertThat(alert.audiences().contains(Audience.POLICE))
                    .isEqualTo(alert.severity() == Severity.P2));
  }

  @Test
  void aListGivesTheRightForItsTimeOnly() {
    world.with(
        new ListMembership(world.entry(at("08:00:00"), at("12:00:00")), "engineers", "c1"),
        used("c1", "", "plant-door", at("11:59:59"), Outcome.GRANTED));
    assertThat(alerts()).isEmpty();
    world.with(used("c1", "", "plant-door", at("12:00:00"), Outcome.GRANTED));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void theHoldersListCountsForTheCredential() {
    world.with(
        new ListMembership(world.entry(at("08:00:00"), null), "engineers", "person-7"),
        card(
            world.origin(COMMUNITY, "plant-door", at("10:00:00")),
            "c1",
            "",
            "person-7",
            IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false),
        new Credential(
            world.entry(at("08:00:00"), null),
            "c2",
            CredentialType.CARD,
            "person-7",
            null,
            List.of(),
            Credential.Status.ACTIVE,
            null),
        used("c2", "", "plant-door", at("10:30:00"), Outcome.GRANTED));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPermissionThatIsRecordedLaterTakesTheAlertBack() {
    world.with(
        used("c1", "", "plant-door", at("10:00:00"), Outcome.GRANTED),
        new ListMembership(
            world.recorded(at("15:00:00"), at("08:00:00"), null), "engineers", "c1"));
    assertThat(states()).containsExactly(AlertState.RETRACTED);
  }

  @Test
  void aPermissionForAnotherTimeDoesNot() {
    world.with(
        used("c1", "", "plant-door", at("10:00:00"), Outcome.GRANTED),
        new ListMembership(
            world.recorded(at("15:00:00"), at("11:00:00"), null), "engineers", "c1"));
    assertThat(states()).containsExactly(AlertState.CLOSED);
  }

  @Test
  void aPermissionThatTurnsOutToHaveEndedIsAnAlertAfterwards() {
    world.with(
        new ListMembership(world.entry(at("08:00:00"), null), "engineers", "c1"),
        used("c1", "", "plant-door", at("10:00:00"), Outcome.GRANTED),
        new ListMembership(
            world.recorded(at("15:00:00"), at("08:00:00"), at("09:00:00")), "engineers", "c1"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.firstEventTime()).isEqualTo(at("10:00:00"));
              assertThat(alert.detectedAt()).isEqualTo(at("15:00:00"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "21:59:59, false",
    "22:00:00, true",
    "23:59:59, true",
    "05:59:59, true",
    "06:00:00, false"
  })
  void hoursOverMidnightAreLocalHours(String time, boolean forbidden) {
    PassRule night =
        new PassRule(
            Effect.DENY,
            Set.of("truck"),
            Set.of(),
            Set.of(),
            Set.of(),
            LocalTime.of(22, 0),
            LocalTime.of(6, 0),
            Direction.UNKNOWN);
    world.with(
        ruled("yard-gate", STORE, night),
        GateFixture.plate(
            world.origin(COMMUNITY, "yard-gate", at(time)), "京A12345", IN, 0.95, "white", "truck"));
    assertThat(alerts()).hasSize(forbidden ? 1 : 0);
  }

  @Test
  void thePlacesTimeZoneCounts() {
    PassRule office =
        new PassRule(
            Effect.ALLOW,
            Set.of("staff"),
            Set.of(),
            Set.of(),
            Set.of(DayOfWeek.TUESDAY),
            LocalTime.of(8, 0),
            LocalTime.of(18, 0),
            Direction.UNKNOWN);
    Place shanghai =
        new Place(
            "office",
            Place.Kind.DOOR,
            "",
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(STORE),
            null,
            DoorSpec.NONE,
            List.of(office),
            Map.of());
    world.with(
        known(shanghai),
        used("c1", "staff", "office", at("00:00:00"), Outcome.GRANTED),
        used("c2", "staff", "office", at("10:00:00"), Outcome.GRANTED));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.subjects().get(0).id()).isEqualTo("c2");
              assertThat(alert.explanation().code()).isEqualTo("restricted-entry.outside-hours");
              assertThat(alert.explanation().values())
                  .containsEntry("hours", "08:00-18:00")
                  .containsEntry("time", "2026-03-10 18:00");
            });
  }

  @Test
  void aRuleForTheWayInDoesNotForbidLeaving() {
    PassRule inOnly =
        new PassRule(Effect.ALLOW, Set.of("staff"), Set.of(), Set.of(), Set.of(), null, null, IN);
    world.with(
        ruled("shed", STORE, inOnly), world.card("c1", "shed", at("10:00:00"), Direction.OUT));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void denialBeatsPermission() {
    world.with(
        ruled(
            "mixed",
            STORE,
            allow(Set.of("staff"), Set.of()),
            new PassRule(
                Effect.DENY,
                Set.of(),
                Set.of("c1"),
                Set.of(),
                Set.of(),
                null,
                null,
                Direction.UNKNOWN)),
        used("c1", "staff", "mixed", at("10:00:00"), Outcome.UNKNOWN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("restricted-entry.forbidden");
              assertThat(alert.explanation().values()).containsEntry("who", "#1");
            });
  }

  @Test
  void theRegisteredClassOfAVehicleCounts() {
    world.with(
        vehicle("京A12345", "staff"),
        world.plate("京A12345", "store-door", at("10:00:00"), IN, 0.95),
        world.plate("京B00001", "store-door", at("10:00:00"), IN, 0.95),
        world.plate("京B00002", "store-door", at("10:00:00"), IN, 0.6));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.subjects().get(0).id()).isEqualTo("京B00001"));
  }

  @Test
  void tagsTracksAndPersonsAreSubjectsToo() {
    world.with(
        world.tag("t1", "store-door", at("10:00:00"), IN),
        classed(world.track("k1", "store-door", at("10:00:00"), IN), "truck"),
        face("person-1"),
        face(null));
    assertThat(alerts())
        .extracting(alert -> alert.subjects().get(0).type())
        .containsExactlyInAnyOrder("tag", "track", "person");
  }

  /** Nobody can put it on a list; whether it follows somebody is for tailgating to say. */
  @Test
  void anAnonymousTrackBesideAReaderIsNotJudged() {
    world.with(world.track("k1", "store-door", at("10:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  private static TrackSighting classed(TrackSighting track, String subjectType) {
    return new TrackSighting(
        track.origin(),
        track.track(),
        track.kind(),
        null,
        null,
        track.count(),
        track.confidence(),
        track.direction(),
        subjectType);
  }

  @Test
  void oneVisitIsOneAlert() {
    world.with(
        used("c1", "resident", "store-door", at("10:00:00"), Outcome.GRANTED),
        used("c1", "resident", "store-door", at("12:00:00"), Outcome.GRANTED),
        used("c1", "resident", "store-door", at(1, "10:00:00"), Outcome.GRANTED));
    assertThat(alerts()).extracting(Alert::occurrences).containsExactly(2, 1);
  }

  @Test
  void settingsOfACommunityHold() {
    world.with(world.plate("京B00002", "store-door", at("10:00:00"), IN, 0.6));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "restricted-entry",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("minConfidence", "0.5"),
                "test"));
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(3 * 86_400));
      String subject = "c" + random.nextInt(5);
      Instant from = time.minusSeconds(random.nextInt(86_400));
      world.with(
          random.nextInt(4) == 0
              ? new ListMembership(
                  world.recorded(time, from, from.plusSeconds(random.nextInt(2 * 86_400))),
                  "engineers",
                  subject)
              : used(
                  subject,
                  "",
                  random.nextBoolean() ? "plant-door" : "store-door",
                  time,
                  random.nextBoolean() ? Outcome.GRANTED : Outcome.DENIED));
    }
    List<Alert> expected = alerts();
    assertThat(expected).extracting(Alert::state).contains(AlertState.RETRACTED, AlertState.CLOSED);
    List<Fact> disordered = GateFixture.disordered(world.history(), seed);
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), disordered)).isEqualTo(expected);
  }

  @Test
  void theExampleIsMinimal() {
    List<Fact> example = RestrictedEntry.entry().example().get();
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), example)).hasSize(1);
    for (Fact fact : example) {
      List<Fact> without = new ArrayList<>(example);
      without.remove(fact);
      assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), without)).isEmpty();
    }
  }

  private static PlaceEntry ruled(String id, Zone into, PassRule... rules) {
    return known(place(id, List.of(), List.of(into), DoorSpec.NONE, List.of(rules), null));
  }

  private static PassRule allow(Set<String> types, Set<String> lists) {
    return new PassRule(
        Effect.ALLOW, types, Set.of(), lists, Set.of(), null, null, Direction.UNKNOWN);
  }

  private void refused(String credential, String place) {
    world.with(
        used(credential, "resident", place, at("10:00:00"), Outcome.DENIED),
        used(credential, "resident", place, at("10:00:20"), Outcome.DENIED),
        used(credential, "resident", place, at("10:00:40"), Outcome.DENIED));
  }

  private Fact used(String credential, String type, String place, Instant time, Outcome outcome) {
    return card(
        world.origin(COMMUNITY, place, time),
        credential,
        type,
        null,
        IN,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.OTHER : DenialReason.NONE,
        false);
  }

  private Vehicle vehicle(String plate, String type) {
    return new Vehicle(
        world.entry(at("00:00:00"), null), plate, null, null, "", "", "", type, false);
  }

  private FaceCapture face(@Nullable String person) {
    return new FaceCapture(
        world.origin(COMMUNITY, "store-door", at("10:00:00")),
        person,
        "stranger",
        0.95,
        0.95,
        true,
        IN,
        null);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<AlertState> states() {
    return alerts().stream().map(Alert::state).toList();
  }
}
