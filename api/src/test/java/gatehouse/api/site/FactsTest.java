package gatehouse.api.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.registry.Entry;
import gatehouse.registry.Residency;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the registry says becomes what the API shows. */
class FactsTest {

  private static final Instant SPRING = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant AUTUMN = Instant.parse("2026-09-01T00:00:00Z");

  @Test
  void communitiesPlacesAndDevicesAppearAndTheNewestCounts() {
    String community = "facts-" + UUID.randomUUID().toString().substring(0, 8);
    publish(new Community(community, AUTUMN, "滨江花园", "high-rise", "d", "Asia/Shanghai", null));
    publish(new Community(community, SPRING, "old name", "", "", "Asia/Shanghai", null));
    publish(place(community, AUTUMN, "North gate"));
    publish(place(community, SPRING, "Gate"));
    publish(device(community, "door-1", AUTUMN, "access-terminal", Direction.IN, true));
    publish(device(community, "door-1-out", AUTUMN, "access-terminal", Direction.OUT, true));
    publish(device(community, "gone", AUTUMN, "access-terminal", Direction.IN, false));
    publish(device(community, "camera", AUTUMN, "vehicle-checkpoint", Direction.IN, true));
    publish(
        new Residency(
            new Entry("r-1", community, SPRING, SPRING, null),
            "person-1",
            "1-101",
            Residency.Role.OWNER));
    await()
        .until(
            () ->
                Platform.get()
                        .texts(
                            "select 1 from site.registry_entry where community = ? and kind ="
                                + " 'residency' and valid_to = 'infinity'",
                            community)
                        .size()
                    == 1);
    Client property = Client.of(TestSite.account("PROPERTY", community));
    JsonNode session = property.get("/api/v1/session").json();
    assertThat(session.path("communities").get(0).path("name").asString()).isEqualTo("滨江花园");
    JsonNode doors = property.get("/api/v1/doors").json().path("items");
    assertThat(doors.size()).isEqualTo(1);
    assertThat(doors.get(0).path("id").asString()).isEqualTo("door-1");
    assertThat(doors.get(0).path("name").asString()).isEqualTo("North gate");
    assertThat(doors.get(0).path("communityName").asString()).isEqualTo("滨江花园");
    assertThat(doors.get(0).path("state").asString()).isEqualTo("UNKNOWN");
    assertThat(doors.get(0).path("mayOpen").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "粤B12345, 粤B***45",
    "card-4711, ca***11",
    "abc, a***",
    "张, 张***",
    "💡💡💡💡💡💡💡, 💡💡***💡💡",
    "'', ''"
  })
  void aMaskLeavesTooLittleToKnowSomebodyBy(String text, String mask) {
    assertThat(Masks.mask(text)).isEqualTo(mask);
  }

  private static PlaceEntry place(String community, Instant from, String name) {
    return new PlaceEntry(
        community,
        from,
        from,
        new Place(
            "gate-1",
            Place.Kind.DOOR,
            name,
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(),
            null,
            DoorSpec.STANDARD,
            List.of(),
            Map.of()));
  }

  private static Device device(
      String community, String id, Instant time, String kind, Direction side, boolean active) {
    return new Device(id, community, time, "gate-1", kind, side, "", active);
  }

  /** One key, so that all stand in one partition in this order. */
  private static void publish(Fact fact) {
    Platform.get().publish(Topic.FACTS, "facts-test", FactCodec.encode(fact));
  }
}
