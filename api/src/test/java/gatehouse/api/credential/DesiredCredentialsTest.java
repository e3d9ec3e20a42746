package gatehouse.api.credential;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.credential.CredentialEntry;
import gatehouse.event.CredentialType;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry wants on the lists, for every way in which versions can follow each other. */
class DesiredCredentialsTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant SIX = NOON.plus(Duration.ofHours(6));
  private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(100));

  private static final List<ListDevice> DEVICES =
      List.of(
          new ListDevice("gate", "place-gate", "access-terminal", false),
          new ListDevice("house", "place-house", "access-terminal", false),
          new ListDevice("plant", "place-plant", "access-terminal", true),
          new ListDevice("barrier", "place-lane", "barrier-controller", false));

  private int version;

  @Test
  void aCardWithoutPlacesOpensEveryTerminalAndNoBarrier() {
    Map<String, Map<String, CredentialEntry>> wished = at(NOON, card(LONG_AGO, null));
    assertThat(wished.keySet()).containsExactly("gate", "house");
    assertThat(wished.get("gate"))
        .containsEntry(
            "c-1", new CredentialEntry("c-1", CredentialType.CARD, "", LONG_AGO, null, 0));
  }

  @Test
  void aPlateOpensBarriersOnly() {
    assertThat(at(NOON, credential(CredentialType.PLATE, List.of(), Status.ACTIVE)).keySet())
        .containsExactly("barrier");
  }

  @ParameterizedTest
  @EnumSource(names = {"KEY", "REMOTE"})
  void whatNoListCanCheckIsOnNone(CredentialType type) {
    assertThat(at(NOON, credential(type, List.of(), Status.ACTIVE))).isEmpty();
  }

  @Test
  void aCardWithPlacesOpensThoseOnly() {
    assertThat(
            at(NOON, credential(CredentialType.CARD, List.of("place-house"), Status.ACTIVE))
                .keySet())
        .containsExactly("house");
  }

  @Test
  void aPlaceForNamedPeopleOnlyIsNotAmongAllPlaces() {
    assertThat(
            at(NOON, credential(CredentialType.CARD, List.of("place-plant"), Status.ACTIVE))
                .keySet())
        .containsExactly("plant");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
  void whatIsNotActiveOpensNothing(Status status) {
    assertThat(at(NOON, credential(CredentialType.CARD, List.of(), status))).isEmpty();
  }

  @Test
  void theVersionThatWasRecordedLastHolds() {
    RegistryFact first = card(LONG_AGO, null);
    RegistryFact ended = card(LONG_AGO, NOON.minusSeconds(1));
    assertThat(at(NOON, first, ended)).isEmpty();
    assertThat(at(NOON, ended, first)).isEmpty();
  }

  @Test
  void aLaterVersionCorrectsFromItsOwnBeginningOn() {
    RegistryFact first = card(LONG_AGO, null);
    RegistryFact lost =
        new Credential(
            entry(SIX, null), "c-1", CredentialType.CARD, null, null, List.of(), Status.LOST, null);
    assertThat(at(SIX.minusSeconds(1), first, lost)).isNotEmpty();
    assertThat(at(SIX, first, lost)).isEmpty();
  }

  @Test
  void theLastMomentCountsAndTheEndDoesNot() {
    assertThat(at(SIX.minusNanos(1), card(LONG_AGO, SIX))).isNotEmpty();
    assertThat(at(SIX, card(LONG_AGO, SIX))).isEmpty();
  }

  @Test
  void whatBeginsSoonIsThereInTime() {
    assertThat(at(SIX.minus(DesiredCredentials.AHEAD).minusSeconds(1), card(SIX, null))).isEmpty();
    assertThat(at(SIX.minus(DesiredCredentials.AHEAD), card(SIX, null)).get("gate").get("c-1"))
        .extracting(CredentialEntry::validFrom)
        .isEqualTo(SIX);
  }

  @Test
  void aCardEndsWithTheLeaseThatNamesIt() {
    RegistryFact card = card(LONG_AGO, null);
    RegistryFact lease = lease("l-1", LONG_AGO, SIX, "c-1");
    assertThat(at(NOON, card, lease).get("gate").get("c-1").validTo()).isEqualTo(SIX);
    assertThat(at(SIX, card, lease)).isEmpty();
    assertThat(at(SIX, card, lease("l-2", LONG_AGO, SIX, "another"))).isNotEmpty();
  }

  @Test
  void aRenewalGoesOnAndASecondLeaseKeepsTheCardAlive() {
    RegistryFact card = card(LONG_AGO, null);
    RegistryFact lease = lease("l-1", LONG_AGO, SIX, "c-1");
    Instant year = SIX.plus(Duration.ofDays(365));
    assertThat(at(SIX, card, lease, lease("l-1", SIX, year, "c-1")).get("gate").get("c-1"))
        .extracting(CredentialEntry::validTo)
        .isEqualTo(year);
    assertThat(at(SIX, card, lease, lease("l-2", LONG_AGO, year, "c-1"))).isNotEmpty();
  }

  @Test
  void aCardThatTheLeaseNoLongerNamesGoesOnByItself() {
    assertThat(
            at(
                SIX,
                card(LONG_AGO, null),
                lease("l-1", LONG_AGO, SIX, "c-1"),
                lease("l-1", LONG_AGO, SIX)))
        .isNotEmpty();
  }

  @Test
  void aPassOpensItsPlacesSoOftenAndSoLong() {
    VisitorPass pass =
        new VisitorPass(entry(NOON, SIX), "p-1", "host", "b1", List.of("place-gate"), 2);
    assertThat(at(NOON, pass))
        .isEqualTo(
            Map.of(
                "gate",
                Map.of("p-1", new CredentialEntry("p-1", CredentialType.QR, "", NOON, SIX, 2))));
    assertThat(at(SIX, pass)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "a\u0000b"})
  void l8WhatCannotBeAnIdIsNeverAskedOfATerminal(String id) {
    assertThat(
            at(
                NOON,
                new Credential(
                    entry(LONG_AGO, null),
                    id,
                    CredentialType.CARD,
                    null,
                    null,
                    List.of(),
                    Status.ACTIVE,
                    null)))
        .isEmpty();
  }

  @Test
  void saysWhenTheAnswerMayChangeByItself() {
    List<RegistryFact> versions = List.of(card(LONG_AGO, null), lease("l-1", LONG_AGO, SIX, "c-1"));
    assertThat(DesiredCredentials.at(NOON, versions, DEVICES).nextChange())
        .isEqualTo(Map.of("c-1", SIX));
    assertThat(DesiredCredentials.at(SIX, versions, DEVICES).nextChange()).isEmpty();
    assertThat(DesiredCredentials.at(NOON, List.of(card(SIX, null)), DEVICES).nextChange())
        .isEqualTo(Map.of("c-1", SIX.minus(DesiredCredentials.AHEAD)));
  }

  private static Map<String, Map<String, CredentialEntry>> at(
      Instant time, RegistryFact... versions) {
    return DesiredCredentials.at(time, List.of(versions), DEVICES).entries();
  }

  private Credential card(Instant from, @Nullable Instant to) {
    return new Credential(
        entry(from, to), "c-1", CredentialType.CARD, null, null, List.of(), Status.ACTIVE, null);
  }

  private Credential credential(CredentialType type, List<String> places, Status status) {
    return new Credential(entry(LONG_AGO, null), "c-1", type, null, null, places, status, null);
  }

  private Lease lease(String id, Instant from, @Nullable Instant to, String... credentials) {
    return new Lease(entry(from, to), id, "b1-0101", "tenant", List.of(credentials));
  }

  /** Each version is recorded a second after the one before. */
  private Entry entry(Instant from, @Nullable Instant to) {
    version++;
    return new Entry("v-" + version, "riverside", LONG_AGO.plusSeconds(version), from, to);
  }
}
