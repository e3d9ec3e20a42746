package gatehouse.api.door;

import gatehouse.registry.RegistryFact;
import java.util.List;

/** Where facts of doors go. */
interface FactPublisher {

  /**
   * Publishes them all.
   *
   * @throws org.apache.kafka.common.KafkaException if one was not taken; some may have been
   */
  void publish(List<? extends RegistryFact> facts);

  /** Takes them back: nobody who comes later need know them. */
  void withdraw(List<? extends RegistryFact> facts);
}
