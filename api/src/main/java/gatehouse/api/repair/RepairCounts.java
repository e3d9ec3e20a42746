package gatehouse.api.repair;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What repairs did since the start. */
@Component
final class RepairCounts {

  final Counter repairs;
  final Counter historic;
  final Counter retracted;
  final Counter revised;
  final Counter events;
  final Counter narrowed;
  final Counter refused;
  final Counter failed;

  RepairCounts(MeterRegistry metrics) {
    repairs = counter(metrics, "gatehouse.repair.repairs", "Repairs that were finished");
    historic = counter(metrics, "gatehouse.repair.historic", "Alerts that only late events show");
    retracted = counter(metrics, "gatehouse.repair.retracted", "Alerts that late events explain");
    revised = counter(metrics, "gatehouse.repair.revised", "Alerts that ended differently");
    events = counter(metrics, "gatehouse.repair.events", "Late events that were repaired");
    narrowed = counter(metrics, "gatehouse.repair.narrowed", "Windows that held too many events");
    refused = counter(metrics, "gatehouse.repair.refused", "Late events that were given up");
    failed = counter(metrics, "gatehouse.repair.failed", "Repairs that failed");
  }

  private static Counter counter(MeterRegistry metrics, String name, String description) {
    return Counter.builder(name).description(description).register(metrics);
  }
}
