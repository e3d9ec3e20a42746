package gatehouse.api.registry;

import gatehouse.fact.Fact;
import java.util.List;

/** Where facts go that the API records. */
public interface FactPublisher {

  /**
   * Publishes them all.
   *
   * @throws org.apache.kafka.common.KafkaException if one was not taken; some may have been
   */
  void publish(List<? extends Fact> facts);

  /** Takes them back: nobody who comes later need know them. */
  void withdraw(List<? extends Fact> facts);
}
