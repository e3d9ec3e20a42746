package gatehouse.replay;

import java.io.IOException;

/**
 * A running pipeline of its own for one replay: empty topics, one partition each, and nobody else
 * who sends.
 */
public interface Pipeline extends AutoCloseable {

  /** The broker as a Paho client wants it, e.g. tcp://127.0.0.1:1883. */
  String mqttUrl();

  /** User name of a credential of role gateway for the community {@link ReplayPlan#COMMUNITY}. */
  String username();

  /** The password of that credential. */
  String password();

  /** Kafka's bootstrap servers. */
  String kafkaBootstrap();

  /** Stops it and removes what it left behind. */
  @Override
  void close() throws IOException;
}
