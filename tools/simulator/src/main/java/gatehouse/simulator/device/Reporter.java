package gatehouse.simulator.device;

import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import java.util.function.Function;

/** A simulated device as what happens sees it. */
public interface Reporter {

  /** Reports something that happens now. While the device is not connected it is lost. */
  void report(Function<Origin, DeviceEvent> event);
}
