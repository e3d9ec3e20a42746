package gatehouse.api.notification;

import gatehouse.notification.Notification;
import java.util.List;

/** Where notifications go. */
interface NotificationPublisher {

  /**
   * Publishes them all.
   *
   * @throws org.apache.kafka.common.KafkaException if one was not taken; some may have been
   */
  void publish(List<Notification> notifications);
}
