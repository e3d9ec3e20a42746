package gatehouse.simulator;

import gatehouse.config.Key;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration of the simulator.
 *
 * @param mqttUrl the MQTT broker's address
 * @param credentialsFile the devices' passwords
 * @param doorPublicKeyFile the key that door commands are signed with
 * @param dir where doors remember the commands they have seen
 * @param communities how many communities the city has
 * @param seed draws the city
 * @param rate events a second at the busiest hour
 * @param incidentEvery how long from one incident to the next, on average
 */
public record SimulatorConfig(
    @Key(
            value = "mqtt.url",
            says = "The MQTT broker, tcp://host:port or ssl://host:port.",
            byDefault = "tcp://127.0.0.1:1883")
        String mqttUrl,
    @Key(
            value = "simulator.credentials-file",
            says = "The devices' passwords, a line each: community/device,password.")
        Path credentialsFile,
    @Key(
            value = "door.public-key-file",
            says = "The public key that door commands are signed with: X.509 in Base64.")
        Path doorPublicKeyFile,
    @Key(
            value = "simulator.dir",
            says = "Where simulated doors remember the commands they have seen.")
        Path dir,
    @Key(
            value = "simulator.communities",
            says = "How many communities the city has.",
            byDefault = "3",
            min = 1,
            max = 200)
        int communities,
    @Key(
            value = "simulator.seed",
            says = "Draws the city; the same number gives the same city.",
            byDefault = "20261124")
        long seed,
    @Key(
            value = "simulator.rate",
            says = "Events a second at the busiest hour of the day.",
            byDefault = "5",
            min = 0.01,
            max = 1000)
        double rate,
    @Key(
            value = "simulator.incident-every",
            says = "How long from one incident to the next, on average.",
            byDefault = "PT8M",
            min = 1,
            max = 604800)
        Duration incidentEvery) {}
