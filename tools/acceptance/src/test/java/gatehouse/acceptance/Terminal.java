package gatehouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.launcher.Stack;
import gatehouse.simulator.door.DoorSetup;
import gatehouse.simulator.door.Passage;
import gatehouse.simulator.door.ReferenceDoor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.json.JsonMapper;

/** A door terminal of a test's own at the running broker, installed as an engineer would. */
final class Terminal implements AutoCloseable {

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final ReferenceDoor door;

  private Terminal(Stack stack, String community, String device, String place, Path folder)
      throws Exception {
    stack.secrets().provisionDevices(List.of(community + "/" + device));
    this.door =
        ReferenceDoor.start(
            new DoorSetup(
                stack.mqttUrl(),
                password(stack, community + "/" + device),
                community,
                device,
                place,
                publicKey(stack),
                folder.resolve(device),
                Clock.systemUTC(),
                Passage.QUICK),
            executor);
  }

  /** A terminal at a door of its own, which the property's manager registers. */
  static Terminal install(Stack stack, String community, String device, String place, Path folder)
      throws Exception {
    ApiClient manager = ApiClient.of(stack, "manager");
    register(
        manager, community, "/place/" + place, Map.of("id", place, "kind", "DOOR", "name", "Test"));
    register(
        manager,
        community,
        "/device/" + device,
        Map.of("id", device, "place", place, "kind", "access-terminal", "side", "IN"));
    return new Terminal(stack, community, device, place, folder);
  }

  private static void register(
      ApiClient manager, String community, String path, Map<String, String> fields)
      throws Exception {
    HttpResponse<String> answer =
        manager.put(
            "/registry/" + community + path,
            JsonMapper.shared().writeValueAsString(Map.of("fields", fields)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Somebody's PIN opens the door; under duress, it is the one that tells so. */
  void enterPin(String card, boolean duress) {
    door.report(
        origin ->
            new AccessEvent(
                origin,
                card,
                CredentialType.PIN,
                "",
                null,
                null,
                Direction.IN,
                Outcome.GRANTED,
                DenialReason.NONE,
                duress,
                null));
  }

  ReferenceDoor door() {
    return door;
  }

  @Override
  public void close() {
    door.close();
    executor.shutdownNow();
  }

  private static String password(Stack stack, String username) throws Exception {
    return Files.readAllLines(stack.secrets().devicePasswords(), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith(username + ","))
        .findFirst()
        .orElseThrow()
        .substring(username.length() + 1);
  }

  private static PublicKey publicKey(Stack stack) throws Exception {
    String text = Files.readString(stack.secrets().doorPublicKey()).strip();
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
  }
}
