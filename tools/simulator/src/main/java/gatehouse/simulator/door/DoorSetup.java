package gatehouse.simulator.door;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;

/**
 * What a door is told when it is installed.
 *
 * @param mqttUrl the broker, e.g. tcp://127.0.0.1:1883
 * @param password of the device's credential; its user name is community/device
 * @param community the community
 * @param device the door's device id
 * @param place the place it serves
 * @param platform the key that commands are signed with
 * @param memory file for the nonces it has seen
 * @param clock the door's own clock
 * @param passage what people do at the door
 */
public record DoorSetup(
    String mqttUrl,
    String password,
    String community,
    String device,
    String place,
    PublicKey platform,
    Path memory,
    Clock clock,
    Passage passage) {

  /** The file of the door's list of credentials, beside its nonces. */
  Path list() {
    return memory.resolveSibling(memory.getFileName() + ".credentials");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DoorSetup[" + community + "/" + device + "]";
  }
}
