package gatehouse.model;

import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.registry.Lockdown;
import gatehouse.registry.PhoneBinding;
import gatehouse.registry.RemoteOpenRequest;
import gatehouse.registry.RemoteOpenRequest.Answer;
import gatehouse.site.Place;
import java.time.Instant;
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

class RemoteOpenAbuseTest {

  private final DoorFixture site = new DoorFixture(door("d1"), door("d2"));
  private int commands;

  private List<Alert> alerts() {
    return site.alerts(RemoteOpenAbuse.entry());
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  private void asks(double time, String account, String phone, Answer answer) {
    String command = "command-" + ++commands;
    site.add(
        new RemoteOpenRequest(
            site.entry(time, time, time + 10), command, account, phone, "d1", answer));
  }

  private void bound(double recorded, double from, @Nullable Double to, String phone) {
    site.add(new PhoneBinding(site.entry(recorded, from, to), phone, "a1"));
  }

  private void lockdown(double recorded, double from, @Nullable Double to, String place) {
    site.add(new Lockdown(site.entry(recorded, from, to), "l-" + place, place));
  }

  private void opens(double time, String place, @Nullable String command, ClockQuality clock) {
    site.add(
        new AccessEvent(
            new Origin(
                "open-" + time,
                COMMUNITY,
                place + "-terminal",
                Place.of(place),
                at(time),
                at(time),
                "b1",
                Math.round(time),
                false,
                clock),
            "",
            CredentialType.REMOTE,
            "",
            null,
            null,
            Direction.UNKNOWN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            command));
  }

  // Too often

  @ParameterizedTest
  @CsvSource({"6, 10, 0", "7, 10, 1", "7, 49, 1", "7, 51, 0", "12, 61, 0"})
  void moreThanSixWithinFiveMinutes(int times, double apart, int expected) {
    for (int i = 0; i < times; i++) {
      asks(i * apart, "a1", "p1", i < 6 ? Answer.AUTHORISED : Answer.RATE_LIMIT);
    }
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void saysWhoAskedAndHowOften() {
    for (int i = 0; i < 7; i++) {
      asks(i * 10, "a1", "p1", Answer.AUTHORISED);
    }
    Alert alert = theAlert();
    assertThat(alert.explanation().code()).isEqualTo("remote-open-abuse.often");
    assertThat(alert.explanation().values()).containsEntry("count", "7");
    assertThat(alert.subjects())
        .containsExactly(new Subject("account", "a1", "user"), new Subject("door", "d1", "door"));
    assertThat(alert.audiences()).containsExactlyInAnyOrder(Audience.RESIDENT, Audience.PROPERTY);
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.evidence()).hasSize(7);
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.detectedAt()).isEqualTo(at(60));
  }

  @ParameterizedTest
  @CsvSource({"20, 3600, 0", "21, 3600, 1", "30, 4400, 0"})
  void moreThanTwentyWithinADay(int times, double apart, int expected) {
    for (int i = 0; i < times; i++) {
      asks(i * apart, "a1", "p1", Answer.AUTHORISED);
    }
    assertThat(alerts()).hasSize(expected);
    assertThat(alerts())
        .allMatch(alert -> alert.explanation().code().equals("remote-open-abuse.all-day"));
  }

  @Test
  void whatIsOpenedOnDutyDoesNotCount() {
    for (int i = 0; i < 30; i++) {
      site.add(
          new RemoteOpenRequest(
              site.entry(i, i, i + 10.0),
              "command-" + i,
              "guard",
              "",
              "d1",
              Answer.AUTHORISED,
              RemoteOpenRequest.Capacity.ADMIN));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void everyAccountForItself() {
    for (int i = 0; i < 12; i++) {
      asks(i * 10, "a" + i % 2, "p" + i % 2, Answer.AUTHORISED);
    }
    assertThat(alerts()).isEmpty();
  }

  // Phones

  @ParameterizedTest
  @CsvSource({"-23, 1", "-25, 0"})
  void aPhoneThatIsNew(double hours, int expected) {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    bound(hours * 3600, hours * 3600, null, "p2");
    asks(0, "a1", "p2", Answer.AUTHORISED);
    assertThat(alerts()).hasSize(expected);
    assertThat(alerts())
        .allMatch(alert -> alert.explanation().code().equals("remote-open-abuse.new-phone"));
  }

  @Test
  void aPhoneThatTakesThePlaceOfAnotherIsLessSurelyAStrangers() {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    bound(-3600, -3600, null, "p2");
    asks(0, "a1", "p2", Answer.AUTHORISED);
    double beside = theAlert().score();
    bound(-3600, -90 * DAY, -3600.0, "p1");
    assertThat(theAlert().score()).isLessThan(beside);
  }

  @Test
  void anAccountsFirstPhoneIsNoNews() {
    bound(-3600, -3600, null, "p1");
    asks(0, "a1", "p1", Answer.AUTHORISED);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPhoneIsToldOnce() {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    bound(-3600, -3600, null, "p2");
    asks(0, "a1", "p2", Answer.AUTHORISED);
    asks(3000, "a1", "p2", Answer.AUTHORISED);
    assertThat(theAlert().occurrences()).isEqualTo(1);
  }

  @Test
  void aRefusedRequestOpensNothing() {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    bound(-3600, -3600, null, "p2");
    asks(0, "a1", "p2", Answer.NO_RIGHT);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPhoneThatIsNotBound() {
    asks(-100, "a1", "p9", Answer.AUTHORISED);
    assertThat(alerts()).isEmpty();
    bound(-90 * DAY, -90 * DAY, null, "p1");
    assertThat(theAlert().explanation().code()).isEqualTo("remote-open-abuse.phone-not-bound");
  }

  @Test
  void aPhoneWhoseBindingHasEnded() {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    site.add(new PhoneBinding(site.entry(-DAY, -90 * DAY, -DAY), "p1", "a1"));
    asks(0, "a1", "p1", Answer.AUTHORISED);
    assertThat(theAlert().explanation().code()).isEqualTo("remote-open-abuse.phone-not-bound");
  }

  @Test
  void aBindingRecordedAfterwardsTakesItBack() {
    bound(-90 * DAY, -90 * DAY, null, "p1");
    asks(0, "a1", "p2", Answer.AUTHORISED);
    assertThat(theAlert().state()).isNotEqualTo(AlertState.RETRACTED);
    bound(DAY, -30 * DAY, null, "p2");
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("remote-open-abuse.was-bound");
  }

  @ParameterizedTest
  @CsvSource({"599, 1", "601, 0"})
  void twoPhonesAtOnce(double apart, int expected) {
    asks(0, "a1", "p1", Answer.AUTHORISED);
    asks(apart, "a1", "p2", Answer.AUTHORISED);
    assertThat(alerts()).hasSize(expected).allMatch(alert -> alert.severity() == Severity.P4);
    assertThat(alerts())
        .flatExtracting(Alert::evidence)
        .extracting(Evidence::role)
        .hasSize(2 * expected);
  }

  @Test
  void onePhoneOfEachOfTwoAccountsIsNone() {
    asks(0, "a1", "p1", Answer.AUTHORISED);
    asks(60, "a2", "p2", Answer.AUTHORISED);
    asks(70, "a2", "", Answer.AUTHORISED);
    assertThat(alerts()).isEmpty();
  }

  // Lockdown

  @ParameterizedTest
  @CsvSource({"'', d1, 1", "'', d2, 1", "d1, d1, 1", "d1, d2, 0"})
  void aDoorThatOpensDuringALockdown(String held, String opened, int expected) {
    lockdown(-3600, -3600, null, held);
    opens(0, opened, null, ClockQuality.GOOD);
    assertThat(alerts()).hasSize(expected);
    for (Alert alert : alerts()) {
      assertThat(alert.severity()).isEqualTo(Severity.P2);
      assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
      assertThat(alert.subjects()).containsExactly(new Subject("door", opened, "door"));
    }
  }

  @Test
  void namesTheAccountWhereItIsKnown() {
    lockdown(-3600, -3600, null, "");
    asks(-1, "a1", "p1", Answer.AUTHORISED);
    opens(0, "d1", "command-1", ClockQuality.GOOD);
    assertThat(theAlert().subjects()).contains(new Subject("account", "a1", "user"));
  }

  @Test
  void aReleaseThatTheDoorReportsTwiceIsOneAlert() {
    lockdown(-3600, -3600, null, "");
    site.door(0, Change.REMOTE_RELEASE);
    assertThat(alerts()).hasSize(1);
    opens(0.1, "d1", "command-1", ClockQuality.GOOD);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void otherOpeningsAreNone() {
    lockdown(-3600, -3600, null, "");
    site.granted(0, "card-1").opened(1).closed(4).door(5, Change.REQUEST_TO_EXIT);
    asks(10, "a1", "p1", Answer.LOCKDOWN);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "14, GOOD, 0",
    "16, GOOD, 1",
    "130, SKEWED, 0",
    "136, SKEWED, 1",
    "3590, GOOD, 1",
    "3590, UNKNOWN, 0",
    "3600, GOOD, 0"
  })
  void whatMayHaveBeenUnderWayOrByAWrongClockDoesNotCount(
      double opened, ClockQuality clock, int expected) {
    lockdown(0, 0, null, "");
    site.add(new Lockdown(site.entry(3600, 0, 3600.0), "l-", ""));
    opens(opened, "d1", null, clock);
    assertThat(alerts().stream().filter(alert -> alert.state() != AlertState.RETRACTED))
        .hasSize(expected);
  }

  @Test
  void aLiftingRecordedAfterwardsTakesItBackAndALockdownRaisesIt() {
    opens(0, "d1", null, ClockQuality.GOOD);
    assertThat(alerts()).isEmpty();
    lockdown(600, -60, null, "");
    assertThat(theAlert().state()).isNotEqualTo(AlertState.RETRACTED);
    site.add(new Lockdown(site.entry(1200, -60, -10.0), "l-", ""));
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("remote-open-abuse.was-lifted");
  }

  @Test
  void aLiftedLockdownNeverComesBack() {
    lockdown(-30 * DAY, -30 * DAY, null, "");
    site.add(new Lockdown(site.entry(-20 * DAY, -30 * DAY, -20 * DAY), "l-", ""));
    for (int day = -19; day < 0; day++) {
      opens(day * DAY, "d1", null, ClockQuality.GOOD);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsCount() {
    for (int i = 0; i < 4; i++) {
      asks(i, "a1", "p1", Answer.AUTHORISED);
    }
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "remote-open-abuse",
                SettingsChange.Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("often", "3"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(site.run(RemoteOpenAbuse.entry(), book).alerts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderOfArrivalDoesNotMatterAndTheStateIsBounded(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 800; i++) {
      something(random, i * 20 + random.nextInt(20));
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(site.shuffled(RemoteOpenAbuse.entry(), seed)).isEqualTo(expected);
    AnalysisModel<Fact, RemoteOpenAbuse.State> model =
        new RemoteOpenAbuse(RemoteOpenAbuse.Settings.DEFAULTS);
    RemoteOpenAbuse.State community = null;
    for (Fact fact : site.history()) {
      if (RemoteOpenAbuse.entry().consumes(fact) && model.keys(fact).contains("community/c1")) {
        community = model.onEvent("community/c1", fact, community).state();
        assertThat(community).isNotNull();
        assertThat(community.community().opened()).hasSizeLessThanOrEqualTo(64);
        assertThat(community.community().asked()).hasSizeLessThanOrEqualTo(64);
        assertThat(community.community().lockdowns()).hasSizeLessThanOrEqualTo(64);
      }
    }
  }

  private void something(Random random, double time) {
    switch (random.nextInt(12)) {
      case 0 -> lockdown(time, time - random.nextInt(900), time + random.nextInt(900), "d1");
      case 1 -> bound(time, time - random.nextInt(90_000), null, "p" + random.nextInt(5));
      case 2, 3 -> opens(time, "d1", "command-" + commands, ClockQuality.GOOD);
      case 4 -> site.door(time, Change.REMOTE_RELEASE);
      default ->
          asks(
              time,
              "a" + random.nextInt(3),
              "p" + random.nextInt(4),
              List.of(Answer.values()).get(random.nextInt(4)));
    }
  }

  @Test
  void anAccountOrCommunityWithNothingToRememberIsForgotten() {
    AnalysisModel<Fact, RemoteOpenAbuse.State> model =
        new RemoteOpenAbuse(RemoteOpenAbuse.Settings.DEFAULTS);
    asks(0, "a1", "p1", Answer.AUTHORISED);
    Fact fact = site.history().get(site.history().size() - 1);
    for (String key : model.keys(fact)) {
      Step<RemoteOpenAbuse.State> step = model.onEvent(key, fact, null);
      while (step.state() != null) {
        assertThat(step.wakeAt()).isNotNull();
        step = model.onWake(key, step.wakeAt(), step.state());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void everyAnswerCountsAsARequest(Answer answer) {
    for (int i = 0; i < 7; i++) {
      asks(i * 10, "a1", "", answer);
    }
    assertThat(alerts()).hasSize(1);
  }
}
