package gatehouse.api.repair;

import gatehouse.alert.Alert;
import java.util.List;

/** Publishes alert revisions; returns when all are safe. */
interface AlertPublisher {

  void publish(List<Alert> revisions);
}
