package gatehouse.model;

import static gatehouse.fixture.DoorFixture.AT_NIGHT;
import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static gatehouse.fixture.DoorFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fixture.DoorFixture;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedBurstTest {

  private final DoorFixture site =
      new DoorFixture(
          door("d1"),
          door("d2"),
          door("d3"),
          door("d4"),
          place("gate", Place.Kind.VEHICLE_GATE, DoorSpec.STANDARD),
          place("lobby", Place.Kind.CAMERA, DoorSpec.NONE));

  private List<Alert> alerts() {
    return site.alerts(DeniedBurst.entry());
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private static String code(Alert alert) {
    return alert.explanation().code();
  }

  private void denials(double from, int count, double every, String credential) {
    for (int i = 0; i < count; i++) {
      site.denied(from + i * every, credential);
    }
  }

  // One door, fast.

  @ParameterizedTest
  @CsvSource({"5, 45, 1", "5, 45.001, 0", "4, 10, 0"})
  void fiveDenialsOfOneCredentialInThreeMinutesAreABurst(int count, double every, int expected) {
    denials(0, count, every, "card-1");
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void saysWhoWhereHowOftenAndHowUnusual() {
    denials(0, 5, 12, "card-1");
    Alert alert = theAlert();
    assertThat(code(alert)).isEqualTo("denied-burst.one-credential");
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("credential", "card-1", "refused"), new Subject("door", "d1", "door"));
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.detectedAt()).isEqualTo(at(48));
    assertThat(alert.closedAt()).isEqualTo(at(48 + 300));
    assertThat(alert.evidence())
        .hasSize(5)
        .extracting(Evidence::role)
        .containsOnly("denied-burst.denied-unknown-credential");
    assertThat(alert.explanation().values())
        .containsEntry("count", "5")
        .containsEntry("minutes", "3")
        .containsEntry("usual", "1.0");
    assertThat(Double.parseDouble(alert.explanation().values().get("surprise"))).isGreaterThan(3);
    assertThat(alert.score()).isBetween(0.4, 0.7);
    assertThat(alert.coverage()).isEqualTo(Coverage.NOT_NEEDED);
  }

  @Test
  void moreDenialsAreTheSameAlert() {
    denials(0, 12, 10, "card-1");
    assertThat(theAlert().evidence()).hasSize(12);
    denials(2000, 5, 10, "card-1");
    assertThat(alerts()).hasSize(1);
    denials(20_000, 5, 10, "card-1");
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void severalPeopleAtOneDoorAreABurstOfTheDoor() {
    denials(0, 3, 10, "card-1");
    site.granted(35, "card-9");
    denials(40, 2, 10, "card-2");
    assertThat(code(theAlert())).isEqualTo("denied-burst.at-one-door");
    assertThat(theAlert().subjects())
        .extracting(Subject::id)
        .containsExactly("card-1", "card-2", "d1");
  }

  @Test
  void unrecognisedCredentialsCountAtTheDoor() {
    for (int i = 0; i < 5; i++) {
      site.denied(i * 20, "", CredentialType.PIN, DenialReason.WRONG_PIN);
    }
    assertThat(code(theAlert())).isEqualTo("denied-burst.at-one-door");
    assertThat(theAlert().subjects()).containsExactly(new Subject("door", "d1", "door"));
  }

  @Test
  void threeCredentialsRefusedAndNobodyLetInIsSuspicious() {
    site.denied(0, "card-1").denied(150, "card-2").denied(300, "card-3");
    assertThat(code(theAlert())).isEqualTo("denied-burst.many-credentials");
    assertThat(theAlert().coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(theAlert().explanation().values()).containsEntry("credentials", "3");
  }

  @Test
  void notIfSomebodyWasLetInOrTheyAreFartherApartOrTheDoorWasBlind() {
    site.denied(0, "card-1").granted(100, "card-9").denied(150, "card-2").denied(300, "card-3");
    site.place("d2").denied(0, "card-1").denied(150, "card-2").denied(300.001, "card-3");
    site.place("d3").denied(0, "card-4").denied(150, "card-5");
    site.device("reader-2").status(200, State.OFFLINE).place("d3").denied(300, "card-6");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCardHeldToTheReaderIsOneAttempt() {
    denials(0, 20, 0.5, "card-1");
    assertThat(alerts()).isEmpty();
  }

  // A grant at last.

  @ParameterizedTest
  @CsvSource({"4, 60, 1", "4, 60.001, 0", "3, 10, 0"})
  void aGrantAfterFourDenialsIsSuspicious(int count, double after, int expected) {
    denials(0, count, 10, "card-1");
    site.granted((count - 1) * 10 + after, "card-1");
    assertThat(alerts()).hasSize(expected);
    if (expected == 1) {
      assertThat(code(theAlert())).isEqualTo("denied-burst.then-granted");
      assertThat(theAlert().evidence().get(4).role()).isEqualTo("denied-burst.granted");
    }
  }

  @Test
  void aNeighbourWhoComesHomeMeanwhileIsNoGrantAtLast() {
    denials(0, 4, 10, "card-1");
    site.granted(40, "card-9");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aGuessedPinIsAGrantAtLast() {
    for (int i = 0; i < 4; i++) {
      site.denied(i * 20, "", CredentialType.PIN, DenialReason.WRONG_PIN);
    }
    site.access(
        80, "pin-7", CredentialType.PIN, Direction.IN, Outcome.GRANTED, DenialReason.NONE, false);
    assertThat(code(theAlert())).isEqualTo("denied-burst.then-granted");
  }

  @Test
  void theLastOfAStackOfCardsIsAGrantAtLast() {
    site.granted(-200, "card-8");
    site.denied(0, "card-1").denied(20, "card-2").denied(40, "card-3").denied(60, "card-3");
    site.granted(70, "card-4");
    assertThat(code(theAlert())).isEqualTo("denied-burst.then-granted");
  }

  // Across doors.

  @ParameterizedTest
  @ValueSource(doubles = {-70, 70})
  void twoDoorsWhoseClocksDifferAreComparedByWhenTheirEventsWereReceived(double ahead) {
    for (int i = 0; i < 5; i++) {
      site.place(i % 2 == 0 ? "d1" : "d2").clockAhead(i % 2 == 0 ? 0 : ahead);
      site.denied(38 * i, "card-1");
    }
    assertThat(code(theAlert())).isEqualTo("denied-burst.across-doors");
  }

  @Test
  void whatADeviceKeptIsComparedByItsOwnClock() {
    for (int i = 0; i < 5; i++) {
      site.place(i % 2 == 0 ? "d1" : "d2").clockAhead(-400 * i).buffered(true);
      site.denied(9000, "card-1");
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"300, 1", "300.001, 0"})
  void threeDoorsInTenMinutesAreUrgent(double every, int expected) {
    site.denied(0, "card-1").place("d2").denied(every, "card-1");
    site.place("d3").denied(2 * every, "card-1");
    assertThat(alerts()).hasSize(expected);
    if (expected == 1) {
      assertThat(theAlert().severity()).isEqualTo(Severity.P2);
      assertThat(theAlert().audiences()).containsExactly(Audience.PROPERTY);
      assertThat(code(theAlert())).isEqualTo("denied-burst.many-doors");
      assertThat(theAlert().place()).isEqualTo("d3");
      assertThat(theAlert().subjects())
          .extracting(Subject::id)
          .containsExactly("card-1", "d1", "d2", "d3");
    }
  }

  @Test
  void fiveDenialsAtTwoDoorsAreOneBurst() {
    denials(0, 3, 20, "card-1");
    site.place("d2");
    denials(80, 2, 20, "card-1");
    assertThat(code(theAlert())).isEqualTo("denied-burst.across-doors");
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
  }

  @Test
  void onePersonWithSeveralCredentialsIsSeenAcrossDoors() {
    site.holder("resident", "person-1", "unit-1");
    site.denied(0, "card-1").place("d2").denied(60, "phone-1").place("d3").denied(120, "card-1");
    assertThat(theAlert().episode()).isEqualTo("person/person-1");
    assertThat(theAlert().subjects())
        .extracting(Subject::id)
        .containsExactly("card-1", "phone-1", "d1", "d2", "d3");
  }

  @Test
  void whatOneCredentialShowsIsNotToldAgainOfItsHolder() {
    site.holder("resident", "person-1", "unit-1");
    site.denied(0, "card-1").place("d2").denied(60, "card-1").place("d3").denied(120, "card-1");
    assertThat(theAlert().episode()).isEqualTo("subject/card-1");
  }

  // Slow probing.

  @ParameterizedTest
  @CsvSource({"12, 7200, 1", "11, 7200, 0", "12, 7900, 0"})
  void twelveDenialsADayAreSlowProbing(int count, double every, int expected) {
    denials(0, count, every, "card-1");
    assertThat(alerts()).hasSize(expected);
    assertThat(alerts()).allMatch(alert -> code(alert).equals("denied-burst.slow-probing"));
  }

  @Test
  void slowProbingIsToldOnceADay() {
    denials(0, 20, 5000, "card-1");
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aCardThatIsRefusedEveryDayBecomesUsual() {
    for (int day = 0; day < 40; day++) {
      denials(day * DAY, 10, 2000, "card-1");
    }
    denials(40 * DAY, 13, 2000, "card-1");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void slowProbingByUnknownCredentialsIsSeenAtTheDoor() {
    for (int day = -10; day < 0; day++) {
      site.granted(day * DAY, "card-9");
    }
    for (int i = 0; i < 12; i++) {
      site.denied(i * 7200, "", CredentialType.PIN, DenialReason.WRONG_PIN);
    }
    assertThat(theAlert().episode()).isEqualTo("slow-door/d1");
  }

  @Test
  void aBurstIsNotToldAgainAsSlowProbing() {
    denials(0, 14, 10, "card-1");
    assertThat(theAlert().episode()).isEqualTo("door/d1/card-1");
  }

  // Vehicles and faces.

  @Test
  void refusedVehiclesCountButAVehicleThatWaitsIsOneAttempt() {
    site.place("gate");
    for (int i = 0; i < 30; i++) {
      site.plate(i * 5, "A12345", Outcome.DENIED);
    }
    assertThat(alerts()).isEmpty();
    for (int i = 0; i < 5; i++) {
      site.plate(1000 + i * 40, "B12345", Outcome.DENIED);
    }
    assertThat(theAlert().subjects())
        .containsExactly(
            new Subject("plate", "B12345", "refused"), new Subject("door", "gate", "door"));
    assertThat(theAlert().evidence().get(0).role()).isEqualTo("denied-burst.plate-refused");
  }

  @Test
  void platesOfWhichNothingWasDecidedAreNotAttempts() {
    site.place("gate");
    for (int i = 0; i < 5; i++) {
      site.plate(i * 40, "B12345", Outcome.UNKNOWN);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anUnmatchedFaceThatComesAgainAndAgainIsABurst() {
    for (int i = 0; i < 5; i++) {
      site.stranger(i * 40, "s1");
    }
    assertThat(theAlert().detectedAt()).isEqualTo(at(165));
    assertThat(theAlert().evidence())
        .extracting(Evidence::role)
        .containsOnly("denied-burst.face-unmatched");
    assertThat(theAlert().subjects()).containsExactly(new Subject("door", "d1", "door"));
  }

  @Test
  void aFaceThatStaysOrIsBlurredOrPassesALobbyIsNone() {
    for (int i = 0; i < 20; i++) {
      site.place("d1").stranger(i * 20, "s1");
      site.place("d2").stranger(i * 40, "s" + i, 0.5);
      site.place("lobby").stranger(i * 40, "s" + i);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void visitorsWhoAreLetInAreNoUnmatchedFaces() {
    for (int i = 0; i < 10; i++) {
      site.stranger(i * 60, "s" + i).granted(i * 60 + 4, "qr-" + i).stranger(i * 60 + 8, "t" + i);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aFaceThatIsAlsoRefusedIsOneAttempt() {
    for (int i = 0; i < 4; i++) {
      site.stranger(i * 40, "s1");
      site.denied(i * 40 + 1, "", CredentialType.FACE, DenialReason.UNKNOWN_CREDENTIAL);
    }
    assertThat(alerts()).isEmpty();
  }

  // Urgency, and who is told.

  @Test
  void atNightItIsUrgentButThePropertyDecidesAboutThePolice() {
    denials(AT_NIGHT, 5, 10, "card-1");
    assertThat(theAlert().severity()).isEqualTo(Severity.P2);
    assertThat(theAlert().audiences()).containsExactly(Audience.PROPERTY);
  }

  @Test
  void theResidentOfTheUnitIsTold() {
    site.holder("resident", "person-1", "unit-1");
    denials(0, 5, 10, "card-1");
    assertThat(theAlert().audiences())
        .containsExactlyInAnyOrder(Audience.PROPERTY, Audience.RESIDENT);
  }

  @Test
  void outOfHoursOrPoorQualityOfSomebodyKnownIsAStepLower() {
    for (int i = 0; i < 5; i++) {
      site.denied(i * 10, "card-1", CredentialType.CARD, DenialReason.SCHEDULE);
    }
    site.place("d2").holder("resident", "person-1", "unit-1");
    for (int i = 0; i < 5; i++) {
      site.denied(AT_NIGHT + i * 10, "f-1", CredentialType.FACE, DenialReason.LOW_QUALITY);
    }
    site.place("d3").holder("", null, null);
    for (int i = 0; i < 5; i++) {
      site.denied(2 * DAY + i * 10, "f-2", CredentialType.FACE, DenialReason.LOW_QUALITY);
    }
    assertThat(alerts())
        .extracting(Alert::severity)
        .containsExactly(Severity.P4, Severity.P3, Severity.P3);
  }

  @Test
  void oneOtherReasonAndItIsNotLower() {
    for (int i = 0; i < 4; i++) {
      site.denied(i * 10, "card-1", CredentialType.CARD, DenialReason.SCHEDULE);
    }
    site.denied(40, "card-1");
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
  }

  @Test
  void aCourierTryingDoorsIsAStepLower() {
    site.holder("courier", null, null);
    site.denied(0, "card-1").place("d2").denied(60, "card-1").place("d3").denied(120, "card-1");
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
    assertThat(theAlert().audiences()).containsExactly(Audience.PROPERTY);
  }

  // Explained otherwise.

  @ParameterizedTest
  @EnumSource(
      value = DenialReason.class,
      names = {"EXPIRED", "LOCKDOWN"})
  void expiredCredentialsAndLockdownsAreNotItsAffair(DenialReason reason) {
    for (int i = 0; i < 12; i++) {
      site.denied(i * 10, "card-" + i % 4, CredentialType.CARD, reason);
    }
    assertThat(alerts()).isEmpty();
  }

  private void worksFor(String... credentials) {
    for (int i = 0; i < credentials.length; i++) {
      site.granted(-DAY + i * 600, credentials[i]);
    }
  }

  @Test
  void aFailingReaderIsOneReportToOperationsAndTakesBackWhatItExplains() {
    worksFor("card-1", "card-2", "card-3", "card-4", "card-5", "card-6");
    for (int i = 1; i <= 6; i++) {
      site.denied(i * 40, "card-" + i);
    }
    List<Alert> alerts = alerts();
    assertThat(alerts).extracting(Alert::episode).containsExactlyInAnyOrder("door/d1", "reader/d1");
    Alert burst = alerts.stream().filter(a -> a.episode().equals("door/d1")).findFirst().get();
    Alert fault = alerts.stream().filter(a -> a.episode().equals("reader/d1")).findFirst().get();
    assertThat(burst.state()).isEqualTo(AlertState.RETRACTED);
    assertThat(Objects.requireNonNull(burst.closing()).code())
        .isEqualTo("denied-burst.reader-fault");
    assertThat(fault.severity()).isEqualTo(Severity.P4);
    assertThat(fault.audiences()).containsExactlyInAnyOrder(Audience.OPERATIONS, Audience.PROPERTY);
    assertThat(fault.subjects().get(0)).isEqualTo(new Subject("device", "d1-terminal", "reader"));
    assertThat(fault.explanation().values()).containsEntry("credentials", "6");
  }

  @Test
  void aStackOfForeignCardsIsNoFailingReader() {
    worksFor("card-1", "card-2", "card-3", "card-4", "card-5", "card-6");
    for (int i = 1; i <= 6; i++) {
      site.denied(i * 40, "foreign-" + i);
    }
    assertThat(theAlert().episode()).isEqualTo("door/d1");
    assertThat(theAlert().state()).isEqualTo(AlertState.CLOSED);
  }

  @Test
  void aReaderThatLetsMostPeopleInDoesNotFail() {
    worksFor("card-1", "card-2", "card-3", "card-4", "card-5", "card-6");
    site.granted(1, "card-4").granted(2, "card-5").granted(3, "card-6");
    for (int i = 0; i < 6; i++) {
      site.denied(10 + i * 10, "card-" + (i % 3 + 1));
    }
    assertThat(alerts()).extracting(Alert::episode).doesNotContain("reader/d1").isNotEmpty();
  }

  /** A month at a door with a bad reader: who comes is refused up to three times; then a thief. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aBadReaderNeedsMoreThanTheFixedRule(long seed) {
    Random random = new Random(seed);
    List<Double> denials = new ArrayList<>();
    for (int visit = 0; visit < 30 * 150; visit++) {
      double time = random.nextDouble() * 30 * DAY;
      String card = "card-" + random.nextInt(400);
      int refused = 1 + random.nextInt(3);
      for (int i = 0; i < refused; i++) {
        denials.add(time + i * 7);
        site.denied(time + i * 7, card);
      }
      site.granted(time + refused * 7, card);
    }
    denials(31 * DAY, 12, 10, "thief");

    List<Alert> alerts = alerts();
    long ordinary =
        alerts.stream()
            .filter(alert -> alert.firstEventTime().isAfter(at(10 * DAY)))
            .filter(alert -> !alert.episode().endsWith("thief"))
            .count();
    assertThat(alerts).extracting(Alert::episode).contains("door/d1/thief");
    assertThat(ordinary).isLessThan(fiveInThreeMinutes(denials) / 20);
  }

  @Test
  void aDoorThatOftenRefusesNeedsMoreDenials() {
    for (int i = 0; i < 20 * 300; i++) {
      site.denied(i * 288, "", CredentialType.OTHER, DenialReason.OTHER);
    }
    double later = 20 * DAY + 3600;
    for (int i = 0; i < 5; i++) {
      site.denied(later + i * 20, "", CredentialType.OTHER, DenialReason.OTHER);
    }
    assertThat(alerts()).filteredOn(alert -> alert.firstEventTime().isAfter(at(DAY))).isEmpty();
    for (int i = 0; i < 10; i++) {
      site.denied(later + 3600 + i * 15, "", CredentialType.OTHER, DenialReason.OTHER);
    }
    assertThat(alerts()).filteredOn(alert -> alert.firstEventTime().isAfter(at(DAY))).hasSize(1);
  }

  /** How often the fixed rule fires after the tenth day, at most once in five minutes. */
  private static int fiveInThreeMinutes(List<Double> denials) {
    denials.sort(null);
    int fired = 0;
    double last = 10 * DAY;
    for (int i = 4; i < denials.size(); i++) {
      double now = denials.get(i);
      if (now - denials.get(i - 4) <= 180 && now > last + 300) {
        fired++;
        last = now;
      }
    }
    return fired;
  }

  @Test
  void settingsCanBeChangedForOneDoor() {
    denials(0, 4, 10, "card-1");
    site.place("d2");
    denials(0, 4, 10, "card-2");
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "denied-burst",
                SettingsChange.Scope.PLACE,
                COMMUNITY + "/d2",
                Instant.EPOCH,
                Map.of("count", "4"),
                "test"));
    assertThat(site.run(DeniedBurst.entry(), book).alerts())
        .extracting(Alert::place)
        .containsExactly("d2");
  }
}
