package gatehouse.replay.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Lease;
import gatehouse.registry.ListMembership;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Vehicle;
import gatehouse.replay.mapping.Stations;
import gatehouse.replay.yaml.DocumentException;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SiteFactsTest {

  private static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void placesStandBetweenAreasWithinAreas() {
    Place place =
        places(
                """
                areas:
                  building: {}
                  vault:
                    within: building
                    antiPassback: strict
                    resetAt: "00:00"
                    noTailgating: true
                    sensitivity: critical
                    allowedStay: 2 h
                places:
                  vault door: {kind: door, from: building, to: vault, door: {openLimit: 45 s}}
                """,
                "vault door")
            .get("vault door");

    assertThat(place.from()).extracting(Zone::id).containsExactly("building");
    assertThat(place.to()).extracting(Zone::id).containsExactly("building", "vault");
    Zone vault = place.to().get(1);
    assertThat(vault.antiPassback()).isEqualTo(Zone.AntiPassback.STRICT);
    assertThat(vault.resetAt()).isEqualTo(LocalTime.MIDNIGHT);
    assertThat(vault.sensitivity()).isEqualTo(3);
    assertThat(vault.allowedStay()).isEqualTo(Duration.ofHours(2));
    assertThat(place.door().openLimit()).isEqualTo(Duration.ofSeconds(45));
    assertThat(place.id()).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  @Test
  void rulesOfSeveralPlacesAndOfOneAddUp() {
    Map<String, Place> places =
        places(
            """
            timeZone: Europe/Berlin
            places:
              ranger-stop1:
                deny: {types: [truck], direction: in}
            rules:
              - places: ["ranger-*", gate8]
                allow: {types: [ranger], lists: [guests], days: [mon-wed, sun], from: "22:00", to: "6:00"}
            """,
            "ranger-stop1",
            "ranger-stop2",
            "gate8",
            "gate9");

    assertThat(places.get("ranger-stop1").rules()).hasSize(2);
    assertThat(places.get("gate9").rules()).isEmpty();
    PassRule rule = places.get("gate8").rules().get(0);
    assertThat(rule.effect()).isEqualTo(PassRule.Effect.ALLOW);
    assertThat(rule.lists()).containsExactly("guests");
    assertThat(rule.days())
        .containsExactlyInAnyOrder(
            DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.SUNDAY);
    assertThat(rule.from()).isEqualTo("22:00");
    assertThat(rule.to()).isEqualTo("06:00");
    assertThat(places.get("ranger-stop1").rules().get(0).direction()).isEqualTo(Direction.IN);
  }

  @Test
  void chainsWaysWhenTheyAreComplete() {
    String ways =
        """
        ways:
          - {between: [a, b], least: 5 min}
          - {between: [b, c], least: PT10M}
          - {from: a, to: c, least: 1h}
        """;

    assertThat(places(ways, "a", "b", "c").get("a").ways())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("b", Duration.ofMinutes(5), "c", Duration.ofHours(1)));
    assertThat(places("waysComplete: true\n" + ways, "a", "b", "c").get("a").ways())
        .containsEntry("c", Duration.ofMinutes(15));
  }

  @Test
  void knowsWhatBecameOfCredentials() {
    List<RegistryFact> facts =
        registry(
            """
            timeZone: Asia/Shanghai
            facts:
              - {superseded: old, by: new, at: 2024-01-05 08:00}
              - {lost: card-7, at: 2024-01-06, known: 2024-01-07}
              - {lease: L1, unit: 1-101, tenant: li, credentials: [card-8], to: 2024-02-01}
              - {vehicle: 京A·12345, owner: li, colour: white, type: car}
            lists:
              guards: [card-1, card-2]
            """,
            Map.of());

    Credential old = only(facts, Credential.class, "old");
    assertThat(old.status()).isEqualTo(Credential.Status.SUPERSEDED);
    assertThat(old.supersededBy()).isEqualTo("new");
    assertThat(old.entry().validTo()).isEqualTo("2024-01-05T00:00:00Z");
    assertThat(old.entry().recordedAt()).isEqualTo("2024-01-05T00:00:00Z");
    assertThat(only(facts, Credential.class, "card-7").entry().recordedAt())
        .isEqualTo("2024-01-06T16:00:00Z");
    assertThat(facts)
        .filteredOn(Lease.class::isInstance)
        .singleElement()
        .extracting(fact -> fact.entry().validTo())
        .isEqualTo(Instant.parse("2024-01-31T16:00:00Z"));
    assertThat(facts)
        .filteredOn(Vehicle.class::isInstance)
        .singleElement()
        .extracting(fact -> ((Vehicle) fact).plate())
        .isEqualTo("京A12345");
    assertThat(facts).filteredOn(ListMembership.class::isInstance).hasSize(2);
    assertThat(facts).extracting(RegistryFact::id).doesNotHaveDuplicates();
  }

  @Test
  void aHigherNumberOfTheSameHolderSupersedesFromItsFirstUse() {
    Instant first = Instant.parse("2024-01-03T08:00:00Z");
    List<RegistryFact> facts =
        registry(
            "facts: [{supersededByNumber: \"([a-z]+)(\\\\d+)\"}]\n",
            Map.of("li001", SINCE, "li002", first, "wu001", SINCE, "li010", first.plusSeconds(60)));

    assertThat(facts)
        .extracting(fact -> ((Credential) fact).credential())
        .containsExactly("li001", "li002");
    assertThat(((Credential) facts.get(0)).supersededBy()).isEqualTo("li002");
    assertThat(facts.get(0).entry().validTo()).isEqualTo(first);
  }

  @Test
  void platesMayBeWrittenAsTheLogWritesThem() {
    PassRule rule =
        places("rules: [{places: [gate], allow: {subjects: [AB-123-C, card-7]}}]\n", "gate")
            .get("gate")
            .rules()
            .get(0);

    assertThat(rule.subjects()).containsExactlyInAnyOrder("AB123C", "card-7");
    assertThat(registry("lists: {guests: [ab 123 c, card-7]}\n", Map.of()))
        .extracting(fact -> ((ListMembership) fact).subject())
        .containsExactly("AB123C", "card-7");
  }

  @Test
  void saysWhichAreaThereIsNot() {
    assertThatThrownBy(
            () -> SiteReader.parse("site.yaml", "areas: {hall: {}}\nplaces:\n  d: {to: hal}\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("site.yaml line 3")
        .hasMessageContaining("Maybe 'hall' is meant");
  }

  @Test
  void refusesAreasWithinThemselves() {
    assertThatThrownBy(
            () -> SiteReader.parse("site.yaml", "areas:\n  a: {within: b}\n  b: {within: a}\n"))
        .hasMessageContaining("lies within itself");
  }

  @Test
  void refusesFactsAndSettingsThatNobodyKnows() {
    assertThatThrownBy(() -> SiteReader.parse("s", "facts:\n  - {losst: c, at: 2024-01-01}\n"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("superseded");
    assertThatThrownBy(() -> SiteReader.parse("s", "settings:\n  no-such-model: {a: 1}\n"))
        .hasMessageContaining("no model is called 'no-such-model'");
    assertThatThrownBy(() -> SiteReader.parse("s", "facts:\n  - {lost: c, at: soon}\n"))
        .hasMessageContaining("at cannot be 'soon'");
  }

  @Test
  void tellsOfRulesForPlacesThatAreNotThere() {
    Site site = SiteReader.parse("s", "rules:\n  - {places: [gtae8], allow: {types: [x]}}\n");
    Stations stations = new Stations(Map.of());
    stations.at("gate8", "");

    assertThat(new SiteFacts(site, "replay", SINCE, Set.of()).idleRules(stations))
        .singleElement()
        .asString()
        .contains("gtae8");
  }

  private static Map<String, Place> places(String site, String... inTheLog) {
    Stations stations = new Stations(Map.of());
    for (String name : inTheLog) {
      stations.at(name, "");
    }
    List<Fact> facts =
        new SiteFacts(SiteReader.parse("site.yaml", site), "replay", SINCE, Set.of("AB123C"))
            .places(stations);
    return facts.stream()
        .filter(PlaceEntry.class::isInstance)
        .map(fact -> ((PlaceEntry) fact).place())
        .collect(Collectors.toMap(Place::name, place -> place));
  }

  private static List<RegistryFact> registry(String site, Map<String, Instant> firstUses) {
    return new SiteFacts(SiteReader.parse("site.yaml", site), "replay", SINCE, Set.of("AB123C"))
        .registry(firstUses);
  }

  private static Credential only(
      List<RegistryFact> facts, Class<Credential> type, String credential) {
    return facts.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(fact -> fact.credential().equals(credential))
        .findFirst()
        .orElseThrow();
  }
}
